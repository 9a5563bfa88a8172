import { RE2JS } from "re2js";
import { fieldsOf, refuseOthers, textOf, UnsupportedError } from "./fields.ts";

export type StringMatch = (value: string) => boolean;
export interface StringMatchOptions {
  ignoreCase?: boolean;
  /** Brings the exact or prefix value into the canonical form of what it is compared with. */
  canonical?: (value: string) => string;
}

const longestPattern = 4096;

/** What an expression said of a text is remembered for this many texts, for the same paths come again and again. */
const rememberedTexts = 64;
const longestRemembered = 256;

/** An expression with RE2's semantics (linear time) that must match the whole value. */
export function fullMatch(pattern: string, where: string): StringMatch {
  if (pattern.length > longestPattern)
    throw new UnsupportedError(`${where} is longer than ${longestPattern} characters`);
  const compiled = compileRegex(pattern, where);
  const remembered = new Map<string, boolean>();
  return (value) => {
    const known = remembered.get(value);
    if (known !== undefined) return known;
    const matches = compiled.matches(value);
    if (value.length > longestRemembered) return matches;
    if (remembered.size >= rememberedTexts) remembered.clear();
    remembered.set(value, matches);
    return matches;
  };
}

export function compileRegex(pattern: string, where: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch {
    throw new UnsupportedError(`${where} is not a valid regular expression`);
  }
}

/** Istio's StringMatch: one of exact, prefix, regex. Empty means that the value is only present. */
export function compileStringMatch(
  value: unknown,
  where: string,
  options: StringMatchOptions = {},
): StringMatch {
  const fields = fieldsOf(value, where);
  refuseOthers(fields, ["exact", "prefix", "regex"], where);
  const canonical = options.canonical ?? ((text) => text);
  const fold = options.ignoreCase ? (text: string) => text.toLowerCase() : (text: string) => text;
  const exact = textOf(fields["exact"], `${where}.exact`);
  if (exact !== undefined) return equals(fold(canonical(exact)), options.ignoreCase);
  const prefix = textOf(fields["prefix"], `${where}.prefix`);
  if (prefix !== undefined) return startsWith(fold(canonical(prefix)), options.ignoreCase);
  const regex = textOf(fields["regex"], `${where}.regex`);
  if (regex !== undefined) return fullMatch(regex, `${where}.regex`);
  return () => true;
}

function equals(wanted: string, ignoreCase = false): StringMatch {
  return ignoreCase ? (value) => value.toLowerCase() === wanted : (value) => value === wanted;
}

function startsWith(wanted: string, ignoreCase = false): StringMatch {
  return ignoreCase ? (value) => value.toLowerCase().startsWith(wanted) : (value) => value.startsWith(wanted);
}

/**
 * A value of a policy: `*` any non-empty value, `*end`, `start*`, else equal. A star elsewhere is an ordinary character, and so is a dot.
 */
export function compilePolicyValue(value: string): StringMatch {
  if (value === "*") return (actual) => actual !== "";
  if (value.startsWith("*")) return endsWith(value.slice(1));
  if (value.endsWith("*")) return startsWith(value.slice(0, -1));
  return equals(value);
}

function endsWith(wanted: string): StringMatch {
  return (value) => value.endsWith(wanted);
}
