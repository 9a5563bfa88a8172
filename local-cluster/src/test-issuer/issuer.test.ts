import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestIssuer, tokenRequest } from "./issuer.ts";

const issuer = "http://test-issuer.kyma-system.svc.cluster.local";
let server: Server;
let base: string;

beforeAll(async () => {
  server = await createTestIssuer(issuer);
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const ask = (body: string, method = "POST") =>
  fetch(`${base}/token`, { method, ...(method === "POST" && { body }) });

test("a token verifies against the published keys and carries what was asked for", async () => {
  const response = await ask(
    JSON.stringify({ scopes: ["read", "write"], audiences: ["shop"], subject: "ann", expiresInSeconds: 60 }),
  );
  expect(response.status).toBe(200);
  const { token, expiresAt } = (await response.json()) as { token: string; expiresAt: string };
  const keys = (await (await fetch(`${base}/.well-known/jwks.json`)).json()) as JSONWebKeySet;
  const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(keys), {
    issuer,
    audience: "shop",
  });
  expect(payload).toMatchObject({
    sub: "ann",
    scope: "read write",
    scopes: ["read", "write"],
    scp: ["read", "write"],
  });
  expect(protectedHeader.kid).toBe(keys.keys[0]?.kid);
  expect(new Date(expiresAt).getTime()).toBe((payload.exp ?? 0) * 1000);
  expect(Object.keys(keys.keys[0] ?? {}), "nothing private").not.toContain("d");
});

test("the metadata names the keys and says what this is", async () => {
  const metadata: unknown = await (await fetch(`${base}/.well-known/openid-configuration`)).json();
  expect(metadata).toMatchObject({
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    kyma_notice: "for tests on a local cluster only",
  });
  expect((await fetch(`${base}/healthz`)).status).toBe(200);
  expect((await fetch(`${base}/nothing`)).status).toBe(404);
  expect((await ask("", "GET")).status).toBe(405);
});

test.each([
  ["no json", "is not JSON"],
  ["[]", "is not a JSON object"],
  ['{"scopes":"read"}', "scopes must be a list"],
  ['{"audiences":[1]}', "audiences must be a list"],
  ['{"subject":""}', "subject must be"],
  ['{"expiresInSeconds":"1h"}', "expiresInSeconds must be"],
  ['{"expiresInSeconds":1e9}', "expiresInSeconds must be"],
  [`{"subject":"${"x".repeat(20_000)}"}`, "larger than"],
])("%s is refused with a sentence", async (body, reason) => {
  const response = await ask(body);
  expect(response.status).toBe(400);
  expect(((await response.json()) as { error: string }).error).toContain(reason);
});

test("nothing asked for gives a plain token; an expired one can be asked for", () => {
  expect(tokenRequest("")).toEqual({
    scopes: [],
    audiences: [],
    subject: "test-user",
    expiresInSeconds: 3600,
  });
  expect(tokenRequest('{"expiresInSeconds":-61}').expiresInSeconds).toBe(-61);
});
