import { cleanSource, cleanType, subjectPrefix } from "@kyma/eventing/subjects.ts";
import type { WatchOptions } from "./resource.ts";

/** Whether an event under this subject can be of the type that is looked for; `*` at its end stands for anything. Pure. */
export function subjectMayHave(subject: string, { type, source }: WatchOptions): boolean {
  const rest = subject.slice(subjectPrefix.length + 1);
  const dot = rest.indexOf(".");
  // The source stands before the type, except for exact types.
  const bySource = source === undefined || rest.slice(0, dot) === cleanSource(source);
  if (type === undefined) return true;
  return (bySource && matches(rest.slice(dot + 1), type)) || matches(rest, type);
}

/** Whether an event is one of those that are looked for. Pure. */
export function isWanted(event: { type: string; source: string }, { type, source }: WatchOptions): boolean {
  if (source !== undefined && event.source !== source && cleanSource(event.source) !== source) return false;
  return type === undefined || matches(event.type, type) || matches(cleanType(event.type), type);
}

function matches(type: string, wanted: string): boolean {
  if (wanted.endsWith("*")) {
    const start = wanted.slice(0, -1);
    return type.startsWith(start) || type.startsWith(cleanType(start));
  }
  return type === wanted || type === cleanType(wanted);
}

/** Lets at most `perSecond` through, evenly refilled. */
export class RateLimit {
  readonly #perSecond: number;
  #tokens: number;
  #filledAt: number;

  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond;
    this.#tokens = perSecond;
    this.#filledAt = now;
  }

  take(now: number): boolean {
    const grown = (Math.max(0, now - this.#filledAt) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#perSecond, this.#tokens + grown);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
