import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from "jose";

export const issuer = "https://issuer.example.com";

export interface TestKeys {
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  jwk: JWK;
  pem: string;
}

export async function testKeys(alg: string, kid: string): Promise<TestKeys> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return {
    privateKey,
    publicKey,
    jwk: { ...(await exportJWK(publicKey)), kid },
    pem: await exportSPKI(publicKey),
  };
}

/** A token of the issuer for "ann" that is valid for five minutes, unless the claims say otherwise (undefined drops one). */
export function signed(
  key: CryptoKey,
  header: Record<string, unknown>,
  claims: Record<string, unknown> = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const all = { iss: issuer, sub: "ann", exp: now + 300, ...claims };
  const payload = Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined),
  ) as JWTPayload;
  return new SignJWT(payload).setProtectedHeader({ alg: "RS256", ...header }).sign(key);
}

/** A token put together by hand. */
export function unsigned(header: unknown, payload: unknown, signature = ""): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part(header)}.${part(payload)}.${signature}`;
}
