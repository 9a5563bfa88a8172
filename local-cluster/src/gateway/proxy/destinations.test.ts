import { afterAll, beforeAll, expect, test } from "vitest";
import { istio, objectsOf, to, virtualService, workload } from "../testing/objects.ts";
import { rawGet, rawRequest } from "../testing/raw-request.ts";
import { startTableGateway, type TableGateway } from "../testing/table-gateway.ts";
import { freshAddress, startUpstream, type Upstream } from "../testing/upstream.ts";

let gateway: TableGateway;
let one: Upstream;
let two: Upstream;

beforeAll(async () => {
  gateway = await startTableGateway();
  [one, two] = await Promise.all([startUpstream("one"), startUpstream("two")]);
});
afterAll(async () => {
  await Promise.all([gateway.close(), one.close(), two.close()]);
});

function publish(http: unknown[], more: ReturnType<typeof istio>[] = []): void {
  const workloads = [workload("one", [one.address], one.port), workload("two", [two.address], two.port)];
  gateway.use(
    objectsOf([virtualService("vs", ["vs.localhost", "*.any.localhost"], http), ...more], workloads),
  );
}

const get = (path: string, more = "", host = "vs.localhost") => rawGet(gateway.edgePort, path, host, more);
const answeredBy = async (path: string, more = "") =>
  /"name":"(\w+)"/.exec((await get(path, more)).text)?.[1];

test("an unknown Service, port or no endpoint is 503", async () => {
  publish([
    { match: [{ uri: { exact: "/s" } }], route: [to("none")] },
    { match: [{ uri: { exact: "/p" } }], route: [to("one", 81)] },
    { route: [to("two", 80, "other")] },
  ]);
  for (const path of ["/s", "/p", "/n"]) expect((await get(path)).status, path).toBe(503);
  gateway.use(
    objectsOf(
      [virtualService("vs", ["vs.localhost"], [{ route: [to("one")] }])],
      [workload("one", [], 8080)],
    ),
  );
  expect((await get("/")).text).toContain("no healthy upstream");
});

test("addresses outside the pod network are never dialled", async () => {
  for (const address of ["127.0.0.1", "169.254.169.254", "10.243.0.1", "10.244.1.300"]) {
    gateway.use(
      objectsOf(
        [virtualService("vs", ["vs.localhost"], [{ route: [to("one")] }])],
        [workload("one", [address], one.port)],
      ),
    );
    expect((await get("/")).status, address).toBe(503);
  }
});

test("only ready endpoints get traffic; leaving ones only when nothing is ready", async () => {
  const both = workload("one", [one.address, two.address], one.port);
  const [first, second] = both.slice.endpoints as NonNullable<typeof both.slice.endpoints>;
  const use = () =>
    gateway.use(
      objectsOf(
        [virtualService("vs", ["vs.localhost"], [{ route: [to("one")] }])],
        [{ ...both, slice: { ...both.slice } }],
      ),
    );
  Object.assign(second ?? {}, { conditions: { ready: false, serving: true, terminating: true } });
  use();
  for (let index = 0; index < 4; index += 1) expect(await answeredBy("/")).toBe("one");
  Object.assign(second ?? {}, { conditions: { ready: false, serving: false } });
  Object.assign(first ?? {}, { conditions: { ready: false, serving: true, terminating: true } });
  use();
  expect(await answeredBy("/")).toBe("one");
  Object.assign(first ?? {}, { conditions: { ready: false, serving: true, terminating: false } });
  use();
  expect((await get("/")).status).toBe(503);
});

test("CORS: preflights are answered at the gateway, answers carry the policy's headers", async () => {
  const corsPolicy = {
    allowOrigins: [{ exact: "https://a.example" }, { regex: "https://.*[.]b[.]example" }],
    allowMethods: ["GET", "PUT"],
    allowHeaders: ["x-a"],
    exposeHeaders: ["x-b"],
    allowCredentials: true,
    maxAge: "600s",
  };
  const headers = { response: { remove: ["Access-Control-Allow-Origin"] } };
  publish([
    { match: [{ method: { regex: "^(GET|OPTIONS)$" } }], corsPolicy, headers, route: [to("one")] },
    { route: [to("two")] },
  ]);
  const preflight = (origin: string, port = gateway.edgePort) =>
    rawRequest(
      port,
      `OPTIONS /x HTTP/1.1\r\nHost: vs.localhost\r\nOrigin: ${origin}\r\nAccess-Control-Request-Method: PUT\r\nConnection: close\r\n\r\n`,
    );
  const before = one.seen.length;
  const { status, text } = await preflight("https://x.b.example");
  expect(status).toBe(200);
  for (const line of [
    "allow-origin: https://x.b.example",
    "allow-credentials: true",
    "allow-methods: GET,PUT",
    "allow-headers: x-a",
    "max-age: 600",
  ])
    expect(text).toContain(`access-control-${line}\r\n`);
  expect(one.seen).toHaveLength(before);
  expect((await preflight("https://evil.example")).text).not.toContain("access-control-allow");
  expect(one.seen, "from elsewhere it is an ordinary request").toHaveLength(before + 1);
  const actual = await get("/x", "Origin: https://a.example\r\n");
  expect(actual.text).toContain("access-control-allow-origin: https://a.example\r\n");
  expect(actual.text).toContain("access-control-expose-headers: x-b\r\n");
  expect((await get("/x", "Origin: https://a.example.evil\r\n")).text).not.toContain("access-control-allow");
});

test("CORS headers are on refusals too, so that a browser can read them", async () => {
  const deny = istio("AuthorizationPolicy", "deny", { action: "DENY", rules: [{}] });
  publish([{ corsPolicy: { allowOrigins: [{ exact: "https://a.example" }] }, route: [to("one")] }], [deny]);
  const { status, text } = await get("/", "Origin: https://a.example\r\n");
  expect(status).toBe(403);
  expect(text).toContain("access-control-allow-origin: https://a.example\r\n");
});

test("the older of two VirtualServices of a host comes first", async () => {
  const older = virtualService("b-older", ["vs.localhost"], [{ route: [to("one")] }]);
  const newer = virtualService(
    "a-newer",
    ["vs.localhost"],
    [{ match: [{ uri: { prefix: "/api" } }], route: [to("two")] }, { route: [to("two")] }],
  );
  older.metadata.creationTimestamp = "2026-01-01T00:00:00Z";
  newer.metadata.creationTimestamp = "2026-01-02T00:00:00Z";
  gateway.use(
    objectsOf(
      [newer, older],
      [workload("one", [one.address], one.port), workload("two", [two.address], two.port)],
    ),
  );
  expect(await answeredBy("/")).toBe("one");
  expect(await answeredBy("/api"), "catch-all routes go last, as in Istio").toBe("two");
});

test("a Gateway decides which namespaces and hosts bind, and redirects to https", async () => {
  const server = (hosts: string[], more = {}) => ({
    port: { number: 80, name: "http", protocol: "HTTP" },
    hosts,
    ...more,
  });
  const edge = (selector: object, ...servers: unknown[]) => istio("Gateway", "edge", { selector, servers });
  const bound = istio("VirtualService", "vs", {
    hosts: ["vs.localhost"],
    gateways: ["edge"],
    http: [{ route: [to("one")] }],
  });
  const statusWith = async (gatewayObject: ReturnType<typeof edge>) => {
    gateway.use(objectsOf([gatewayObject, bound], [workload("one", [one.address], one.port)]));
    return (await get("/p?q")).status;
  };
  const ours = { istio: "ingressgateway" };
  expect(await statusWith(edge(ours, server(["*.localhost"])))).toBe(200);
  expect(await statusWith(edge({ ...ours, app: "istio-ingressgateway" }, server(["./*.localhost"])))).toBe(
    200,
  );
  expect(await statusWith(edge(ours, server(["other/*.localhost"])))).toBe(404);
  expect(await statusWith(edge({ istio: "egressgateway" }, server(["*"])))).toBe(404);
  expect(await statusWith(edge(ours, server(["*.localhost"], { tls: { httpsRedirect: true } })))).toBe(301);
  expect(
    await statusWith(
      edge(
        ours,
        server(["*.localhost"], { port: { number: 443, protocol: "HTTPS" }, tls: { mode: "SIMPLE" } }),
      ),
    ),
  ).toBe(503);
});

test("an endpoint whose pod is not known yet gets no traffic, since its policies are not known", async () => {
  const { pods, ...rest } = workload("one", [one.address], one.port);
  gateway.use(
    objectsOf([virtualService("vs", ["vs.localhost"], [{ route: [to("one")] }])], [{ ...rest, pods: [] }]),
  );
  expect((await get("/")).status).toBe(503);
  expect(pods).toHaveLength(1);
});

test("policies select by the pod's labels, not by what its Service selects", async () => {
  const two = workload("one", [one.address, freshAddress()], one.port);
  const [only, spare] = two.pods;
  if (only) only.metadata.labels = { app: "one", track: "canary" };
  const open = {
    ...two,
    pods: [only, spare].filter((pod) => pod !== undefined),
    slice: { ...two.slice, endpoints: (two.slice.endpoints ?? []).slice(0, 1) },
  };
  const deny = istio("AuthorizationPolicy", "deny", {
    selector: { matchLabels: { track: "canary" } },
    action: "DENY",
    rules: [{}],
  });
  gateway.use(objectsOf([virtualService("vs", ["vs.localhost"], [{ route: [to("one")] }]), deny], [open]));
  expect((await get("/")).status).toBe(403);
});
