import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ingressGatewayPrincipal } from "../config/workloads.ts";
import { jwksUri, startJwtGateway, type JwtGateway } from "../testing/jwt-gateway.ts";
import { istio, objectsOf, to, virtualService, workload } from "../testing/objects.ts";
import { issuer, signed } from "../testing/tokens.ts";

let jwt: JwtGateway;

beforeAll(async () => {
  jwt = await startJwtGateway();
});
afterAll(() => jwt.close());
beforeEach(() => {
  jwt.upstream.seen.length = 0;
  jwt.guard({ jwtRules: [{ issuer, jwksUri, forwardOriginalToken: true }] });
});

test("audiences of the rule", async () => {
  jwt.guard({ jwtRules: [{ issuer, jwksUri, audiences: ["shop", "bar"] }] });
  expect(
    (await jwt.get(await signed(jwt.rsa.privateKey, { kid: "rsa" }, { aud: ["x", "bar"] }))).status,
  ).toBe(200);
  expect((await jwt.get(await signed(jwt.rsa.privateKey, { kid: "rsa" }, { aud: "other" }))).text).toContain(
    "Audiences in Jwt are not allowed",
  );
  expect((await jwt.get(jwt.valid)).status).toBe(401);
});

test("tokens from headers, parameters and cookies; taken out unless they are to be forwarded", async () => {
  jwt.guard({ jwtRules: [{ issuer, jwksUri, fromHeaders: [{ name: "X-Token", prefix: "JWT " }] }] });
  expect((await jwt.get(jwt.valid)).status, "only the named place counts").toBe(403);
  expect((await jwt.get(undefined, "/", `x-token: JWT ${jwt.valid}\r\n`)).status).toBe(200);
  expect(jwt.upstream.seen.at(-1)?.headers).not.toHaveProperty("x-token");
  jwt.guard({ jwtRules: [{ issuer, jwksUri, fromParams: ["t"] }] });
  expect((await jwt.get(undefined, `/p?a=1&t=${jwt.valid}&b=%20`)).status).toBe(200);
  expect(jwt.upstream.seen.at(-1)?.url).toBe("/p?a=1&b=%20");
  expect((await jwt.get(undefined, `/p?t=${jwt.valid}&t=${jwt.valid}`)).status).toBe(401);
  jwt.guard({ jwtRules: [{ issuer, jwksUri, fromCookies: ["session"] }] });
  expect((await jwt.get(undefined, "/", `Cookie: a=1; session=${jwt.valid}; b=2\r\n`)).status).toBe(200);
  expect(jwt.upstream.seen.at(-1)?.headers.cookie).toBe("a=1; b=2");
  jwt.guard({ jwtRules: [{ issuer, jwksUri }] });
  expect((await jwt.get(undefined, `/?access_token=${jwt.valid}`)).status).toBe(200);
  expect(jwt.upstream.seen.at(-1)?.url).toBe("/");
  expect((await jwt.get(jwt.valid)).status).toBe(200);
  expect(jwt.upstream.seen.at(-1)?.headers).not.toHaveProperty("authorization");
});

test("claims go on in headers that nobody can forge", async () => {
  jwt.guard({
    jwtRules: [
      {
        issuer,
        jwksUri,
        outputPayloadToHeader: "X-Payload",
        outputClaimToHeaders: [{ header: "X-Sub", claim: "sub" }],
      },
    ],
  });
  await jwt.get(jwt.valid, "/", "X-Payload: forged\r\nX-Sub: root\r\n");
  expect(jwt.upstream.seen.at(-1)?.headers).toMatchObject({
    "x-payload": jwt.valid.split(".")[1],
    "x-sub": "ann",
  });
});

test("scopes as the APIRule controller asks for them", async () => {
  jwt.guard({ jwtRules: [{ issuer, jwksUri }] }, [
    { key: "request.auth.claims[scope]", values: ["read"] },
    { key: "request.auth.claims[scope]", values: ["write"] },
  ]);
  expect(
    (await jwt.get(await signed(jwt.rsa.privateKey, { kid: "rsa" }, { scope: "read write" }))).status,
  ).toBe(200);
  expect((await jwt.get(await signed(jwt.rsa.privateKey, { kid: "rsa" }, { scope: "read" }))).status).toBe(
    403,
  );
});

test("A29: two APIRules on one Service stay apart", async () => {
  const selector = { matchLabels: { app: "orders" } };
  const allow = (name: string, host: string, more: object) =>
    istio("AuthorizationPolicy", name, {
      selector,
      rules: [
        {
          from: [{ source: { principals: [ingressGatewayPrincipal], ...more } }],
          to: [{ operation: { hosts: [host], paths: ["/{**}"] } }],
        },
      ],
    });
  jwt.gateway.use(
    objectsOf(
      [
        virtualService("open", ["open.localhost"], [{ route: [to("orders")] }]),
        virtualService("jwt", ["jwt.localhost"], [{ route: [to("orders")] }]),
        istio("RequestAuthentication", "jwt", { selector, jwtRules: [{ issuer, jwksUri }] }),
        allow("open", "open.localhost", {}),
        allow("jwt", "jwt.localhost", { requestPrincipals: [`${issuer}/*`] }),
      ],
      [workload("orders", [jwt.upstream.address], jwt.upstream.port)],
    ),
  );
  expect((await jwt.get(undefined, "/", "", "open.localhost")).status).toBe(200);
  expect((await jwt.get(undefined, "/", "", "jwt.localhost")).status).toBe(403);
  expect((await jwt.get("nothing", "/", "", "jwt.localhost")).status).toBe(401);
  expect((await jwt.get(jwt.valid, "/", "", "jwt.localhost")).status).toBe(200);
  expect(
    (await jwt.get(undefined, "/", "X-Forwarded-Host: open.localhost\r\n", "jwt.localhost")).status,
  ).toBe(403);
});
