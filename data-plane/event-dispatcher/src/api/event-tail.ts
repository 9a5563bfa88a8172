import {
  cleanLegacyType,
  cleanSource,
  cleanType,
  isLegacyType,
  subjectPrefix,
} from "@kyma/eventing/subjects.ts";
import type { WatchOptions } from "./resource.ts";

/** Which events a tail is about. */
export interface EventFilter {
  /** Whether an event under this subject can be wanted. `isRenamed`: the subject does not tell the source (see ObservedType). Pure. */
  mayHave(subject: string, isRenamed?: boolean): boolean;
  /** Whether an event is wanted: by what its publisher wrote, or by what became of it in the subject. Pure. */
  isWanted(event: { type: string; source: string }): boolean;
}

/** In what is looked for, each `*` stands for any characters, dots too. Pure. */
export function eventFilter({ type, source }: WatchOptions): EventFilter {
  const types = type === undefined ? undefined : [type, cleanedPattern(type, cleanType)];
  const sources = source === undefined ? undefined : [source, cleanedPattern(source, cleanSource)];
  const letters = types?.map((pattern) => cleanedPattern(pattern, lettersOf));
  return {
    mayHave(subject, isRenamed = false) {
      const rest = subject.slice(subjectPrefix.length + 1);
      const dot = rest.indexOf(".");
      const below = rest.slice(dot + 1);
      // Types of the older naming stand there without a source, and lose dots within.
      if (isLegacyType(rest)) return isAny([rest, below].map(lettersOf), letters);
      return (isRenamed || isAny([rest.slice(0, dot)], sources)) && isAny([below], types);
    },
    isWanted: (event) =>
      isAny([event.source, cleanSource(event.source)], sources) && isAny(namesOfType(event.type), types),
  };
}

/** Whether the subject of an event has its source under another name, as those of some Applications. Pure. */
export function isRenamed(subject: string, source: string): boolean {
  const rest = subject.slice(subjectPrefix.length + 1);
  return !isLegacyType(rest) && !rest.startsWith(`${cleanSource(source)}.`);
}

function namesOfType(type: string): string[] {
  const legacy = isLegacyType(type) ? cleanLegacyType(type) : undefined;
  return [type, cleanType(type), ...(legacy === undefined ? [] : [legacy])];
}

function isAny(texts: readonly string[], patterns: readonly string[] | undefined): boolean {
  return patterns?.some((pattern) => texts.some((text) => matchesPattern(text, pattern))) ?? true;
}

function cleanedPattern(pattern: string, clean: (text: string) => string): string {
  return pattern.split("*").map(clean).join("*");
}

function lettersOf(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, "");
}

/** Each part between two `*` is looked for once, behind the one before: nothing is tried a second time. Pure. */
export function matchesPattern(text: string, pattern: string): boolean {
  const [first = "", ...parts] = pattern.split("*");
  const last = parts.pop();
  if (last === undefined) return text === first;
  const end = text.length - last.length;
  let at = first.length;
  if (at > end || !text.startsWith(first) || !text.endsWith(last)) return false;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
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
