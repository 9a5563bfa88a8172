import { apiRules, functions, gateways } from "@kyma/crds/resource-types.ts";
import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import type { KubeObject, ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { configMaps, pods } from "@kyma/kube/resource-types.ts";
import * as http from "node:http";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { WebSocket } from "ws";
import { attacks, HostileUpstream, type Attack } from "../testing/hostile-upstream.ts";
import {
  createSettledNamespace,
  readUntil,
  startTestConsole,
  type TestConsole,
} from "../testing/test-console.ts";

const MiB = 1024 * 1024;
/** What lies in buffers of ours and of the system on the way. */
const onTheWay = 16 * MiB;
/** What a test reads of a download before it goes. */
const readOfDownload = 4 * MiB;

let upstream: HostileUpstream;
let app: TestConsole;
let namespace: string;

beforeAll(async () => {
  upstream = new HostileUpstream(inject("kubeconfig"));
  await upstream.listen();
  app = await startTestConsole(
    upstream.kubeconfig,
    [
      "--gateway-address",
      upstream.address,
      "--gateway-metrics-url",
      `http://${upstream.address}/gateway-metrics`,
    ],
    { downloadWaitMs: 1500 },
  );
  const kube = new KubeClient(connect(loadKubeConfig(inject("kubeconfig"))));
  namespace = await createSettledNamespace(kube);
  await setStage(kube);
  kube.connection.close();
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  upstream.close();
});

async function setStage(kube: KubeClient): Promise<void> {
  const create = (type: ResourceType, apiVersion: string, name: string, rest: object): Promise<KubeObject> =>
    kube.create(type, { apiVersion, kind: type.kind, metadata: { namespace, name }, ...rest });
  await create(configMaps, "v1", "target", {});
  const source = { inline: { source: "x" } };
  await create(functions, "serverless.kyma-project.io/v1alpha2", "target", {
    spec: { runtime: "nodejs24", source },
  });
  const servers = [{ port: { name: "http", number: 80, protocol: "HTTP" }, hosts: ["*.hostile.localhost"] }];
  const selector = { istio: "ingressgateway" };
  await create(gateways, "networking.istio.io/v1", "target", { spec: { selector, servers } });
  const rules = [{ path: "/*", methods: ["GET"], noAuth: true }];
  const service = { name: "target", port: 80 };
  const rule = { hosts: ["target.hostile.localhost"], gateway: `${namespace}/target`, service, rules };
  await create(apiRules, "gateway.kyma-project.io/v2", "target", { spec: rule });
  const containers = [{ name: "main", image: "x" }];
  const spec = { containers, automountServiceAccountToken: false };
  await create(pods, "v1", "target", { spec });
  const running = { running: { startedAt: "2026-01-01T00:00:00Z" } };
  const status = { name: "main", ready: true, restartCount: 0, image: "x", imageID: "x", state: running };
  const podStatus = { phase: "Running", containerStatuses: [status] };
  const options = { type: "merge", subresource: "status" } as const;
  await kube.patch<UnknownObject>(pods, { namespace, name: "target" }, { status: podStatus }, options);
}

/** What the browser got; of a long answer its beginning. */
interface Told {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

function ask(
  path: string,
  body?: object,
  headers: Record<string, string> = { cookie: app.cookie },
): Promise<Told> {
  const method = body ? "POST" : "GET";
  const options = {
    method,
    agent: false as const,
    headers: { ...headers, "content-type": "application/json" },
  };
  return new Promise((resolve, reject) => {
    const request = http.request(app.url + path, options, (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const done = (): void =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString("latin1"),
        });
      answer.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size >= readOfDownload) answer.destroy();
      });
      answer.once("close", done);
    });
    request.once("error", reject);
    request.end(body ? JSON.stringify(body) : undefined);
  });
}
const graphql = (query: string): Promise<Told> => ask("/graphql", { query });

/** A way by which bytes of others come to a browser, and how many of them are taken at most. */
interface Relay {
  route: string;
  name: string;
  hostile: RegExp;
  ask: () => Promise<Told>;
  most: number;
  /** What it shows is what others say, as text. */
  quotes?: boolean;
}
const ref = (): string =>
  `{type: {version: "v1", plural: "configmaps"}, namespace: "${namespace}", name: "target"}`;
const target = (): string => `namespace: "${namespace}", name: "target"`;
const relays: Relay[] = [
  {
    route: "/export/logs",
    name: "a download of logs",
    hostile: /\/pods\/target\/log/,
    ask: () => ask(`/export/logs?namespace=${namespace}&pod=target`),
    // Lines wait for the reader, up to 32 MiB.
    most: readOfDownload + 32 * MiB,
  },
  {
    route: "/export/table.csv",
    name: "a download of a list",
    hostile: /\/configmaps\?/,
    ask: () => ask(`/export/table.csv?type=/v1/configmaps&namespaces=${namespace}`),
    most: 512 * MiB,
  },
  {
    route: "/sign-in/token",
    name: "signing in with a token",
    hostile: /selfsubjectreviews/,
    ask: () => ask("/sign-in/token", { token: "some-token" }, {}),
    most: 32 * MiB,
  },
  {
    route: "/graphql",
    name: "an object",
    hostile: /\/configmaps\/target/,
    ask: () => graphql(`{ object(ref: ${ref()}) }`),
    most: 32 * MiB,
  },
  {
    route: "/graphql",
    name: "a write",
    hostile: /\/configmaps\/target/,
    ask: () => graphql(`mutation { patchObject(ref: ${ref()}, patch: {}) }`),
    most: 32 * MiB,
  },
  {
    route: "/graphql",
    name: "a schema",
    hostile: /\/openapi\/v3/,
    ask: () =>
      graphql(`
        {
          kindSchema(type: { version: "v1", plural: "configmaps" })
        }
      `),
    most: 64 * MiB,
  },
  {
    route: "/graphql",
    name: "the version of the API server",
    hostile: /\/version$/,
    ask: () => graphql("{ session { serverVersion } }"),
    most: MiB,
  },
  {
    route: "/graphql",
    name: "a Function's answer",
    hostile: /\/proxy\//,
    ask: () => graphql(`mutation { runFunction(ref: {${target()}}, request: {}) { status body truncated } }`),
    most: MiB,
    quotes: true,
  },
  {
    route: "/graphql",
    name: "a test token",
    hostile: /\/proxy\//,
    ask: () => graphql("mutation { mintTestToken { token } }"),
    most: MiB,
  },
  {
    route: "/graphql",
    name: "the gateway's answer",
    hostile: /\/probed/,
    ask: () =>
      graphql(`mutation { probeApiRule(request: {${target()}, path: "/probed"}) { status body error } }`),
    most: MiB,
    quotes: true,
  },
  {
    route: "/graphql",
    name: "the gateway's figures",
    hostile: /\/gateway-metrics/,
    ask: () => graphql(`{ apiRuleTraffic(${target()}) { requests } }`),
    most: 8 * MiB,
  },
];

/** What a browser could be harmed by; in a file nothing is, which no browser shows. */
function harmIn({ status, headers, body }: Told, quotes = false): string[] {
  const type = headers["content-type"] ?? "";
  const isFile = headers["content-disposition"]?.startsWith("attachment") === true;
  const isJson = type.startsWith("application/json;") && JSON.parse(body) !== null;
  const harm: [string, boolean][] = [
    [`status ${status}`, ![200, 400, 503].includes(status)],
    ["a cookie", headers["set-cookie"]?.join().includes("evil") === true],
    ["a redirect", headers.location !== undefined],
    ["an encoding", headers["content-encoding"] !== undefined],
    ["sniffing", headers["x-content-type-options"] !== "nosniff"],
    ["scripts", headers["content-security-policy"]?.includes("script-src 'self'") !== true],
    [`type ${type}`, isFile ? !/^text\/(plain|csv);/.test(type) : !isJson],
    ["markup", !isFile && !quotes && body.includes("<script")],
    ["no sentence", body.includes("internal error")],
  ];
  return harm.filter(([, is]) => is).map(([what]) => what);
}

test("A23: every path that brings bytes of others is attacked below", () => {
  const ownWords = ["/sign-in", "/session", "/metrics"];
  const attacked = [...relays.map(({ route }) => route), ...ownWords];
  expect(new Set(attacked)).toEqual(new Set(app.routes.map(({ path }) => path)));
  expect(app.sockets.map(({ path }) => path)).toEqual(["/graphql", "/terminal"]);
});

describe.each(attacks)("A23: when somebody answers with: %s,", (attack: Attack) => {
  test.each(relays)("$name is harmless", async ({ hostile, ask: begin, most, quotes }) => {
    upstream.turn(hostile, attack);
    expect(harmIn(await begin(), quotes)).toEqual([]);
    expect(upstream.taken).toBeLessThanOrEqual(most + onTheWay);
    // Nobody goes on reading for a browser that has its answer.
    await expect.poll(() => upstream.open, { timeout: 10_000 }).toBe(0);
  });

  test("a live list says that it cannot be read, or why it never will", async () => {
    upstream.turn(/\/configmaps\?/, attack);
    const socket = app.socket();
    const query = `subscription { tableWindow(scope: {type: {version: "v1", plural: "configmaps"}, namespaces: ["${namespace}"], labelSelector: "a=${attack}"}, view: {}) { liveness rows { name } } }`;
    const told = readUntil<{ liveness: string; rows: unknown[] }>(
      socket,
      query,
      {},
      ({ liveness }) => liveness !== "LIVE",
    ).catch((error: { message: string }) => error.message);
    expect(await told).toEqual(
      attack === "endless"
        ? "the API server's answer is larger than 512 MiB"
        : [{ liveness: "RECONNECTING", rows: [] }],
    );
    await socket.dispose();
    expect(upstream.taken).toBeLessThanOrEqual(512 * MiB + onTheWay);
    await expect.poll(() => upstream.open, { timeout: 15_000 }).toBe(0);
  });

  test("a terminal ends with a sentence", async () => {
    upstream.turn(/\/exec\?/, attack);
    const socket = new WebSocket(`${app.url.replace("http", "ws")}/terminal`, {
      headers: { cookie: app.cookie, origin: app.url },
    });
    const pod = { namespace, pod: "target", container: "main" };
    socket.once("open", () =>
      socket.send(JSON.stringify({ type: "open", ...pod, mode: "exec", cols: 80, rows: 24 })),
    );
    const told: { type: string; message?: string }[] = [];
    socket.on("message", (data: Buffer) => told.push(JSON.parse(data.toString()) as { type: string }));
    await expect.poll(() => told.at(-1)?.type, { timeout: 10_000 }).toBe("ended");
    expect(JSON.stringify(told)).not.toContain("<script");
    socket.terminate();
    expect(upstream.taken).toBeLessThanOrEqual(onTheWay);
    await expect.poll(() => upstream.open, { timeout: 10_000 }).toBe(0);
  });
});

test("A23: nobody went where a redirect led, and the console is well", async () => {
  expect(upstream.followed).toBe(0);
  upstream.turn(/\/readyz/, "endless");
  expect((await ask("/readyz")).status).toBe(503);
  expect(upstream.taken).toBeLessThanOrEqual(onTheWay);
  expect((await ask("/session")).status).toBe(200);
});
