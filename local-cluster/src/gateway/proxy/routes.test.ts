import { afterAll, beforeAll, expect, test } from "vitest";
import { istio, objectsOf, to, virtualService, workload } from "../testing/objects.ts";
import { rawGet } from "../testing/raw-request.ts";
import { startTableGateway, type TableGateway } from "../testing/table-gateway.ts";
import { startUpstream, type Upstream } from "../testing/upstream.ts";

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

test("routes are tried in order, each with its own kinds of match", async () => {
  publish([
    {
      match: [{ uri: { exact: "/exact" } }, { uri: { prefix: "/pre" }, method: { regex: "^(GET|POST)$" } }],
      route: [to("one")],
    },
    { match: [{ uri: { exact: "/Case" }, ignoreUriCase: true }], route: [to("one")] },
    { match: [{ headers: { "x-team": { exact: "red" }, "x-any": {} } }], route: [to("one")] },
    { match: [{ queryParams: { v: { exact: "1" } } }], route: [to("one")] },
    {
      match: [{ uri: { regex: "^/items/([A-Za-z0-9-._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$" } }],
      route: [to("one")],
    },
    { match: [{ withoutHeaders: { "x-old": {} }, uri: { prefix: "/new" } }], route: [to("one")] },
    { match: [{ uri: { prefix: "/" } }], route: [to("two")] },
  ]);
  expect(await answeredBy("/exact?x")).toBe("one");
  expect(await answeredBy("/exact/")).toBe("two");
  expect(await answeredBy("/prefix")).toBe("one");
  expect(await answeredBy("/CASE")).toBe("one");
  expect(await answeredBy("/h", "X-Team: red\r\nX-Any: 1\r\n")).toBe("one");
  expect(await answeredBy("/h", "X-Team: red\r\n")).toBe("two");
  expect(await answeredBy("/q?a=2&v=1")).toBe("one");
  expect(await answeredBy("/q?v=2")).toBe("two");
  expect(await answeredBy("/items/a%20b")).toBe("one");
  expect(await answeredBy("/items/a/b")).toBe("two");
  expect(await answeredBy("/new")).toBe("one");
  expect(await answeredBy("/new", "X-Old: 1\r\n")).toBe("two");
});

test("regexes match the whole path and have RE2's syntax", async () => {
  publish([{ match: [{ uri: { regex: "/a.*b" } }], route: [to("one")] }]);
  expect(await answeredBy("/a/x/b")).toBe("one");
  expect((await get("/a/x/bc")).status).toBe(404);
  expect((await get("/x/a/b")).status).toBe(404);
  publish([{ match: [{ uri: { regex: "(?<=a)b" } }], route: [to("one")] }]);
  expect((await get("/anything")).status, "what RE2 does not know is not guessed").toBe(503);
});

test("headers are set, added and removed on request and answer, with Envoy's variables", async () => {
  publish([
    {
      match: [{ uri: { prefix: "/" } }],
      route: [{ ...(to("one") as object), headers: { response: { add: { "x-dest": "1" } } } }],
      headers: {
        request: {
          set: { "x-forwarded-host": "%REQ(:AUTHORITY)%", Cookie: "a=1; b=2", "x-pct": "100%%" },
          add: { "x-more": "2" },
          remove: ["x-gone"],
        },
        response: { set: { "x-set": "s" }, remove: ["Content-Type", "date"] },
      },
    },
  ]);
  const { text } = await get(
    "/",
    "X-Gone: 1\r\nCookie: mine=1\r\nX-More: 1\r\nX-Forwarded-Host: evil\r\n",
    "Deep.any.localhost:8080",
  );
  expect(one.seen.at(-1)?.headers).toMatchObject({
    "x-forwarded-host": "deep.any.localhost",
    cookie: "a=1; b=2",
    "x-more": "1, 2",
    "x-pct": "100%",
  });
  expect(one.seen.at(-1)?.headers).not.toHaveProperty("x-gone");
  expect(text).toContain("x-set: s");
  expect(text).toContain("x-dest: 1");
  expect(text).not.toMatch(/content-type/i);
});

test.each([
  [{ uri: { prefix: "/api" } }, { uri: "/v1" }, "/api/x?q=1", "/v1/x?q=1"],
  [{ uri: { prefix: "/api/" } }, { uri: "/" }, "/api/x", "/x"],
  [{ uri: { prefix: "/api" } }, { uri: "/" }, "/api/x", "/x"],
  [{ uri: { exact: "/old" } }, { uri: "/new" }, "/old?q", "/new?q"],
  [{ uri: { regex: "/r/.*" } }, { uri: "/whole" }, "/r/1/2", "/whole"],
  [
    { uri: { prefix: "/" } },
    { uriRegexRewrite: { match: "^/u/([^/]+)/(.*)$", rewrite: "/\\2/of/\\1" } },
    "/u/ann/orders",
    "/orders/of/ann",
  ],
])("match %j with rewrite %j sends %s to %s", async (match, rewrite, path, arrives) => {
  publish([{ match: [match], rewrite, route: [to("one")] }]);
  expect((await get(path)).status).toBe(200);
  expect(one.seen.at(-1)?.url).toBe(arrives);
});

test("policy sees the rewritten path and host, as the workload's sidecar does", async () => {
  const deny = istio("AuthorizationPolicy", "deny", {
    action: "DENY",
    rules: [{ to: [{ operation: { paths: ["/secret*"], hosts: ["inner.example"] } }] }],
  });
  publish(
    [
      {
        match: [{ uri: { prefix: "/public" } }],
        rewrite: { uri: "/secret", authority: "Inner.example" },
        route: [to("one")],
      },
    ],
    [deny],
  );
  expect((await get("/public/x")).status).toBe(403);
});

test("redirects and direct responses", async () => {
  publish([
    {
      match: [{ uri: { exact: "/r" } }],
      redirect: { uri: "/to", authority: "new.localhost", redirectCode: 302 },
    },
    { match: [{ uri: { exact: "/s" } }], redirect: { scheme: "https" } },
    { match: [{ uri: { exact: "/p" } }], redirect: { derivePort: "FROM_REQUEST_PORT" } },
    {
      match: [{ uri: { exact: "/d" } }],
      directResponse: { status: 418, body: { string: "short and stout" } },
    },
  ]);
  const redirected = await get("/r?q=1");
  expect(redirected.status).toBe(302);
  expect(redirected.text).toContain("location: http://new.localhost/to?q=1\r\n");
  expect((await get("/s?q")).text).toContain("location: https://vs.localhost/s?q\r\n");
  expect((await get("/p")).text).toContain(`location: http://vs.localhost:${gateway.edgePort}/p\r\n`);
  const direct = await get("/d");
  expect(direct.status).toBe(418);
  expect(direct.text).toContain("short and stout");
});

test("weights share the requests", async () => {
  const weighted = (service: string, weight: number) => ({ ...(to(service) as object), weight });
  publish([{ route: [weighted("one", 0), weighted("two", 100)] }]);
  for (let index = 0; index < 10; index += 1) expect(await answeredBy("/")).toBe("two");
  publish([{ route: [weighted("one", 50), weighted("two", 50)] }]);
  const names = await Promise.all(Array.from({ length: 60 }, () => answeredBy("/")));
  expect(new Set(names).size).toBe(2);
  publish([{ route: [weighted("one", 0), weighted("two", 0)] }]);
  expect((await get("/")).status).toBe(503);
});

test.each<[string, unknown]>([
  ["fault", { fault: { abort: { httpStatus: 500 } }, route: [to("one")] }],
  ["mirror", { mirror: { host: "two" }, route: [to("one")] }],
  ["retries", { retries: { attempts: 3 }, route: [to("one")] }],
  ["subset", { route: [{ destination: { host: "one", subset: "v1", port: { number: 80 } } }] }],
  ["sourceLabels", { match: [{ uri: { prefix: "/" }, sourceLabels: { app: "x" } }], route: [to("one")] }],
  [
    "header variable",
    { headers: { request: { set: { a: "%DOWNSTREAM_TLS_SESSION_ID%" } } }, route: [to("one")] },
  ],
  ["framing header", { headers: { request: { set: { "content-length": "1" } } }, route: [to("one")] }],
  ["header with a line end", { headers: { response: { set: { a: "b\r\nc: d" } } }, route: [to("one")] }],
  ["time-out", { timeout: "soon", route: [to("one")] }],
  ["nothing to do", {}],
  ["two actions", { route: [to("one")], redirect: { uri: "/x" } }],
  ["no object", "route"],
])("an unsupported part (%s) makes the route answer 503, not another one", async (_name, route) => {
  publish([route, { route: [to("two")] }]);
  expect((await get("/")).status).toBe(503);
  expect(one.seen.concat(two.seen).filter(({ url }) => url === "/unsupported")).toHaveLength(0);
});

test("a VirtualService that is not understood as a whole answers 503 on its hosts", async () => {
  gateway.use(
    objectsOf(
      [
        istio("VirtualService", "vs", {
          hosts: ["vs.localhost"],
          gateways: ["kyma-system/kyma-gateway"],
          http: [{ route: [to("one")] }],
          tcp: [{}],
        }),
      ],
      [workload("one", [one.address], one.port)],
    ),
  );
  expect((await get("/")).status).toBe(503);
});
