import { serviceAccounts } from "@kyma/kube/resource-types.ts";
import { createHash, createHmac, generateKeyPairSync } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import * as net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createAccount, mintToken, postToken, signInAs } from "../testing/accounts.ts";
import {
  createNamespace,
  postGraphql,
  request,
  startTestConsole,
  type TestConsole,
} from "../testing/test-console.ts";

let app: TestConsole;
let namespace: string;
beforeAll(async () => {
  app = await startTestConsole(inject("kubeconfig"));
  namespace = await createNamespace(app.kube);
  await createAccount(app.kube, { namespace, name: "viewer" }, [
    { verbs: ["get", "list", "watch"], apiGroups: [""], resources: ["configmaps"] },
  ]);
});
afterAll(() => app[Symbol.asyncDispose]());

const who = "{ session { user method endsAt viewAs { user } } }";
const mint = (options?: Parameters<typeof mintToken>[2]): Promise<string> =>
  mintToken(app.kube, { namespace, name: "viewer" }, options);

test("a token of the cluster signs in as who it belongs to, until it expires", async () => {
  const token = await mint({ expirationSeconds: 600 });
  const { cookie, graphql } = await signInAs(app, token);
  const { data } = await graphql(who);
  expect(data?.["session"]).toMatchObject({
    user: `system:serviceaccount:${namespace}:viewer`,
    method: "TOKEN",
    endsAt: expect.stringMatching(/^20\d\d-/) as string,
    viewAs: null,
  });
  const list = `{ objects(type: {version: "v1", plural: "configmaps"}, namespace: "${namespace}") }`;
  expect((await graphql(list)).errors).toBeUndefined();
  const secrets = await graphql(list.replace("configmaps", "secrets"));
  expect(secrets.errors?.[0]).toMatchObject({ extensions: { code: "FORBIDDEN" } });
  // The token went into the server and came out nowhere.
  const seen = JSON.stringify([app.logged, cookie, data]);
  expect(seen).not.toContain(token);
  expect(seen).not.toContain(token.split(".")[2]);
});

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

test("A2, A3: what the API server does not accept signs nobody in, and the answer holds nothing of it", async () => {
  const good = await mint();
  const [head = "", body = "", signature = ""] = good.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = publicKey.export({ type: "spki", format: "pem" }) as string;
  const hs256 = (key: string): string => {
    const text = `${encode({ alg: "HS256", typ: "JWT" })}.${body}`;
    return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
  };
  const bad: Record<string, string> = {
    "another audience": await mint({ audiences: ["somebody-else"] }),
    expired: `${head}.${encode({ ...claims, exp: Math.floor(Date.now() / 1000) - 61 })}.${signature}`,
    "not yet": `${head}.${encode({ ...claims, nbf: Math.floor(Date.now() / 1000) + 3600 })}.${signature}`,
    "no expiry": `${head}.${encode({ ...claims, exp: undefined })}.${signature}`,
    "another issuer": `${head}.${encode({ ...claims, iss: "https://evil.example" })}.${signature}`,
    "alg none": `${encode({ alg: "none" })}.${body}.`,
    "alg None": `${encode({ alg: "None" })}.${body}.`,
    "HS256 with a public key": hs256(pem),
    "HS256 with a key after a space": hs256(` ${pem}`),
    jku: `${encode({ alg: "RS256", jku: "http://127.0.0.1:9/keys", x5u: "http://127.0.0.1:9/x" })}.${body}.${signature}`,
  };
  const bodies = new Map<string, string>();
  // Ten failures a minute are the limit of one console, so each half has its own.
  for (const [what, token] of Object.entries(bad).slice(0, 9)) {
    const answer = await postToken(app, token);
    expect({ what, status: answer.status }).toEqual({ what, status: 401 });
    expect(answer.headers["set-cookie"]).toBeUndefined();
    bodies.set(what, answer.body);
  }
  await using second = await startTestConsole(inject("kubeconfig"));
  for (const token of [bad["jku"], "nothing", "null", "Bearer nothing"]) {
    expect((await postToken(second, token)).status).toBe(401);
  }
  for (const token of ["", "  ", "a b", "x".repeat(40_000), "a\r\nImpersonate-User: admin"]) {
    const answer = await postToken(second, token);
    expect(answer.status).toBe(401);
    expect(answer.body.length).toBeLessThan(300);
  }
  expect(bodies.get("another audience")).toContain("the API server does not know this token");
  expect(bodies.get("expired")).toContain("expired at");
  for (const text of [...bodies.values(), ...app.logged, ...second.logged]) {
    for (const token of Object.values(bad)) expect(text).not.toContain(token);
  }
});

test("the sign-in takes small JSON of a page of ours only, and few failures a minute", async () => {
  await using other = await startTestConsole(inject("kubeconfig"));
  const send = (headers: Record<string, string>, body = '{"token":"x"}', method = "POST") =>
    request(`${other.url}/sign-in/token`, { method, headers }, body);
  const json = { "content-type": "application/json" };
  expect((await send({ "content-type": "text/plain" })).status).toBe(415);
  expect((await send({ "content-type": "application/x-www-form-urlencoded" })).status).toBe(415);
  expect((await send({ ...json, origin: "https://evil.example" })).status).toBe(403);
  expect((await send({ ...json, "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await send(json, "{}")).status).toBe(400);
  expect((await send(json, "[]")).status).toBe(400);
  expect((await send(json, "{")).status).toBe(400);
  expect((await send(json, '{"token":{"__proto__":1}}')).status).toBe(400);
  expect((await send(json, `{"token":"${"x".repeat(100_000)}"}`)).status).toBe(413);
  expect((await send({}, "", "GET")).status).toBe(405);
  const statuses = [];
  for (let count = 0; count < 12; count++) statuses.push((await send(json)).status);
  expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
  const refused = await postToken(other, await mint());
  expect(refused.status).toBe(429);
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
});

test("an API server that does not answer signs nobody in, and says so", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "kyma-nowhere-")), "kubeconfig");
  const config = {
    "current-context": "c",
    contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
    clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:9" } }],
    users: [{ name: "u", user: {} }],
  };
  await writeFile(file, JSON.stringify(config));
  await using nowhere = await startTestConsole(file);
  const answer = await postToken(nowhere, "some-token");
  expect(answer.status).toBe(503);
  expect(answer.body).toContain("cannot be reached");
});

test("A1: every route answers strangers with one and the same 401, whatever they send", async () => {
  const name = app.cookie.split("=")[0] ?? "";
  const strangers: Record<string, string | string[]>[] = [
    {},
    { cookie: "" },
    { cookie: `${name}=` },
    { cookie: `${name}=null` },
    { cookie: `${name}=${"x".repeat(43)}` },
    { cookie: `${app.cookie}; ${app.cookie}` },
    { authorization: "Bearer nothing" },
    { authorization: "bearer null" },
    { authorization: "Bearer " },
    { authorization: ["Bearer a", "Bearer b"] },
    { authorization: `Bearer ${await mint()}` },
    { "x-remote-user": "admin", "impersonate-user": "admin", "x-forwarded-access-token": "x" },
  ];
  const guarded = app.routes.filter(({ access }) => access === "session");
  expect(guarded.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["/graphql", "/session", "/metrics"]),
  );
  const bodies = new Set<string>();
  for (const { path, methods } of guarded) {
    for (const method of methods) {
      for (const headers of strangers) {
        const options = { method, headers: { "content-type": "application/json", ...headers } };
        const answer = await app.request(
          path,
          options,
          method === "POST" ? JSON.stringify({ query: who }) : "",
        );
        expect({ path, method, headers, status: answer.status }).toMatchObject({ status: 401 });
        if (method !== "HEAD") bodies.add(answer.body);
      }
    }
  }
  expect([...bodies]).toEqual([expect.stringContaining("UNAUTHENTICATED")]);
  expect(app.routes.filter(({ access }) => access === "public").map(({ path }) => path)).toEqual([
    "/sign-in",
    "/sign-in/token",
  ]);
  for (const path of ["/healthz", "/readyz"]) expect((await app.request(path)).body).toBe("ok\n");
});

/** Status of a WebSocket handshake. */
function upgrade(path: string, headers: Record<string, string>): Promise<number> {
  const { hostname, port } = new URL(app.url);
  const fields = {
    Host: `${hostname}:${port}`,
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": createHash("md5").update("key").digest("base64"),
    "Sec-WebSocket-Protocol": "graphql-transport-ws",
    ...headers,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname, () =>
      socket.write(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`),
    );
    socket.once("data", (data) => {
      resolve(Number(data.toString().split(" ")[1]));
      socket.destroy();
    });
    socket.once("error", reject);
  });
}

test("A1, A10: every WebSocket route refuses strangers and foreign pages before the upgrade", async () => {
  expect(app.sockets.map(({ path }) => path)).toContain("/graphql");
  const evil = [
    "https://evil.example",
    "null",
    "https://console.example.evil.com",
    app.url.replace("127.0.0.1", "localhost"),
  ];
  for (const { path } of app.sockets) {
    for (const origin of evil) expect(await upgrade(path, { Origin: origin, Cookie: app.cookie })).toBe(403);
    expect(await upgrade(path, { Cookie: app.cookie })).toBe(403);
    expect(await upgrade(path, { Origin: app.url })).toBe(401);
    expect(await upgrade(path, { Origin: app.url, Authorization: "Bearer nothing" })).toBe(401);
  }
  expect(await upgrade("/nowhere", { Origin: app.url, Cookie: app.cookie })).toBe(404);
});

test("A8: a planted id is worth nothing, a used one is dead after signing out, in every tab", async () => {
  const token = await mint();
  const planted = `${app.cookie.split("=")[0] ?? ""}=${"p".repeat(43)}`;
  const answer = await postToken(app, token, { cookie: planted });
  const cookie = answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
  expect(answer.headers["set-cookie"]?.[0]).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(cookie).not.toBe(planted);
  expect((await app.request("/session", { headers: { cookie: planted } })).status).toBe(401);
  // Signing in over a session ends the one before.
  const again = await postToken(app, token, { cookie });
  expect((await app.request("/session", { headers: { cookie } })).status).toBe(401);
  const live = again.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
  const tabs = [app.socket({ cookie: live, lazy: false }), app.socket({ cookie: live, lazy: false })];
  const closed = tabs.map(
    (tab) =>
      new Promise<number>((resolve) =>
        tab.on("closed", (event) => resolve((event as { code: number }).code)),
      ),
  );
  await Promise.all(tabs.map((tab) => new Promise<void>((resolve) => tab.on("connected", () => resolve()))));
  await postGraphql(app.url, { query: "mutation { signOut }" }, { cookie: live });
  expect(await Promise.race([Promise.all(closed), delay(5000, "still open")])).toEqual([4401, 4401]);
  expect((await postGraphql(app.url, { query: who }, { cookie: live })).status).toBe(401);
  expect(await upgrade("/graphql", { Origin: app.url, Cookie: live })).toBe(401);
});

test("a token that the API server stops accepting ends the session", async () => {
  const account = { namespace, name: "leaver" };
  await createAccount(app.kube, account, []);
  const token = await mintToken(app.kube, account);
  const { cookie, graphql } = await signInAs(app, token);
  expect((await graphql(who)).status).toBe(200);
  await app.kube.delete(serviceAccounts, account);
  await expect
    .poll(
      async () => {
        await graphql(`{ objects(type: {version: "v1", plural: "configmaps"}, namespace: "${namespace}") }`);
        return (await app.request("/session", { headers: { cookie } })).status;
      },
      // The API server itself remembers for ten seconds that it knew the token.
      { timeout: 30_000, interval: 500 },
    )
    .toBe(401);
});

test("A12: no answer can be framed, those to nonsense neither", async () => {
  const answers = [
    await app.request("/"),
    await app.request("/sign-in?token=wrong"),
    await app.request("/sign-in/token", { method: "POST", headers: { "content-type": "text/plain" } }, "x"),
    await app.request("/nowhere/at/all"),
    await app.request("/assets/missing.js"),
    await app.request("//evil"),
    await app.request("/", { headers: { host: "evil.example" } }),
    await app.request("/graphql", { method: "DELETE" }),
  ];
  for (const { headers } of answers) {
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["x-frame-options"]).toBe("DENY");
  }
});
