import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { jwksUri, now, startJwtGateway, type JwtGateway } from "../testing/jwt-gateway.ts";
import { rawGet } from "../testing/raw-request.ts";
import { listen } from "../testing/table-gateway.ts";
import { issuer, signed, unsigned } from "../testing/tokens.ts";

let jwt: JwtGateway;

beforeAll(async () => {
  jwt = await startJwtGateway();
});
afterAll(() => jwt.close());
beforeEach(() => {
  jwt.upstream.seen.length = 0;
  jwt.guard({ jwtRules: [{ issuer, jwksUri, forwardOriginalToken: true }] });
});

test("a valid token passes and is sent on when asked for", async () => {
  expect((await jwt.get(jwt.valid)).status).toBe(200);
  expect(jwt.upstream.seen.at(-1)?.headers.authorization).toBe(`Bearer ${jwt.valid}`);
  expect((await jwt.get(await signed(jwt.ec.privateKey, { kid: "ec", alg: "ES256" }))).status).toBe(200);
  expect(
    (await jwt.get(await signed(jwt.rsa.privateKey, {}))).status,
    "without key id any fitting key will do",
  ).toBe(200);
});

test("without a token the policy refuses", async () => {
  const { status, text } = await jwt.get(undefined);
  expect(status).toBe(403);
  expect(text).toContain("RBAC: access denied");
  expect(
    (await rawGet(jwt.gateway.edgePort, "/", "jwt.localhost", "Authorization: Basic YTpi\r\n")).status,
  ).toBe(403);
  expect(
    (await rawGet(jwt.gateway.edgePort, "/", "jwt.localhost", `authorization: bearer ${jwt.valid}\r\n`))
      .status,
  ).toBe(403);
  expect(jwt.upstream.seen).toHaveLength(0);
});

test.each<[string, () => Promise<string> | string, string]>([
  ["A1: nothing", () => "nothing", "Jwt is not in the form"],
  ["A1: null", () => "null", "Jwt is not in the form"],
  [
    "A2: another issuer",
    () => signed(jwt.rsa.privateKey, { kid: "rsa" }, { iss: "https://evil" }),
    "Jwt issuer is not configured",
  ],
  [
    "A2: no issuer",
    () => signed(jwt.rsa.privateKey, { kid: "rsa" }, { iss: undefined }),
    "Jwt issuer is not configured",
  ],
  [
    "A2: expired 61 s ago",
    () => signed(jwt.rsa.privateKey, { kid: "rsa" }, { exp: now() - 61 }),
    "Jwt is expired",
  ],
  [
    "A2: not valid yet",
    () => signed(jwt.rsa.privateKey, { kid: "rsa" }, { nbf: now() + 60 }),
    "Jwt not yet valid",
  ],
  [
    "A2: no exp",
    () => signed(jwt.rsa.privateKey, { kid: "rsa" }, { exp: undefined }),
    "Jwt has no claim exp",
  ],
  [
    "A2: exp as text",
    () => unsigned({ alg: "RS256", kid: "rsa" }, { iss: issuer, exp: "never" }, "AAAA"),
    "Jwt verification fails",
  ],
  [
    "A3: alg none",
    () => unsigned({ alg: "none" }, { iss: issuer, sub: "ann", exp: now() + 300 }),
    "Jwt is not in the form",
  ],
  [
    "A3: alg none with a signature",
    () => unsigned({ alg: "none" }, { iss: issuer, sub: "ann", exp: now() + 300 }, "AAAA"),
    "Jwt header [alg] is not supported",
  ],
  [
    "A3: alg None",
    () => unsigned({ alg: "None" }, { iss: issuer, exp: now() + 300 }, "AAAA"),
    "Jwt header [alg] is not supported",
  ],
  ["A3: HS256 with the public key", () => confused(jwt.rsa.pem), "Jwt header [alg] is not supported"],
  [
    "A3: HS256 with the public key and leading space",
    () => confused(` ${jwt.rsa.pem}`),
    "Jwt header [alg] is not supported",
  ],
  [
    "A3: own key in the header",
    () => signed(jwt.foreign.privateKey, { kid: "rsa", jwk: jwt.foreign.jwk }),
    "Jwt verification fails",
  ],
  ["foreign signature", () => signed(jwt.foreign.privateKey, { kid: "rsa" }), "Jwt verification fails"],
  [
    "changed payload",
    () =>
      jwt.valid.replace(
        /\.[^.]+\./,
        `.${Buffer.from(JSON.stringify({ iss: issuer, sub: "root", exp: now() + 300 })).toString("base64url")}.`,
      ),
    "Jwt verification fails",
  ],
  [
    "A4: kid is a path",
    () => signed(jwt.rsa.privateKey, { kid: "../../etc/passwd" }),
    "Jwks doesn't have key",
  ],
  ["A4: kid is SQL", () => signed(jwt.rsa.privateKey, { kid: "' OR 1=1 --" }), "Jwks doesn't have key"],
  [
    "A4: encrypted token",
    () => `${unsigned({ alg: "dir", enc: "A256GCM", zip: "DEF" }, {}, "AAAA")}.AAAA.AAAA`,
    "Jwt is not in the form",
  ],
  [
    "critical header",
    () =>
      signed(jwt.rsa.privateKey, { kid: "rsa" }).then(
        (token) =>
          `${Buffer.from(JSON.stringify({ alg: "RS256", kid: "rsa", crit: ["x"], x: 1 })).toString("base64url")}.${token.split(".").slice(1).join(".")}`,
      ),
    "Jwt verification fails",
  ],
])("%s: 401", async (_name, make, message) => {
  const { status, text } = await jwt.get(await make());
  expect(status).toBe(401);
  expect(text).toContain(message);
  expect(text).toContain('www-authenticate: Bearer realm="http://jwt.localhost/", error="invalid_token"');
  expect(jwt.upstream.seen).toHaveLength(0);
});

function confused(secret: string): string {
  const [head, payload] = unsigned(
    { alg: "HS256", kid: "rsa" },
    { iss: issuer, sub: "ann", exp: now() + 300 },
  ).split(".");
  return `${head}.${payload}.${createHmac("sha256", secret).update(`${head}.${payload}`).digest("base64url")}`;
}

test("A3: addresses in the header are never asked", async () => {
  let asked = 0;
  const attacker = createServer((_request, response) => {
    asked += 1;
    response.end("{}");
  });
  const port = await listen(attacker);
  const url = `http://127.0.0.1:${port}/keys`;
  expect(
    (await jwt.get(await signed(jwt.foreign.privateKey, { kid: "rsa", jku: url, x5u: url }))).status,
  ).toBe(401);
  expect(asked).toBe(0);
  attacker.close();
});

test("A4: huge tokens and key ids are refused before anything is done with them", async () => {
  expect((await jwt.get("a".repeat(1_000_000))).status).toBe(431);
  expect((await jwt.get(await signed(jwt.rsa.privateKey, { kid: "k".repeat(100_000) }))).status).toBe(431);
});

test("A6: unknown key ids do not cause fetches one by one", async () => {
  await jwt.get(jwt.valid);
  const before = jwt.fetchKeys.mock.calls.length;
  const tokens = await Promise.all(
    Array.from({ length: 100 }, (_, index) => signed(jwt.rsa.privateKey, { kid: `k${index}` })),
  );
  const answers = await Promise.all(tokens.map((token) => jwt.get(token)));
  expect(answers.every(({ status }) => status === 401)).toBe(true);
  expect(jwt.fetchKeys.mock.calls.length - before).toBe(0);
});

test("two Authorization headers, or tokens in two places, are refused", async () => {
  expect((await jwt.get(jwt.valid, "/", `Authorization: Bearer ${jwt.valid}\r\n`)).status).toBe(401);
  const other = await signed(jwt.rsa.privateKey, { kid: "rsa" }, { sub: "bob" });
  expect((await jwt.get(jwt.valid, `/?access_token=${other}`)).status).toBe(401);
});

test("a token that was verified once is refused once it has expired", async () => {
  const short = await signed(jwt.rsa.privateKey, { kid: "rsa" }, { exp: now() + 2 });
  expect((await jwt.get(short)).status).toBe(200);
  expect((await jwt.get(short)).status).toBe(200);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 40_000 });
  try {
    expect((await jwt.get(short)).status).toBe(401);
  } finally {
    vi.useRealTimers();
  }
});

test.each<[string, object, number]>([
  ["no keys at all", { jwtRules: [{ issuer }] }, 401],
  ["inline keys that are none", { jwtRules: [{ issuer, jwks: "{}" }] }, 401],
  [
    "a private key set is taken as public",
    { jwtRules: [{ issuer, jwks: '{"keys":[{"kty":"oct","k":"AAAA"}]}' }] },
    401,
  ],
  ["an unknown field of the rule", { jwtRules: [{ issuer, jwksUri, remoteFetch: true }] }, 401],
  ["an unknown field", { jwtRules: [{ issuer, jwksUri }], targetRefs: [] }, 401],
  ["no issuer", { jwtRules: [{ jwksUri }] }, 401],
])("a RequestAuthentication with %s is never open", async (_name, authentication, status) => {
  jwt.guard(authentication);
  expect((await jwt.get(jwt.valid)).status).toBe(status);
  expect([401, 403]).toContain((await jwt.get(undefined)).status);
});

test("when keys cannot be had tokens are refused", async () => {
  jwt.guard({ jwtRules: [{ issuer, jwksUri: "https://down.example.com/jwks" }] });
  jwt.fetchKeys.mockImplementation((uri) =>
    uri.includes("down")
      ? Promise.reject(new Error("down"))
      : Promise.resolve(JSON.stringify({ keys: [jwt.rsa.jwk, jwt.ec.jwk] })),
  );
  const { status, text } = await jwt.get(jwt.valid);
  expect(status).toBe(401);
  expect(text).toContain("Jwks remote fetch is failed");
  expect(jwt.gateway.errors).toEqual([]);
});
