import * as net from "node:net";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startRecordingApiServer, type RecordingApiServer } from "../testing/recording-proxy.ts";
import { readUntil, startTestConsole, type TestConsole } from "../testing/test-console.ts";

let upstream: RecordingApiServer;
let app: TestConsole;
beforeAll(async () => {
  upstream = await startRecordingApiServer(inject("kubeconfig"));
  app = await startTestConsole(upstream.kubeconfig);
  // What the cluster serves is asked for once.
  await app.graphql("{ apiResources { plural } }");
  await app.graphql('{ objects(type: {version: "v1", plural: "configmaps"}, namespace: "default") }');
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await upstream[Symbol.asyncDispose]();
});

const evilNames = [
  "../../secrets",
  "..",
  ".",
  "a/../../kube-system",
  "%2e%2e%2fsecrets",
  "..%2f",
  "//evil",
  "\\\\evil",
  "http://evil.example/",
  "a?watch=true",
  "a#b",
  "a\r\nImpersonate-User: admin",
  "a\0",
  "a b",
];
const type = { version: "v1", plural: "configmaps" };

/** Requests that carry the name in any way, besides those that ask what the cluster serves. */
const since = (start: number): string[] =>
  upstream.requests
    .slice(start)
    .map(({ path }) => path)
    .filter((path) => !/^\/(apis?|version|readyz)(\/[a-z0-9.-]+){0,2}$/.test(path));

test("A20: a name or namespace that would leave its place in the path is refused before anything is sent", async () => {
  const queries: [string, (evil: string) => object][] = [
    [
      "query($ref: ObjectRef!) { object(ref: $ref) }",
      (evil) => ({ ref: { type, namespace: "default", name: evil } }),
    ],
    [
      "query($ref: ObjectRef!) { object(ref: $ref) }",
      (evil) => ({ ref: { type, namespace: evil, name: "a" } }),
    ],
    [
      "query($ref: ObjectRef!) { objectYaml(ref: $ref) }",
      (evil) => ({ ref: { type, namespace: evil, name: "a" } }),
    ],
    [
      "query($t: ResourceType!, $ns: String) { objects(type: $t, namespace: $ns) }",
      (evil) => ({ t: type, ns: evil }),
    ],
    [
      "mutation($ref: ObjectRef!) { deleteObject(ref: $ref) }",
      (evil) => ({ ref: { type, namespace: "default", name: evil } }),
    ],
    [
      "mutation($ref: ObjectRef!) { patchObject(ref: $ref, patch: {}) }",
      (evil) => ({ ref: { type, namespace: evil, name: "a" } }),
    ],
    [
      "mutation($ref: ObjectRef!, $sub: String) { patchObject(ref: $ref, patch: {}, subresource: $sub) }",
      (evil) => ({ ref: { type, namespace: "default", name: "a" }, sub: evil }),
    ],
    [
      'query($n: String!) { revealSecret(namespace: "default", name: $n, key: "a") }',
      (evil) => ({ n: evil }),
    ],
    ['query($n: String!) { revealSecret(namespace: $n, name: "a", key: "a") }', (evil) => ({ n: evil })],
    [
      "mutation($object: JSON!) { createObject(object: $object) }",
      (evil) => ({
        object: { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace: evil, name: "a" } },
      }),
    ],
    [
      "query($c: [AccessCheck!]!) { access(checks: $c) { allowed } }",
      (evil) => ({ c: [{ verb: "get", resource: "pods", namespace: evil }] }),
    ],
    ["query($ns: String) { accessRules(namespace: $ns) { incomplete } }", (evil) => ({ ns: evil })],
    [
      "mutation($input: BulkInput!) { bulk(input: $input) { ok } }",
      (evil) => ({ input: { action: "DELETE", type, targets: [{ namespace: "default", name: evil }] } }),
    ],
  ];
  for (const [query, variables] of queries) {
    for (const evil of evilNames) {
      const start = upstream.requests.length;
      const answer = await app.graphql(query, variables(evil));
      // A query that does not fit the schema would be refused as well, and prove nothing.
      expect(answer.errors?.[0]?.message ?? "").not.toMatch(/^(Cannot query field|Unknown|Field ")/);
      const told = answer.errors?.[0]?.extensions["code"] ?? JSON.stringify(answer.data);
      // Each object of a bulk action has its own result.
      const refused = query.includes("bulk") && told === '{"bulk":[{"ok":false}]}' ? "BAD_INPUT" : told;
      expect({ query, evil, refused }).toEqual({ query, evil, refused: "BAD_INPUT" });
      expect({ query, evil, sent: since(start) }).toEqual({ query, evil, sent: [] });
    }
  }
}, 60_000);

test("A20: neither a kind nor a live view leads elsewhere", async () => {
  const socket = app.socket();
  for (const evil of ["../secrets", "pods/../secrets", "a?b", "a\r\nb", "%2e%2e"]) {
    const start = upstream.requests.length;
    const answer = await app.graphql("query($t: ResourceType!) { objects(type: $t) }", {
      t: { version: "v1", plural: evil },
    });
    expect(answer.errors?.[0]?.extensions["code"]).toBe("BAD_INPUT");
    const refs = "subscription($ref: ObjectRef!) { objectEvents(ref: $ref) { object } }";
    const ref = { type, namespace: "default", name: evil };
    await expect(readUntil(socket, refs, { ref }, () => true)).rejects.toMatchObject({
      extensions: { code: "BAD_INPUT" },
    });
    const logs = 'subscription($pod: String!) { logs(source: {namespace: "default", pod: $pod}) { ended } }';
    await expect(readUntil(socket, logs, { pod: evil }, () => true)).rejects.toMatchObject({
      extensions: { code: "BAD_INPUT" },
      message: expect.not.stringContaining("Cannot query") as string,
    });
    expect(since(start)).toEqual([]);
  }
  await socket.dispose();
});

/** Status of a request line that no client library would send. */
function raw(line: string, headers = ""): Promise<number> {
  const { hostname, port } = new URL(app.url);
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname, () =>
      socket.write(
        `${line} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${app.cookie}\r\n${headers}Connection: close\r\n\r\n`,
      ),
    );
    socket.once("data", (data) => {
      resolve(Number(data.toString().split(" ")[1]));
      socket.destroy();
    });
    socket.once("error", reject);
  });
}

test("A20: request lines that mean another place are a 400 and reach nobody", async () => {
  const start = upstream.requests.length;
  for (const target of ["//evil", "http://evil.example/graphql", "\\\\evil", "*", "evil"]) {
    expect({ target, status: await raw(`GET ${target}`) }).toEqual({ target, status: 400 });
  }
  for (const target of [
    "/api/k8s/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2fetc/passwd",
    "/api/v1/secrets",
  ]) {
    // There is no path on which the API server can be reached: it is the page, or nothing.
    expect([200, 404, 503]).toContain(await raw(`GET ${target}`));
  }
  expect(await raw("GET /session", "X: a\rb\r\n")).toBe(400);
  expect(await raw("GET /session", "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n")).toBe(400);
  expect(since(start)).toEqual([]);
});

test("A21, A22: what goes upstream carries the console's own headers only, and no address comes from the client", async () => {
  const start = upstream.requests.length;
  const headers = {
    "impersonate-user": "admin",
    "x-remote-user": "admin",
    "x-forwarded-access-token": "evil-token",
    "x-webauth-user": "admin",
    "x-forwarded-host": "169.254.169.254",
    authorization: "Bearer evil-token",
    connection: "Authorization",
    via: "evil",
  };
  await app.graphql('{ objects(type: {version: "v1", plural: "pods"}, namespace: "default") }', {}, headers);
  const sent = upstream.requests.slice(start);
  expect(sent.length).toBeGreaterThan(0);
  const allowed = [
    "accept",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
    "user-agent",
  ];
  for (const request of sent) {
    expect(Object.keys(request.headers).filter((name) => !allowed.includes(name))).toEqual([]);
    expect(request.headers.authorization).toBe("Bearer recorded-token");
    expect(request.headers.cookie).toBeUndefined();
  }
});

test("A21: view-as sets the headers itself, whatever the browser sends", async () => {
  const subject = { user: "jane", groups: ["dev", "qa"], uid: "7" };
  await app.graphql("mutation($s: ViewAsInput!) { viewAs(subject: $s) }", { s: subject });
  const start = upstream.requests.length;
  await app.graphql(
    '{ objects(type: {version: "v1", plural: "pods"}, namespace: "default") }',
    {},
    { "impersonate-user": "root", "impersonate-group": "system:masters" },
  );
  for (const { headers } of upstream.requests.slice(start)) {
    expect(headers["impersonate-user"]).toBe("jane");
    expect(headers["impersonate-group"]).toBe("dev, qa");
    expect(headers["impersonate-uid"]).toBe("7");
  }
  await app.graphql("mutation { stopViewAs }");
  const after = upstream.requests.length;
  await app.graphql('{ objects(type: {version: "v1", plural: "pods"}, namespace: "default") }');
  for (const { headers } of upstream.requests.slice(after))
    expect(headers["impersonate-user"]).toBeUndefined();
});
