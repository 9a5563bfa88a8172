import { createLocalJWKSet, type JSONWebKeySet, type JWK } from "jose";

/** Public keys of one issuer. */
export type StaticKeys = ReturnType<typeof createLocalJWKSet>;

const mostKeys = 100;
const publicKinds = new Set(["RSA", "EC", "OKP"]);

/** The asymmetric signing keys of a JWKS document; undefined when it is none or holds none. Symmetric and private parts are never taken in. */
export function parseKeys(document: string): StaticKeys | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(document);
  } catch {
    return undefined;
  }
  const listed: unknown = (parsed as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(listed) || listed.length > mostKeys) return undefined;
  const keys = listed.filter(isPublicKey).map(publicPart);
  return keys.length === 0 ? undefined : createLocalJWKSet({ keys } satisfies JSONWebKeySet);
}

function isPublicKey(key: unknown): key is JWK & { kty: string } {
  return typeof key === "object" && key !== null && publicKinds.has(String((key as JWK).kty));
}

function publicPart(key: JWK & { kty: string }): JWK & { kty: string } {
  const kept: Record<string, unknown> = {};
  for (const name of ["kty", "kid", "use", "alg", "key_ops", "n", "e", "crv", "x", "y"] as const) {
    if (key[name] !== undefined) kept[name] = key[name];
  }
  return kept as JWK & { kty: string };
}
