import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { ingressGatewayPrincipal } from "../config/workloads.ts";
import { istio, objectsOf, to, workload } from "../testing/objects.ts";
import { rawRequest } from "../testing/raw-request.ts";
import { listen, startTableGateway, type TableGateway } from "../testing/table-gateway.ts";
import { startUpstream, type Upstream } from "../testing/upstream.ts";

const run = promisify(execFile);
let gateway: TableGateway;
let orders: Upstream;

beforeAll(async () => {
  gateway = await startTableGateway();
  orders = await startUpstream("orders", async (request, response) => {
    const body = (await request.toArray()).join("");
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ url: request.url, host: request.headers.host, body }));
  });
  const sockets = new WebSocketServer({ server: orders.server });
  sockets.on("connection", (client) =>
    client.on("message", (data: Buffer) => client.send(`echo ${data.toString()}`)),
  );
});
afterAll(async () => {
  await Promise.all([gateway.close(), orders.close()]);
});

function publish(...more: ReturnType<typeof istio>[]): void {
  gateway.use(objectsOf(more, [workload("orders", [orders.address], orders.port)]));
}
beforeEach(() => {
  orders.seen.length = 0;
  publish();
});

/** Absolute form, as http and axios send it. */
const absolute = (url: string, more = "") =>
  rawRequest(
    gateway.inClusterPort,
    `GET ${url} HTTP/1.1\r\nHost: anything\r\n${more}Connection: close\r\n\r\n`,
  );

/** CONNECT and a request inside, as fetch and undici send it. */
const tunnelled = (authority: string, inner: string, more = "") =>
  rawRequest(
    gateway.inClusterPort,
    `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${more}\r\n${inner}`,
  );
const innerGet = (path: string, host: string) => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;

test("every client of a Function reaches a Service by its name", async () => {
  const script = join(import.meta.dirname, "../testing/proxy-clients.ts");
  const proxy = `http://127.0.0.1:${gateway.inClusterPort}`;
  const env = {
    PATH: process.env["PATH"],
    HTTP_PROXY: proxy,
    http_proxy: proxy,
    NODE_USE_ENV_PROXY: "1",
    NO_PROXY: "localhost,127.0.0.1",
  };
  for (const url of ["http://orders.shop.svc.cluster.local/a?b=c", "http://orders.shop/a?b=c"]) {
    const { stdout } = await run(process.execPath, ["--no-warnings", script, url], { env });
    const answer = JSON.stringify({
      url: "/a?b=c",
      host: "orders.shop.svc.cluster.local",
      body: '{"hello":"world"}',
    });
    expect(JSON.parse(stdout)).toEqual({
      http: answer,
      "http, own agent": answer,
      fetch: answer,
      undici: answer,
      "undici fetch": answer,
      axios: answer,
      "axios, fetch adapter": answer,
      ws: "echo hello",
      WebSocket: "echo hello",
    });
  }
}, 60_000);

test.each([
  "orders",
  "orders.shop",
  "orders.shop.svc",
  "orders.shop.svc.cluster.local",
  "ORDERS.shop.",
  "orders.shop:80",
])("%s is the Service", async (name) => {
  const answer = await absolute(`http://${name}/x`);
  expect(answer.status).toBe(200);
  expect(orders.seen.at(-1)?.headers.host, "the canonical name goes on").toBe(
    "orders.shop.svc.cluster.local",
  );
  const authority = name.includes(":") ? name : `${name}:80`;
  expect((await tunnelled(authority, innerGet("/y", name))).text).toContain('"url":"/y"');
});

test("a bare name means the caller's namespace, given as the user of the proxy URL", async () => {
  const other = workload("orders", [orders.address], orders.port, "other");
  gateway.use(objectsOf([], [workload("orders", ["10.244.9.9"], 1), other]));
  const from = (namespace: string) =>
    `Proxy-Authorization: Basic ${Buffer.from(`${namespace}:`).toString("base64")}\r\n`;
  expect((await absolute("http://orders/")).text).toContain("in several namespaces");
  expect((await absolute("http://orders/", from("other"))).status).toBe(200);
  expect((await tunnelled("orders:80", innerGet("/", "orders"), from("other"))).text).toContain('"url":"/"');
  expect(orders.seen.at(-1)?.headers).not.toHaveProperty("proxy-authorization");
});

test("unknown names are 404, unknown ports and Services without endpoint 503", async () => {
  for (const url of [
    "http://nothing/",
    "http://nothing.shop.svc/",
    "http://orders.shop.svc.cluster.local.svc/",
    "http://x.cluster.local/",
  ]) {
    const unknown = await absolute(url);
    expect(unknown.status, url).toBe(404);
    expect(unknown.text, "a client can tell it from a 404 of the Service").toMatch(
      /^proxy-status: kyma-gateway; error=destination_not_found\r$/im,
    );
  }
  expect((await tunnelled("nothing.shop.svc:80", "")).status).toBe(404);
  expect((await absolute("http://orders.shop:81/")).status).toBe(503);
  gateway.use(objectsOf([], [workload("orders", [], 8080)]));
  expect((await absolute("http://orders.shop/")).status).toBe(503);
});

test("a pod's address and a Service's cluster address work, with the same policies", async () => {
  const deny = istio("AuthorizationPolicy", "deny", {
    selector: { matchLabels: { app: "orders" } },
    action: "DENY",
    rules: [{ to: [{ operation: { paths: ["/admin"] } }] }],
  });
  const withAddress = workload("orders", [orders.address], orders.port);
  withAddress.service.spec = { ...withAddress.service.spec, clusterIP: "10.96.0.7" };
  gateway.use(objectsOf([deny], [withAddress]));
  for (const url of [`http://${orders.address}:${orders.port}`, "http://10.96.0.7", "http://orders.shop"]) {
    expect((await absolute(`${url}/open`)).status, url).toBe(200);
    expect((await absolute(`${url}//admin`)).status, url).toBe(403);
    expect((await absolute(`${url}/%2561dmin`)).status, url).toBe(400);
  }
  expect((await absolute("http://10.244.250.250/")).status).toBe(404);
});

test("callers inside have no identity: the exposed paths' policies refuse, the one for in-cluster calls allows", async () => {
  const selector = { matchLabels: { app: "orders" } };
  const exposed = istio("AuthorizationPolicy", "exposed", {
    selector,
    rules: [{ from: [{ source: { principals: [ingressGatewayPrincipal] } }] }],
  });
  const inCluster = istio("AuthorizationPolicy", "in-cluster", {
    selector,
    rules: [{ from: [{ source: { notPrincipals: [ingressGatewayPrincipal] } }] }],
  });
  publish(exposed);
  expect((await absolute("http://orders.shop/")).text).toContain("RBAC: access denied");
  expect((await tunnelled("orders.shop:80", innerGet("/", "orders.shop"))).text).toContain(
    "RBAC: access denied",
  );
  publish(exposed, inCluster);
  expect((await absolute("http://orders.shop/")).status).toBe(200);
});

test("a policy on a host sees every name of the Service", async () => {
  publish(
    istio("AuthorizationPolicy", "deny", {
      action: "DENY",
      rules: [{ to: [{ operation: { hosts: ["orders.shop"] } }] }],
    }),
  );
  for (const name of ["orders", "orders.shop.svc.cluster.local", "orders.shop"]) {
    expect((await absolute(`http://${name}/`)).status, name).toBe(403);
  }
});

test("a request inside a tunnel is for what the tunnel was opened for", async () => {
  expect((await tunnelled("orders.shop:80", innerGet("/", "orders.shop.svc.cluster.local"))).text).toContain(
    '"url":"/"',
  );
  for (const host of ["other.localhost", "evil.example", "127.0.0.1", "a, b"]) {
    const { text, closed } = await tunnelled("orders.shop:80", innerGet("/", host), "");
    expect(text, host).toMatch(/established[^]*HTTP\/1\.1 400/);
    expect(closed).toBe(true);
  }
  expect(
    (await tunnelled("orders.shop:80", "GET / HTTP/1.1\r\nHost: orders.shop\r\nHost: x\r\n\r\n")).text,
  ).toMatch(/HTTP\/1\.1 400/);
  expect((await tunnelled("orders.shop:80", "\x16\x03\x01\x02\x00\x01")).text, "TLS is not HTTP").toMatch(
    /HTTP\/1\.1 400/,
  );
});

test("what is no proxy request is refused", async () => {
  expect((await rawRequest(gateway.inClusterPort, innerGet("/", "orders.shop"))).status).toBe(400);
  expect((await tunnelled("orders.shop", "")).status).toBe(400);
  expect((await tunnelled("user@orders.shop:80", "")).status).toBe(400);
  expect((await absolute("https://orders.shop/")).status).toBe(400);
  expect((await absolute("http://user:pw@orders.shop/")).status).toBe(400);
});

test("nothing private is reached through the proxy, in no spelling", async () => {
  let asked = 0;
  const secret = createServer((_request, response) => {
    asked += 1;
    response.end();
  });
  const port = await listen(secret);
  for (const host of [
    "127.0.0.1",
    "localhost",
    "LOCALHOST.",
    "127.1",
    "0x7f.1",
    "2130706433",
    "0.0.0.0",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "127.244.0.1",
    "169.254.169.254",
    "10.0.0.1",
    "192.168.0.1",
  ]) {
    const plain = await absolute(`http://${host}:${port}/`);
    expect([400, 403, 404, 503], `${host}: ${plain.status}`).toContain(plain.status);
    const tunnel = await tunnelled(`${host}:${port}`, innerGet("/", host));
    expect([400, 403, 404, 502], `${host}: ${tunnel.status}`).toContain(tunnel.status);
    const upgrade = await absolute(
      `http://${host}:${port}/`,
      "Connection: Upgrade\r\nUpgrade: websocket\r\n",
    );
    expect([400, 403, 404, 503], `${host}: ${upgrade.status}`).toContain(upgrade.status);
  }
  expect(asked).toBe(0);
  secret.close();
});

test("VirtualServices for the mesh hold for callers inside, those of a Gateway do not", async () => {
  const mesh = istio("VirtualService", "mesh", {
    hosts: ["orders"],
    http: [
      { match: [{ uri: { prefix: "/old" } }], rewrite: { uri: "/new" }, route: [to("orders")] },
      { route: [to("orders")] },
    ],
  });
  const edge = istio("VirtualService", "edge", {
    hosts: ["orders.shop.svc.cluster.local"],
    gateways: ["kyma-system/kyma-gateway"],
    http: [{ fault: {} }],
  });
  publish(mesh, edge);
  expect((await absolute("http://orders.shop/old/x")).text).toContain('"url":"/new/x"');
  expect((await absolute("http://orders.shop/y")).text).toContain('"url":"/y"');
  expect(gateway.errors).toEqual([]);
});
