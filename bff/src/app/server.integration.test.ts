import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import * as net from "node:net";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { postGraphql, request, signIn, startTestConsole, type TestConsole } from "../testing/test-console.ts";

let app: TestConsole;
beforeAll(async () => {
  app = await startTestConsole(inject("kubeconfig"));
});
afterAll(() => app[Symbol.asyncDispose]());

const session = "{ session { user cluster serverVersion local } }";

test("a signed-in browser learns who it acts as", async () => {
  const answer = await app.graphql(session);
  expect(answer).toMatchObject({ status: 200, data: { session: { local: false } } });
  expect(answer.data?.["session"]).toMatchObject({ serverVersion: expect.stringMatching(/^v1\./) as string });
});

test("the sign-in link works once, is replaced at each use, and its file is the owner's alone", async () => {
  const link = (await readFile(app.signInFile, "utf8")).trim();
  expect((await stat(app.signInFile)).mode & 0o777).toBe(0o600);
  const first = await request(link);
  expect(first.status).toBe(303);
  expect(first.headers["set-cookie"]?.[0]).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
  expect((await request(link)).status).toBe(401);
  expect((await readFile(app.signInFile, "utf8")).trim()).not.toBe(link);
});

test("A8: signing in gives a new id, signing out ends it and its socket", async () => {
  const preset = `${app.cookie.split("=")[0] ?? ""}=${"a".repeat(43)}`;
  const link = (await readFile(app.signInFile, "utf8")).trim();
  const answer = await request(link, { headers: { cookie: preset } });
  const cookie = answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
  expect(cookie).not.toBe(preset);
  const closed = Promise.withResolvers<number>();
  const client = app.socket({ cookie, lazy: false });
  client.on("closed", (event) => closed.resolve((event as { code: number }).code));
  await new Promise<void>((resolve) => client.on("connected", () => resolve()));
  const out = await postGraphql(app.url, { query: "mutation { signOut }" }, { cookie });
  expect(out).toMatchObject({ status: 200, data: { signOut: true } });
  expect(await closed.promise).toBe(4401);
  expect((await postGraphql(app.url, { query: session }, { cookie })).status).toBe(401);
  await client.dispose();
});

test("A1: without a session every route that tells something answers 401 with one and the same body", async () => {
  const name = app.cookie.split("=")[0] ?? "";
  const bodies = new Set<string>();
  const strangers: Record<string, string>[] = [
    {},
    { cookie: "" },
    { cookie: `${name}=` },
    { cookie: `${name}=null` },
    { cookie: `${name}=${"x".repeat(43)}` },
    { cookie: `${app.cookie}; ${app.cookie}` },
    { authorization: "Bearer nothing" },
    { authorization: "bearer null" },
  ];
  for (const headers of strangers) {
    const body = JSON.stringify({ query: session });
    const options = { method: "POST", headers: { "content-type": "application/json", ...headers } };
    const answers = [
      await app.request("/graphql", options, body),
      await app.request("/session", { headers }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      bodies.add(answer.body);
    }
  }
  expect([...bodies]).toEqual([expect.stringContaining("UNAUTHENTICATED")]);
  expect((await app.request("/healthz")).body).toBe("ok\n");
});

test("A9: what a foreign page could send is refused before anything runs", async () => {
  const query = JSON.stringify({ query: "mutation { signOut }" });
  const send = (headers: Record<string, string>, method = "POST", path = "/graphql", body = query) =>
    app.request(path, { method, headers: { cookie: app.cookie, ...headers } }, body);
  expect((await send({ "content-type": "text/plain" })).status).toBe(415);
  expect((await send({ "content-type": "multipart/form-data; boundary=x" })).status).toBe(415);
  expect((await send({ "content-type": "application/x-www-form-urlencoded" })).status).toBe(415);
  expect((await send({}, "GET", "/graphql?query=mutation%7BsignOut%7D", "")).status).toBe(405);
  const json = { "content-type": "application/json" };
  for (const origin of [
    "https://evil.example",
    "null",
    "http://127.0.0.1:1",
    app.url.replace("127.0.0.1", "localhost"),
  ]) {
    expect((await send({ ...json, origin })).status).toBe(403);
  }
  expect((await send({ ...json, "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await send({ ...json, "sec-fetch-site": "same-site", origin: app.url })).status).toBe(403);
  expect((await app.graphql(session, {}, { origin: app.url, "sec-fetch-site": "same-origin" })).status).toBe(
    200,
  );
});

test("DNS rebinding: only the console's own host names are served", async () => {
  const { port } = new URL(app.url);
  for (const host of [
    "evil.example",
    `evil.example:${port}`,
    "127.0.0.1",
    `127.0.0.1.evil.example:${port}`,
  ]) {
    expect((await app.request("/", { headers: { host } })).status).toBe(403);
  }
  for (const host of [`localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
    expect((await app.request("/session", { headers: { host, cookie: app.cookie } })).status).toBe(200);
  }
});

test("A10: a WebSocket is opened only for a page of our own and for a session", async () => {
  const { hostname, port } = new URL(app.url);
  const upgrade = (headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const socket = net.connect(Number(port), hostname, () => {
        const fields = { Host: `127.0.0.1:${port}`, Connection: "Upgrade", Upgrade: "websocket", ...headers };
        const key = createHash("md5").update("key").digest("base64");
        const text = Object.entries({
          ...fields,
          "Sec-WebSocket-Version": "13",
          "Sec-WebSocket-Key": key,
          "Sec-WebSocket-Protocol": "graphql-transport-ws",
        });
        socket.write(
          `GET /graphql HTTP/1.1\r\n${text.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`,
        );
      });
      socket.once("data", (data) => {
        resolve(Number(data.toString().split(" ")[1]));
        socket.destroy();
      });
      socket.once("error", reject);
    });
  const { cookie } = app;
  expect(await upgrade({ Origin: app.url, Cookie: cookie })).toBe(101);
  for (const origin of ["https://evil.example", "null", "https://console.example.evil.com"]) {
    expect(await upgrade({ Origin: origin, Cookie: cookie })).toBe(403);
  }
  expect(await upgrade({ Cookie: cookie })).toBe(403);
  expect(await upgrade({ Origin: app.url })).toBe(401);
  expect(await upgrade({ Origin: "http://evil.example:80", Host: "evil.example:80", Cookie: cookie })).toBe(
    403,
  );
});

test("A12: no page of ours can be framed, error pages neither", async () => {
  const paths = ["/", "/sign-in?token=wrong", "/session", "/assets/missing.js", "/healthz"];
  for (const path of paths) {
    const { headers } = await app.request(path);
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["content-security-policy"]).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
  }
});

test("A15, A16: an excessive or malformed query is a 400", async () => {
  const nested = (depth: number): string => (depth === 0 ? "user" : `session { ${nested(depth - 1)} }`);
  const cyclic = "query { session { ...a } } fragment a on Session { ...b } fragment b on Session { ...a }";
  const fragments = Array.from({ length: 1000 }, (_, index) => `fragment f${index} on Session { user }`).join(
    " ",
  );
  const queries = [
    "{ session {",
    "",
    "{ nothing }",
    `{ ${nested(50)} }`,
    `{ ${Array.from({ length: 1000 }, (_, index) => `a${index}: session { user }`).join(" ")} }`,
    cyclic,
    `{ session { user } } ${fragments}`,
    `{ session { user ${"@include(if: true) ".repeat(1000)} } }`,
    `{ session { user } } #${"x".repeat(100_000)}`,
  ];
  for (const query of queries) {
    const answer = await app.graphql(query);
    expect({ query: query.slice(0, 40), status: answer.status }).toEqual({
      query: query.slice(0, 40),
      status: 400,
    });
    expect(answer.data).toBeUndefined();
  }
  const list = Array.from({ length: 10_000 }, () => ({ name: "x", value: "y" }));
  const run =
    'mutation($r: RunRequest!) { runFunction(ref: {namespace: "a", name: "b"}, request: $r) { status } }';
  expect((await app.graphql(run, { r: { headers: list } })).status).toBe(400);
  const batch = Array.from({ length: 100 }, () => ({ query: session }));
  expect((await postGraphql(app.url, batch, { cookie: app.cookie })).status).toBe(400);
  const big = await app.request(
    "/graphql",
    { method: "POST", headers: { "content-type": "application/json", cookie: app.cookie } },
    JSON.stringify({ query: `{ session { user } } #${"x".repeat(5_000_000)}` }),
  );
  expect(big.status).toBe(413);
});

test("A17: no introspection, no GraphiQL, no suggestions; an unknown error shows an id only", async () => {
  const answers = [
    await app.graphql("{ __schema { types { name } } }"),
    await app.graphql("{ sesion { user } }"),
  ];
  for (const { status, errors } of answers) {
    expect(status).toBe(400);
    expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
  }
  const page = await app.request("/graphql", { headers: { accept: "text/html", cookie: app.cookie } });
  expect(page.status).toBe(405);
});

test("an answer for subscriptions over HTTP says where they run", async () => {
  const answer = await app.graphql("subscription { components { name } }");
  expect(answer.status).toBe(400);
  expect(answer.errors?.[0]?.message).toContain("WebSocket");
});

test("signing in again replaces the browser's session", async () => {
  const first = await signIn(app.signInFile);
  const link = (await readFile(app.signInFile, "utf8")).trim();
  const second = await request(link, { headers: { cookie: first } });
  expect(second.status).toBe(303);
  expect((await app.request("/session", { headers: { cookie: first } })).status).toBe(401);
});
