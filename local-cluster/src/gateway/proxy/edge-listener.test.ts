import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { istio, objectsOf, to, virtualService, workload } from "../testing/objects.ts";
import { rawGet, rawRequest } from "../testing/raw-request.ts";
import { startTableGateway, type TableGateway } from "../testing/table-gateway.ts";
import { startUpstream, type Upstream } from "../testing/upstream.ts";

let gateway: TableGateway;
let orders: Upstream;

beforeAll(async () => {
  gateway = await startTableGateway();
  orders = await startUpstream("orders");
});
afterAll(async () => {
  await gateway.close();
  await orders.close();
});

const everything = [{ match: [{ uri: { prefix: "/" } }], route: [to("orders")] }];

function publish(http: unknown[], more: ReturnType<typeof istio>[] = [], hosts = ["orders.localhost"]): void {
  gateway.use(
    objectsOf(
      [virtualService("orders", hosts, http), ...more],
      [workload("orders", [orders.address], orders.port)],
    ),
  );
}

beforeEach(() => {
  orders.seen.length = 0;
  publish(everything);
});

test("a request reaches the pod with one Host, its path and query", async () => {
  const answer = await rawGet(gateway.edgePort, "/a/b?x=1&y=%2F", "Orders.localhost:8080");
  expect(answer.status).toBe(200);
  const seen = orders.seen.at(-1);
  expect(seen?.url).toBe("/a/b?x=1&y=%2F");
  expect(seen?.headers.host).toBe("orders.localhost");
  expect(gateway.counted.at(-1)).toBe("shop/orders|0|200");
});

test("A27: every spelling of a denied path is denied or 400, and what passes arrives as policy saw it", async () => {
  const deny = istio("AuthorizationPolicy", "deny", {
    action: "DENY",
    rules: [{ to: [{ operation: { paths: ["/admin"] } }] }],
  });
  publish(everything, [deny]);
  const spellings = [
    "/admin",
    "//admin",
    "/./admin",
    "/x/../admin",
    "/admin/",
    "/admin;x",
    "/%61dmin",
    "/%2561dmin",
    "/admin%2f",
    "/admin%5c",
    "\\admin",
    "/\\admin",
    "/admin#",
    "/admin?",
    "/admin?x",
    "/adm%69n%00",
    "/%c0%af/admin",
    "/x/%2e%2e/admin",
    "/..;/admin",
    "http://orders.localhost/admin",
    "http://orders.localhost//admin#x",
  ];
  for (const spelling of spellings) {
    const { status } = await rawGet(gateway.edgePort, spelling, "orders.localhost");
    expect([400, 403], `${spelling} gave ${status}`).toContain(status);
  }
  expect(orders.seen).toHaveLength(0);
  expect(
    (await rawGet(gateway.edgePort, "/Admin", "orders.localhost")).status,
    "paths are case-sensitive",
  ).toBe(200);
  for (const [sent, arrives] of [
    ["//a/./b//c/../%64", "/a/b/d"],
    ["/a%c3%a9#x", "/a%C3%A9"],
  ] as const) {
    await rawGet(gateway.edgePort, sent, "orders.localhost");
    expect(orders.seen.at(-1)?.url).toBe(arrives);
  }
});

test("A28: a host has one form, and there is only one", async () => {
  for (const host of [
    "ORDERS.localhost",
    "orders.localhost.",
    "orders.localhost:8080",
    "Orders.LOCALHOST.:1",
  ]) {
    expect((await rawGet(gateway.edgePort, "/", host)).status, host).toBe(200);
    expect(orders.seen.at(-1)?.headers.host).toBe("orders.localhost");
  }
  for (const host of [
    "user@orders.localhost",
    "orders.localhost, other.localhost",
    "b\u00fccher.localhost",
    "",
    "orders.localhost:99999",
  ]) {
    expect((await rawGet(gateway.edgePort, "/", host)).status, host).toBe(400);
  }
  expect((await rawGet(gateway.edgePort, "/", "orders.localhost", "Host: other.localhost\r\n")).status).toBe(
    400,
  );
  expect((await rawGet(gateway.edgePort, "http://other.localhost/", "orders.localhost")).status).toBe(400);
  expect((await rawRequest(gateway.edgePort, "GET / HTTP/1.1\r\n\r\n")).status).toBe(400);
  expect((await rawRequest(gateway.edgePort, "GET / HTTP/1.0\r\n\r\n")).status).toBe(400);
});

test("a policy on a host cannot be passed by spelling the host differently", async () => {
  const deny = istio("AuthorizationPolicy", "deny", {
    action: "DENY",
    rules: [{ to: [{ operation: { hosts: ["orders.localhost"] } }] }],
  });
  publish(everything, [deny]);
  for (const host of ["orders.localhost", "ORDERS.localhost", "orders.localhost.", "orders.localhost:81"]) {
    expect((await rawGet(gateway.edgePort, "/", host)).status, host).toBe(403);
  }
});

test("hosts that no Gateway binds, and names of the cluster, are unknown here", async () => {
  publish(everything, [], ["orders.localhost", "orders.shop.svc.cluster.local", "orders.example.com"]);
  for (const host of [
    "other.localhost",
    "localhost",
    "orders.example.com",
    "orders.shop.svc.cluster.local",
    "orders.shop.svc",
    "127.0.0.1:8080",
    "[::1]",
  ]) {
    expect((await rawGet(gateway.edgePort, "/", host)).status, host).toBe(404);
  }
  expect(orders.seen).toHaveLength(0);
});

const smuggled: [string, string][] = [
  [
    "two lengths",
    "POST / HTTP/1.1\r\nHost: orders.localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
  ],
  [
    "two equal lengths",
    "POST / HTTP/1.1\r\nHost: orders.localhost\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
  ],
  ["a list of lengths", "POST / HTTP/1.1\r\nHost: orders.localhost\r\nContent-Length: 3, 3\r\n\r\nabc"],
  ["a signed length", "POST / HTTP/1.1\r\nHost: orders.localhost\r\nContent-Length: +3\r\n\r\nabc"],
  [
    "length and chunked",
    "POST / HTTP/1.1\r\nHost: orders.localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  ],
  [
    "chunked and length",
    "POST / HTTP/1.1\r\nHost: orders.localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
  ],
  [
    "unknown coding",
    "POST / HTTP/1.1\r\nHost: orders.localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
  ],
  [
    "two codings",
    "POST / HTTP/1.1\r\nHost: orders.localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
  ],
  [
    "coding in two lines",
    "POST / HTTP/1.1\r\nHost: orders.localhost\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
  ],
  [
    "space before the colon",
    "POST / HTTP/1.1\r\nHost: orders.localhost\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
  ],
  ["folded header", "GET / HTTP/1.1\r\nHost: orders.localhost\r\nX-A: b\r\n c\r\n\r\n"],
  ["bare LF", "GET / HTTP/1.1\nHost: orders.localhost\n\n"],
  ["bare LF in one line", "GET / HTTP/1.1\r\nHost: orders.localhost\nX-A: b\r\n\r\n"],
  ["bare CR", "GET / HTTP/1.1\r\nHost: orders.localhost\r\nX-A: b\rX-B: c\r\n\r\n"],
  ["NUL in a header", "GET / HTTP/1.1\r\nHost: orders.localhost\r\nX-A: b\0c\r\n\r\n"],
  ["bad chunk size", "POST / HTTP/1.1\r\nHost: orders.localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
  [
    "long chunk extension",
    `POST / HTTP/1.1\r\nHost: orders.localhost\r\nTransfer-Encoding: chunked\r\n\r\n1;${"x".repeat(1_000_000)}\r\na\r\n0\r\n\r\n`,
  ],
  [
    "HTTP/1.0 with chunked",
    "POST / HTTP/1.0\r\nHost: orders.localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  ],
  ["HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ["unknown method", "FROB / HTTP/1.1\r\nHost: orders.localhost\r\n\r\n"],
];

test.each(smuggled)("A30: %s gives 400 and the connection closes", async (_name, bytes) => {
  const answer = await rawRequest(gateway.edgePort, bytes, 1000);
  expect(answer.status).toBe(400);
  expect(answer.closed).toBe(true);
  expect(answer.text.match(/HTTP\/1\.1/g), "one answer, not two").toHaveLength(1);
});

test("A31: too large a header, too many headers, too long a path", async () => {
  const large = await rawGet(gateway.edgePort, "/", "orders.localhost", `X-Large: ${"a".repeat(8200)}\r\n`);
  expect(large).toMatchObject({ status: 431, closed: true });
  const many = Array.from({ length: 150 }, (_, index) => `a${index}: b\r\n`).join("");
  expect(await rawGet(gateway.edgePort, "/", "orders.localhost", many)).toMatchObject({
    status: 431,
    closed: true,
  });
  publish([{ match: [{ uri: { regex: "^(a+)+$" } }], route: [to("orders")] }]);
  expect((await rawGet(gateway.edgePort, `/${"a".repeat(64_000)}!`, "orders.localhost")).status).toBe(431);
  expect((await rawGet(gateway.edgePort, `/${"a".repeat(7000)}!`, "orders.localhost")).status).toBe(404);
});

test("A32: what only a proxy may say is taken from the caller and said anew", async () => {
  const forged =
    "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Host: evil\r\nX-Forwarded-Client-Cert: By=evil\r\nx-envoy-original-path: /x\r\nX-Forwarded-Proto: https\r\n";
  await rawGet(gateway.edgePort, "/", "orders.localhost", forged);
  const headers = orders.seen.at(-1)?.headers;
  expect(headers).toMatchObject({ "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "http" });
  expect(headers?.["x-request-id"]).toMatch(/^[\da-f-]{36}$/);
  for (const name of ["x-forwarded-host", "x-forwarded-client-cert", "x-envoy-original-path"])
    expect(headers).not.toHaveProperty(name);
});

test("the edge is no proxy", async () => {
  expect(
    (await rawRequest(gateway.edgePort, "CONNECT orders.shop:80 HTTP/1.1\r\nHost: orders.shop:80\r\n\r\n"))
      .status,
  ).toBe(405);
  expect(
    (await rawGet(gateway.edgePort, "http://orders.shop.svc.cluster.local/", "orders.shop.svc.cluster.local"))
      .status,
  ).toBe(404);
  expect(
    (await rawRequest(gateway.edgePort, "OPTIONS * HTTP/1.1\r\nHost: orders.localhost\r\n\r\n")).status,
  ).toBe(400);
});

test("without any configuration every host is unknown (R20)", async () => {
  gateway.use({
    gateways: [],
    virtualServices: [],
    requestAuthentications: [],
    authorizationPolicies: [],
    services: [],
    endpointSlices: [],
    pods: [],
  });
  expect((await rawGet(gateway.edgePort, "/", "orders.localhost")).status).toBe(404);
});

test("a policy of the ingress gateway itself holds before routing", async () => {
  const selector = { matchLabels: { istio: "ingressgateway" } };
  const rules = [{ to: [{ operation: { paths: ["/blocked*"] } }] }];
  publish(everything, [
    istio("AuthorizationPolicy", "edge", { selector, action: "DENY", rules }, "istio-system"),
  ]);
  expect((await rawGet(gateway.edgePort, "/blocked/x", "nowhere.localhost")).status).toBe(403);
  expect((await rawGet(gateway.edgePort, "/open", "orders.localhost")).status).toBe(200);
  expect((await rawGet(gateway.edgePort, "/", "orders.localhost")).status).toBe(200);
});

test("pipelined requests are answered in order, each by its own route", async () => {
  const bytes = ["/1", "/2", "/3"]
    .map((path) => `GET ${path} HTTP/1.1\r\nHost: orders.localhost\r\n\r\n`)
    .join("");
  const answer = await rawRequest(gateway.edgePort, bytes);
  expect(answer.text.match(/"url":"\/\d"/g)).toEqual(['"url":"/1"', '"url":"/2"', '"url":"/3"']);
  expect(gateway.errors).toEqual([]);
});
