import { errors, jwtVerify, type JWTPayload } from "jose";
import { withoutHeaders } from "../proxy/headers.ts";
import { principalOf } from "./claim-values.ts";
import type { StaticKeys } from "./key-documents.ts";
import type { KeySets } from "./key-sets.ts";
import type { TokenIdentity } from "./policy-request.ts";
import type { AuthenticationSet, JwtRule } from "./request-authentications.ts";
import type { TokenCarrier, TokenLocation } from "./token-locations.ts";
import { refusal, TokenError } from "./token-errors.ts";
import { VerifiedTokens } from "./verified-tokens.ts";

export interface Authenticated extends TokenCarrier {
  token: TokenIdentity | undefined;
}

/** A refusal (401) carries the sentence that Istio answers with. */
export type Authentication = Authenticated | { refused: string };

const algorithms = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "EdDSA"];
const leewaySeconds = 30;
const longestToken = 16 * 1024;
const compactForm = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Verifies the tokens of requests against RequestAuthentications. */
export class Authenticator {
  readonly #keySets: KeySets;
  readonly #verified = new VerifiedTokens();

  constructor(keySets: KeySets) {
    this.#keySets = keySets;
  }

  /** No token passes without identity; a token that is there must be valid for one of the rules. Synchronous unless a token must be verified. */
  authenticate(set: AuthenticationSet, request: TokenCarrier): Authentication | Promise<Authentication> {
    if (set.refusesAll) return { refused: "Jwt authentication is not usable" };
    const clean = withoutOutputs(request, set.outputs);
    const found = findTokens(set.rules, clean);
    if (found.size === 0) return { ...clean, token: undefined };
    if (found.size > 1) return { refused: "Jwt is present in more than one place" };
    const [[token, uses]] = [...found] as [[string, TokenUse[]]];
    return this.#verify(token, uses, clean);
  }

  async #verify(token: string, uses: TokenUse[], request: TokenCarrier): Promise<Authentication> {
    try {
      const issuer = unverifiedIssuer(token);
      const candidates = uses.filter((use) => use.rule.issuer === issuer);
      if (candidates.length === 0) throw new TokenError("Jwt issuer is not configured");
      let failure: unknown;
      for (const { rule, location } of candidates) {
        try {
          return accepted(rule, location, await this.#payload(token, rule), token, request);
        } catch (error) {
          failure = error;
        }
      }
      throw failure;
    } catch (error) {
      return { refused: refusal(error) };
    }
  }

  async #payload(token: string, rule: JwtRule): Promise<JWTPayload> {
    if (rule.keys.kind === "none") throw new TokenError("Jwks remote fetch is failed");
    if (rule.keys.kind === "inline") return this.#checked(token, rule, rule.keys.keys, rule.keys.keys);
    const set = this.#keySets.get(rule.keys.uri);
    const current = set.usable() ?? (await set.ready());
    if (!current) throw new TokenError("Jwks remote fetch is failed");
    try {
      return await this.#checked(token, rule, current.keys, current.version);
    } catch (error) {
      const newer =
        error instanceof errors.JWKSNoMatchingKey ? await set.newerThan(current.version) : undefined;
      if (!newer) throw error;
      return this.#checked(token, rule, newer.keys, newer.version);
    }
  }

  async #checked(token: string, rule: JwtRule, keys: StaticKeys, version: unknown): Promise<JWTPayload> {
    const known = this.#verified.get(token, rule, version);
    if (known) return known;
    const payload = await verifyToken(token, rule, keys);
    this.#verified.put(token, rule, version, payload);
    return payload;
  }
}

interface TokenUse {
  rule: JwtRule;
  location: TokenLocation;
}

function findTokens(rules: readonly JwtRule[], request: TokenCarrier): Map<string, TokenUse[]> {
  const found = new Map<string, TokenUse[]>();
  for (const rule of rules) {
    for (const location of rule.locations) {
      const token = location.find(request);
      if (token === undefined) continue;
      const uses = found.get(token);
      if (uses) uses.push({ rule, location });
      else found.set(token, [{ rule, location }]);
    }
  }
  return found;
}

/** Headers that carry verified claims are never taken from the caller. */
function withoutOutputs(request: TokenCarrier, outputs: ReadonlySet<string>): TokenCarrier {
  return outputs.size === 0
    ? request
    : { ...request, headers: withoutHeaders(request.headers, (name) => outputs.has(name)) };
}

function unverifiedIssuer(token: string): string {
  if (token.length > longestToken) throw new TokenError("Jwt is too long");
  if (!compactForm.test(token)) {
    throw new TokenError("Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections");
  }
  try {
    const payload = JSON.parse(Buffer.from(token.split(".")[1] as string, "base64url").toString("utf8")) as {
      iss?: unknown;
    } | null;
    return typeof payload?.iss === "string" ? payload.iss : "";
  } catch {
    throw new TokenError("Jwt payload is an invalid JSON");
  }
}

async function verifyToken(token: string, rule: JwtRule, keys: StaticKeys): Promise<JWTPayload> {
  const options = {
    algorithms,
    issuer: rule.issuer,
    clockTolerance: leewaySeconds,
    requiredClaims: ["exp"],
    ...(rule.audiences.length > 0 && { audience: rule.audiences }),
  };
  try {
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    // A token without key id fits several keys: any of them may have signed it.
    for await (const key of error) {
      try {
        return (await jwtVerify(token, key, options)).payload;
      } catch (failure) {
        if (!(failure instanceof errors.JWSSignatureVerificationFailed)) throw failure;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

function accepted(
  rule: JwtRule,
  location: TokenLocation,
  claims: JWTPayload,
  token: string,
  request: TokenCarrier,
): Authenticated {
  const carrier = rule.forwardOriginalToken ? request : location.remove(request);
  const headers = [...carrier.headers];
  if (rule.payloadHeader) headers.push(rule.payloadHeader, token.split(".")[1] as string);
  for (const { header, claim } of rule.claimHeaders) {
    const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined;
    // Only printable ASCII: a claim must not be able to add lines or lie about its encoding.
    if (["string", "number", "boolean"].includes(typeof value) && /^[\x20-\x7e]*$/.test(String(value))) {
      headers.push(header, String(value));
    }
  }
  const identity = { principal: principalOf(claims), claims, spaceDelimited: rule.spaceDelimited };
  return { ...carrier, headers, token: identity };
}
