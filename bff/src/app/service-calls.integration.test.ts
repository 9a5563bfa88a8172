import { apiRules, functions, gateways, virtualServices } from "@kyma/crds/resource-types.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { services } from "@kyma/kube/resource-types.ts";
import { startControlPlane, type TestControlPlane } from "@kyma/local-cluster/testing/control-plane.ts";
import type { ChildProcess } from "node:child_process";
import * as http from "node:http";
import type * as net from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createService, startEgress } from "../testing/pod-network.ts";
import { startProgram } from "../testing/processes.ts";
import { createNamespace, startTestConsole, type TestConsole } from "../testing/test-console.ts";

// A control plane of its own, as its API server must reach pods; in front of it the real gateway, beside it the real test issuer.
let controlPlane: TestControlPlane;
let egress: net.Server;
let backend: http.Server;
let app: TestConsole;
let namespace: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  controlPlane = await startControlPlane({ egress: true });
  egress = await startEgress(join(controlPlane.dataDir, "run", "egress.sock"));
  backend = http.createServer(answer).listen(8080, "127.244.9.9");
  const issuer = await startProgram("local-cluster/src/test-issuer/main.ts", [], {
    env: { LISTEN_ADDRESS: "127.244.9.8" },
    until: /listens/,
  });
  const ports = ["--edge-port", "0", "--in-cluster-port", "0", "--admin-port", "0"];
  const gateway = await startProgram(
    "local-cluster/src/gateway/main.ts",
    ["--kubeconfig", controlPlane.kubeconfig, ...ports],
    { until: /edgePort/ },
  );
  children.push(issuer.child, gateway.child);
  const { edgePort, adminPort } = JSON.parse(gateway.line) as { edgePort: number; adminPort: number };
  app = await startTestConsole(controlPlane.kubeconfig, [
    "--gateway-address",
    `127.0.0.1:${edgePort}`,
    "--gateway-metrics-url",
    `http://127.0.0.1:${adminPort}/metrics`,
    "--gateway-url-template",
    `http://{host}:${edgePort}`,
  ]);
  namespace = await createNamespace(app.kube);
  await createService(app.kube, { namespace, name: "echo", address: "10.244.9.9" });
  await createService(app.kube, { namespace: "kyma-system", name: "test-issuer", address: "10.244.9.8" });
  await app.kube.create(services, shopService());
  await app.kube.create(functions, functionOf("echo"));
  const servers = [{ port: { name: "http", number: 80, protocol: "HTTP" }, hosts: ["*.localhost"] }];
  const spec = { selector: { istio: "ingressgateway" }, servers };
  const metadata = { namespace: "kyma-system", name: "kyma-gateway" };
  await app.kube.apply(
    gateways,
    { apiVersion: "networking.istio.io/v1", kind: "Gateway", metadata, spec } as UnknownObject,
    {
      manager: "test",
      force: true,
    },
  );
}, 120_000);

afterAll(async () => {
  await app?.[Symbol.asyncDispose]();
  for (const child of children) {
    child.removeAllListeners("exit");
    child.kill("SIGKILL");
  }
  backend?.close();
  egress?.close();
  await controlPlane?.stop();
});

function shopService(): UnknownObject {
  const spec = { selector: { app: "shop" }, ports: [{ port: 80 }] };
  return { apiVersion: "v1", kind: "Service", metadata: { namespace, name: "shop" }, spec };
}

function functionOf(name: string): UnknownObject {
  const spec = { runtime: "nodejs24", source: { inline: { source: "x" } } };
  return {
    apiVersion: "serverless.kyma-project.io/v1alpha2",
    kind: "Function",
    metadata: { namespace, name },
    spec,
  };
}

/** Stands for a Function's pod: says what it got, or misbehaves as the path asks. */
function answer(request: http.IncomingMessage, response: http.ServerResponse): void {
  const url = request.url ?? "";
  if (url === "/refuses")
    return void response.writeHead(503, { "content-type": "text/plain" }).end("my own 503");
  if (url === "/big") return void response.end("x".repeat(3 * 1024 * 1024));
  if (url === "/bomb")
    return void response.setHeader("content-encoding", "gzip").end(gzipSync(Buffer.alloc(50_000_000)));
  if (url === "/binary") return void response.end(Buffer.from([0xff, 0x00, 0xfe]));
  if (url === "/away")
    return void response.writeHead(302, { location: "http://evil.example/", "set-cookie": "a=b" }).end();
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    const { method, headers } = request;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ method, url, headers, body }));
  });
}

interface Run {
  status: number;
  headers: { name: string; value: string }[];
  body: string;
  base64: boolean;
  truncated: boolean;
  durationMs: number;
  error: string | null;
  note: string | null;
}

async function run(request: object): Promise<Run> {
  const query = `mutation($ref: FunctionRef!, $request: RunRequest!) { runFunction(ref: $ref, request: $request) {
    status statusText headers { name value } body base64 truncated durationMs error note
  } }`;
  const { data, errors } = await app.graphql(query, { ref: { namespace, name: "echo" }, request });
  if (errors) throw new Error(JSON.stringify(errors));
  return data?.["runFunction"] as Run;
}

test("a run reaches the Function with method, path, headers and body, and brings its answer back", async () => {
  const answered = await run({
    method: "post",
    path: "/a/b?c=%20d",
    headers: [
      { name: "X-Mine", value: "yes" },
      { name: "Content-Type", value: "application/json" },
    ],
    body: '{"a":"grüße"}',
  });
  expect(answered).toMatchObject({ status: 200, error: null, note: null, base64: false, truncated: false });
  expect(JSON.parse(answered.body)).toMatchObject({
    method: "POST",
    url: "/a/b?c=%20d",
    body: '{"a":"grüße"}',
    headers: { "x-mine": "yes", "content-type": "application/json" },
  });
  expect(answered.durationMs).toBeGreaterThan(0);
  expect(answered.headers).toContainEqual({ name: "content-type", value: "application/json" });
});

test("A21: nothing that would speak for somebody else goes along, and the answer says what was left out", async () => {
  const names = [
    "Authorization",
    "Impersonate-User",
    "X-Remote-User",
    "X-Forwarded-Access-Token",
    "Connection",
    "X-WEBAUTH-USER",
  ];
  const answered = await run({
    headers: [...names.map((name) => ({ name, value: "system:admin" })), { name: "x-kept", value: "1" }],
  });
  const { headers } = JSON.parse(answered.body) as { headers: Record<string, string> };
  expect(headers["x-kept"]).toBe("1");
  expect(JSON.stringify(headers)).not.toContain("system:admin");
  for (const name of names) expect(answered.note).toContain(name);
});

test("the Function's own 503 is its answer, not a failure of the way to it", async () => {
  expect(await run({ path: "/refuses" })).toMatchObject({ status: 503, body: "my own 503", error: null });
});

test("A23: answers are capped, binary ones are base64, redirects are shown and not followed", async () => {
  const big = await run({ path: "/big" });
  expect(big).toMatchObject({ status: 200, truncated: true });
  expect(big.body).toHaveLength(1024 * 1024);
  expect(await run({ path: "/binary" })).toMatchObject({ base64: true, body: "/wD+" });
  const bomb = await run({ path: "/bomb" });
  expect(bomb.body.length).toBeLessThan(2 * 1024 * 1024);
  const away = await run({ path: "/away" });
  expect(away).toMatchObject({ status: 302 });
  expect(away.headers).toContainEqual({ name: "set-cookie", value: "a=b" });
});

test("the test issuer is found and mints a token", async () => {
  const found = await app.graphql("{ session { testIssuer } testIssuer { issuer jwksUri } }");
  const issuer = "http://test-issuer.kyma-system.svc.cluster.local";
  expect(found.data).toEqual({
    session: { testIssuer: true },
    testIssuer: { issuer, jwksUri: `${issuer}/.well-known/jwks.json` },
  });
  const minted = await app.graphql(
    'mutation { mintTestToken(scopes: ["a"], audiences: ["b"]) { token issuer expiresAt } }',
  );
  const token = (minted.data?.["mintTestToken"] as { token: string } | undefined)?.token ?? "";
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<
    string,
    unknown
  >;
  expect(claims).toMatchObject({ iss: issuer });
  expect(JSON.stringify(claims)).toContain('"b"');
});

function ruleOf(name: string, rules: object[], spec: object = {}): UnknownObject {
  return {
    apiVersion: "gateway.kyma-project.io/v2",
    kind: "APIRule",
    metadata: { namespace, name },
    spec: {
      hosts: [name],
      gateway: "kyma-system/kyma-gateway",
      service: { name: "shop", port: 80 },
      rules,
      ...spec,
    },
  };
}
const open = { path: "/*", methods: ["GET", "POST"], noAuth: true };

async function preview(
  apiRule: UnknownObject,
): Promise<{ yaml: string; routes: object[]; problems: string[] }> {
  const query =
    "query($apiRule: JSON!) { previewApiRule(apiRule: $apiRule) { yaml problems routes { path access service note } } }";
  const { data, errors } = await app.graphql(query, { apiRule });
  if (errors) throw new Error(JSON.stringify(errors));
  return data?.["previewApiRule"] as Awaited<ReturnType<typeof preview>>;
}

test("a preview shows the YAML and all that stands against it, and writes nothing", async () => {
  const good = await preview(ruleOf("good", [open]));
  expect(good).toMatchObject({
    problems: [],
    routes: [{ path: "/*", access: "open to everyone", service: `shop.${namespace}:80` }],
  });
  expect(good.yaml).toContain("kind: APIRule");
  const bad = await preview(
    ruleOf("bad", [open, { ...open, path: "/x", service: { name: "missing", port: 80 } }], {
      service: { name: "shop", port: 81 },
    }),
  );
  expect(bad.problems).toEqual([
    expect.stringMatching(/^spec\.service\.port: .*has no port 81/),
    expect.stringMatching(/^spec\.rules\[1\]\.service: .*missing does not exist/),
    expect.stringMatching(/^spec\.rules\[1\]\.path: .*answered by rule 1/),
  ]);
  expect((await preview(ruleOf("bad", [{ ...open, path: "no-slash" }]))).problems[0]).toMatch(
    /^spec\.rules\[0\]\.path/,
  );
  expect((await preview(ruleOf("bad", [open], { gateway: "a/b" }))).problems[0]).toContain(
    "a/b does not exist",
  );
  expect((await app.kube.list(apiRules, { namespace })).items).toEqual([]);
});

test("a taken host is refused with its owner's name", async () => {
  await app.kube.create(apiRules, ruleOf("taken", [open]));
  const second = ruleOf("second", [open], { hosts: ["taken.localhost"] });
  expect((await preview(second)).problems).toEqual([
    `spec.hosts[0]: taken.localhost is taken by APIRule ${namespace}/taken`,
  ]);
  const claim = (except: string) =>
    app.graphql(
      `{ hostClaim(host: "taken", gateway: "kyma-system/kyma-gateway", except: "${except}") { host owner } }`,
    );
  expect((await claim("")).data).toEqual({
    hostClaim: { host: "taken.localhost", owner: `APIRule ${namespace}/taken` },
  });
  expect((await claim(`${namespace}/taken`)).data).toEqual({ hostClaim: null });
});

test("a probe goes through the real gateway, with a token when asked; its requests are counted per rule", async () => {
  await app.kube.create(apiRules, ruleOf("probed", [{ ...open, path: "/one" }, open]));
  const destination = { host: `echo.${namespace}.svc.cluster.local`, port: { number: 80 } };
  const route = [{ destination }];
  const labels = {
    "apirule.gateway.kyma-project.io/name": "probed",
    "apirule.gateway.kyma-project.io/namespace": namespace,
  };
  const spec = {
    hosts: ["probed.localhost"],
    gateways: ["kyma-system/kyma-gateway"],
    http: [
      { match: [{ uri: { regex: "^/one$" } }], route },
      { match: [{ uri: { prefix: "/" } }], route },
    ],
  };
  const metadata = { namespace, name: "probed-x", labels };
  await app.kube.create(virtualServices, {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata,
    spec,
  } as UnknownObject);
  const probe = async (
    request: object,
  ): Promise<{ status: number; body: string; url: string; error: string | null }> => {
    const query =
      "mutation($request: ProbeRequest!) { probeApiRule(request: $request) { url status durationMs body error } }";
    const { data, errors } = await app.graphql(query, { request: { namespace, name: "probed", ...request } });
    if (errors) throw new Error(JSON.stringify(errors));
    return data?.["probeApiRule"] as Awaited<ReturnType<typeof probe>>;
  };
  await expect.poll(async () => (await probe({})).status, { timeout: 10_000 }).toBe(200);
  const one = await probe({ path: "/one", withToken: true, scopes: ["a"] });
  expect(one.url).toMatch(/^http:\/\/probed\.localhost:\d+\/one$/);
  expect(one.error).toBeNull();
  expect((JSON.parse(one.body) as { headers: Record<string, string> }).headers["authorization"]).toMatch(
    /^Bearer ey/,
  );
  expect((await probe({ path: "/big" })).body).toHaveLength(16 * 1024);
  const traffic = `{ apiRuleTraffic(namespace: "${namespace}", name: "probed") { index requests errors refused } }`;
  expect((await app.graphql(traffic)).data?.["apiRuleTraffic"]).toMatchObject([
    { index: 0, requests: 1, errors: 0, refused: 0 },
    { index: 1, errors: 0, refused: 0 },
  ]);
  const routes = `{ effectiveRoutes(namespace: "${namespace}", name: "probed") { index note } }`;
  expect((await app.graphql(routes)).data?.["effectiveRoutes"]).toEqual([
    { index: 0, note: null },
    { index: 1, note: "GET, POST /one is answered by rule 1" },
  ]);
  for (const path of ["//evil", "/../x", "http://evil/", "/a\r\nHost: evil"]) {
    await expect(probe({ path })).rejects.toThrow(/BAD_INPUT/);
  }
  await expect(probe({ name: "missing" })).rejects.toThrow(/NOT_FOUND/);
});

test("the gateways that APIRules can use are listed", async () => {
  const { data } = await app.graphql("{ gateways { ref hosts domain urlTemplate } }");
  expect(data?.["gateways"]).toEqual([
    {
      ref: "kyma-system/kyma-gateway",
      hosts: ["*.localhost"],
      domain: "localhost",
      urlTemplate: expect.stringMatching(/^http:\/\/\{host\}:\d+$/) as string,
    },
  ]);
});

test("the typings that the editor gets are the runtime's own", async () => {
  const { data } = await app.graphql("{ functionTypings }");
  expect(data?.["functionTypings"]).toContain("setResponseHeader");
});
