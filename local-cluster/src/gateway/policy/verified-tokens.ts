import type { JWTPayload } from "jose";
import type { JwtRule } from "./request-authentications.ts";

interface Verified {
  rule: JwtRule;
  version: unknown;
  payload: JWTPayload;
}

const mostTokens = 2000;

/** Remembers tokens that were verified for a rule with a version of its keys, so that a token's signature is checked once, not per request. */
export class VerifiedTokens {
  readonly #tokens = new Map<string, Verified>();

  /** The payload, unless the keys or the rule changed since or the token has expired (without leeway: the full check decides then). */
  get(token: string, rule: JwtRule, version: unknown): JWTPayload | undefined {
    const known = this.#tokens.get(token);
    if (known?.rule !== rule || known.version !== version) return undefined;
    return (known.payload.exp ?? 0) > Date.now() / 1000 ? known.payload : undefined;
  }

  put(token: string, rule: JwtRule, version: unknown, payload: JWTPayload): void {
    if (this.#tokens.size >= mostTokens) this.#forgetOldest();
    this.#tokens.set(token, { rule, version, payload });
  }

  #forgetOldest(): void {
    const oldest = this.#tokens.keys().next();
    if (!oldest.done) this.#tokens.delete(oldest.value);
  }
}
