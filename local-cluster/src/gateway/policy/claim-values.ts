import type { TokenIdentity } from "./policy-request.ts";

/** The texts of a claim, nested by path: a string, the strings of a list, or the words of a space-separated claim. */
export function claimValues(token: TokenIdentity | undefined, path: readonly string[]): string[] {
  let value: unknown = token?.claims;
  for (const key of path) {
    if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, key))
      return [];
    value = (value as Record<string, unknown>)[key];
  }
  if (typeof value === "string") {
    const split = path.length === 1 && token?.spaceDelimited.has(path[0] as string);
    return split ? value.split(" ").filter((word) => word !== "") : [value];
  }
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

export function principalOf(claims: Readonly<Record<string, unknown>>): string | undefined {
  const { iss, sub } = claims;
  return typeof iss === "string" && iss && typeof sub === "string" && sub ? `${iss}/${sub}` : undefined;
}
