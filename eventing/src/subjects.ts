import { createHash } from "node:crypto";

/** Every event's subject begins so. */
export const subjectPrefix = "kyma";
/** Types that begin so follow the older naming: prefix, application, event name, version. */
export const legacyTypePrefix = "sap.kyma.custom";

export type TypeMatching = "standard" | "exact";

/** A type as it stands in a subject: without white space and the characters that mean something there. Pure. */
export function cleanType(type: string): string {
  return type.replace(/[\s>*/\\]/g, "");
}

/** A source as it stands in a subject: one token, so dots go too. Pure. */
export function cleanSource(source: string): string {
  return source.replace(/[\s.>*/\\]/g, "");
}

/**
 * A type of the older naming, cleaned: what stands between the prefix and the last three segments is one application name, and every
 * segment keeps its letters and digits only. Undefined when it has fewer than four segments behind the prefix, or an empty one. Pure.
 */
export function cleanLegacyType(type: string): string | undefined {
  const segments = type.slice(legacyTypePrefix.length + 1).split(".");
  if (segments.length < 4) return undefined;
  const alphanumeric = (text: string): string => text.replace(/[^A-Za-z0-9]/g, "");
  const [application = "", ...rest] = segments;
  const middle = rest.slice(0, -2).map(alphanumeric).join("");
  const cleaned = [alphanumeric(application), middle, ...rest.slice(-2).map(alphanumeric)];
  return cleaned.includes("") ? undefined : [legacyTypePrefix, ...cleaned].join(".");
}

export function isLegacyType(type: string): boolean {
  return type.startsWith(`${legacyTypePrefix}.`);
}

/** The type as the consumer of a Subscription matches it. Pure. */
export function matchedType(type: string, matching: TypeMatching): string {
  return matching === "exact" ? type : cleanType(type);
}

/** Where events of a type are. An exact type stands for itself, whatever its source. Pure. */
export function subjectOf(source: string, type: string, matching: TypeMatching): string {
  return matching === "exact"
    ? `${subjectPrefix}.${type}`
    : `${subjectPrefix}.${cleanSource(source)}.${cleanType(type)}`;
}

/** Whether a subject can be published to and read by name: no empty token, no wildcard, nothing that ends a protocol line. Pure. */
export function isUsableSubject(subject: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return !/[\s*>\u0000-\u001f\u007f]/.test(subject) && !subject.split(".").includes("");
}

/** The durable consumer of one type of a Subscription: the first 32 hex digits of a SHA-256. Pure. */
export function consumerName(key: { namespace: string; name: string }, subject: string): string {
  return createHash("sha256").update(consumerDescription(key, subject)).digest("hex").slice(0, 32);
}

/** Says in the consumer's own description what it is for. Pure. */
export function consumerDescription(key: { namespace: string; name: string }, subject: string): string {
  return `${key.namespace}/${key.name}/${subject}`;
}
