import { errors } from "jose";

/** A token is refused; the message is the answer's text. */
export class TokenError extends Error {
  override name = "TokenError";
}

/** What the caller is told, in Istio's words. */
export function refusal(error: unknown): string {
  if (error instanceof TokenError) return error.message;
  if (error instanceof errors.JWTExpired) return "Jwt is expired";
  if (error instanceof errors.JWTClaimValidationFailed) return claimRefusal(error.claim, error.reason);
  if (error instanceof errors.JWKSNoMatchingKey) return "Jwks doesn't have key to match kid or alg from Jwt";
  if (error instanceof errors.JOSEAlgNotAllowed) return "Jwt header [alg] is not supported";
  return "Jwt verification fails";
}

function claimRefusal(claim: string, reason: string): string {
  if (claim === "aud") return "Audiences in Jwt are not allowed";
  if (claim === "nbf") return "Jwt not yet valid";
  if (reason === "missing") return `Jwt has no claim ${claim}`;
  return "Jwt verification fails";
}
