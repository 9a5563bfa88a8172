import { vi } from "vitest";
import { ingressGatewayPrincipal } from "../config/workloads.ts";
import { istio, objectsOf, to, virtualService, workload } from "./objects.ts";
import { rawGet, type RawAnswer } from "./raw-request.ts";
import { startTableGateway, type TableGateway } from "./table-gateway.ts";
import { issuer, signed, testKeys, type TestKeys } from "./tokens.ts";
import { startUpstream, type Upstream } from "./upstream.ts";

export const jwksUri = "https://issuer.example.com/jwks.json";
export const now = (): number => Math.floor(Date.now() / 1000);

/** A gateway in front of one guarded workload, and the keys of its issuer. */
export interface JwtGateway {
  gateway: TableGateway;
  upstream: Upstream;
  fetchKeys: ReturnType<typeof vi.fn<(uri: string) => Promise<string>>>;
  rsa: TestKeys;
  ec: TestKeys;
  /** Same key id as `rsa`, another key. */
  foreign: TestKeys;
  valid: string;
  /** What the APIRule controller writes for a jwt rule: a RequestAuthentication and an ALLOW policy on the issuer's principals. */
  guard(authentication: object, when?: unknown[]): void;
  get(token: string | undefined, path?: string, more?: string, host?: string): Promise<RawAnswer>;
  close(): Promise<void>;
}

export async function startJwtGateway(): Promise<JwtGateway> {
  const [rsa, ec, foreign] = await Promise.all([
    testKeys("RS256", "rsa"),
    testKeys("ES256", "ec"),
    testKeys("RS256", "rsa"),
  ]);
  const fetchKeys = vi.fn<(uri: string) => Promise<string>>(() =>
    Promise.resolve(JSON.stringify({ keys: [rsa.jwk, ec.jwk] })),
  );
  const gateway = await startTableGateway((uri) => fetchKeys(uri));
  const upstream = await startUpstream("orders");
  const guard: JwtGateway["guard"] = (authentication, when) =>
    gateway.use(guarded(upstream, authentication, when));
  const get: JwtGateway["get"] = (token, path = "/", more = "", host = "jwt.localhost") =>
    rawGet(
      gateway.edgePort,
      path,
      host,
      `${token === undefined ? "" : `Authorization: Bearer ${token}\r\n`}${more}`,
    );
  const close = async () => {
    await Promise.all([gateway.close(), upstream.close()]);
  };
  const valid = await signed(rsa.privateKey, { kid: "rsa" });
  return { gateway, upstream, fetchKeys, rsa, ec, foreign, valid, guard, get, close };
}

function guarded(upstream: Upstream, authentication: object, when: unknown[] | undefined) {
  const selector = { matchLabels: { app: "orders" } };
  const source = { principals: [ingressGatewayPrincipal], requestPrincipals: [`${issuer}/*`] };
  const operation = { hosts: ["jwt.localhost"], methods: ["GET"], paths: ["/{**}"] };
  const rule = { from: [{ source }], to: [{ operation }], ...(when && { when }) };
  return objectsOf(
    [
      virtualService("vs", ["jwt.localhost", "open.localhost"], [{ route: [to("orders")] }]),
      istio("RequestAuthentication", "jwt", { selector, ...authentication }),
      istio("AuthorizationPolicy", "jwt", { selector, rules: [rule] }),
    ],
    [workload("orders", [upstream.address], upstream.port)],
  );
}
