import { UnsupportedError } from "./fields.ts";

/** `*`, `*.domain` or an exact name, in lower case. */
export type HostPattern = string;

const patternForm = /^(?:\*|(?:\*\.)?[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)$/;

export function hostPattern(text: string, where: string): HostPattern {
  const lower = text.toLowerCase();
  if (!patternForm.test(lower)) throw new UnsupportedError(`${where} "${text}" is not a host name`);
  return lower;
}

/** Whether every host that `inner` matches is matched by `outer`. */
export function covers(outer: HostPattern, inner: HostPattern): boolean {
  if (outer === "*" || outer === inner) return true;
  return outer.startsWith("*.") && inner.endsWith(outer.slice(1)) && inner.length > outer.length - 1;
}

/** The more specific one of two patterns when one covers the other. */
export function intersection(a: HostPattern, b: HostPattern): HostPattern | undefined {
  if (covers(a, b)) return b;
  return covers(b, a) ? a : undefined;
}

/** Looks hosts up as Envoy does: exact name, then the longest wildcard, then `*`. */
export class HostTable<T> {
  readonly #exact = new Map<string, T>();
  readonly #wildcards = new Map<string, T>();
  #any: T | undefined;

  get(pattern: HostPattern): T | undefined {
    if (pattern === "*") return this.#any;
    return pattern.startsWith("*") ? this.#wildcards.get(pattern.slice(1)) : this.#exact.get(pattern);
  }

  set(pattern: HostPattern, value: T): void {
    if (pattern === "*") this.#any = value;
    else if (pattern.startsWith("*")) this.#wildcards.set(pattern.slice(1), value);
    else this.#exact.set(pattern, value);
  }

  match(host: string): T | undefined {
    const exact = this.#exact.get(host);
    if (exact !== undefined) return exact;
    if (this.#wildcards.size > 0) {
      for (let dot = host.indexOf("."); dot >= 0; dot = host.indexOf(".", dot + 1)) {
        const value = dot > 0 ? this.#wildcards.get(host.slice(dot)) : undefined;
        if (value !== undefined) return value;
      }
    }
    return this.#any;
  }
}
