import type { NamedKey } from "./resource.ts";

/** The Subscription that a subject `<start><namespace>.<name>` names; undefined for another subject. `start` ends with a dot. Pure. */
export function subscriptionOf(subject: string, start: string): NamedKey | undefined {
  const dot = subject.indexOf(".", start.length);
  if (!subject.startsWith(start) || dot <= start.length || dot === subject.length - 1) return undefined;
  return { namespace: subject.slice(start.length, dot), name: subject.slice(dot + 1) };
}
