/** What a request asks for, in the one form that routing and policy see and that is sent on. */
export interface Target {
  path: string;
  /** Starts with "?", or is empty. */
  query: string;
}

const plainPath =
  /^(?:\/(?:[A-Za-z0-9\-_~!$&'()*+,;=:@]|\.[A-Za-z0-9\-_~])[A-Za-z0-9\-._~!$&'()*+,;=:@]*)+\/?$/;
const unreserved = /[A-Za-z0-9\-._~]/;
const pathCharacter = /[A-Za-z0-9\-._~!$&'()*+,;=:@/]/;
const hexPair = /^[0-9A-Fa-f]{2}$/;
/** `/..;/` is a dot segment to servers that drop path parameters. */
const disguisedDots = /^\.{1,2};/;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The canonical form of a request target in origin form, or undefined when there is none that every server reads alike:
 * encoded slashes, backslashes, NUL and controls, double encoding, broken UTF-8, a path above the root.
 * Envoy's default lets %2F and %5C pass; refusing them is the safe choice, since upstreams differ on what they mean.
 */
export function canonicalTarget(target: string): Target | undefined {
  const hash = target.indexOf("#");
  const whole = hash < 0 ? target : target.slice(0, hash);
  const mark = whole.indexOf("?");
  const path = canonicalPath(mark < 0 ? whole : whole.slice(0, mark));
  if (path === undefined) return undefined;
  return { path, query: mark < 0 ? "" : whole.slice(mark) };
}

export function canonicalPath(raw: string): string | undefined {
  if (raw === "/" || plainPath.test(raw)) return raw;
  if (!raw.startsWith("/")) return undefined;
  const decoded = canonicalCharacters(raw);
  return decoded === undefined ? undefined : resolveSegments(decoded);
}

/** Percent-encoding in one form: unreserved characters plain, everything else encoded in capitals. Undefined when it must be refused. */
export function canonicalCharacters(raw: string): string | undefined {
  let result = "";
  let high: number[] = [];
  for (let at = 0; at < raw.length; at += 1) {
    const unit = raw[at] as string;
    const code = unit === "%" ? encodedByte(raw, at) : undefined;
    if (unit === "%" && code === undefined) return undefined;
    if (code !== undefined && code >= 0x80) {
      high.push(code);
      at += 2;
      continue;
    }
    if (!validUtf8(high)) return undefined;
    result += percentEncoded(high);
    high = [];
    const piece = code === undefined ? plainCharacter(unit) : decodedCharacter(code);
    if (piece === undefined) return undefined;
    result += piece;
    if (code !== undefined) at += 2;
  }
  return validUtf8(high) ? result + percentEncoded(high) : undefined;
}

function encodedByte(raw: string, at: number): number | undefined {
  const hex = raw.slice(at + 1, at + 3);
  if (!hexPair.test(hex)) return undefined;
  const code = Number.parseInt(hex, 16);
  // "%25" before two hex digits is double encoding: a second decoder behind us would see another path.
  return code === 0x25 && hexPair.test(raw.slice(at + 3, at + 5)) ? undefined : code;
}

function plainCharacter(unit: string): string | undefined {
  if (pathCharacter.test(unit)) return unit;
  const code = unit.charCodeAt(0);
  return unit === "\\" || code <= 0x20 || code >= 0x7f ? undefined : percentEncoded([code]);
}

function decodedCharacter(code: number): string | undefined {
  const character = String.fromCharCode(code);
  if (unreserved.test(character)) return character;
  return character === "/" || character === "\\" || code < 0x20 || code === 0x7f
    ? undefined
    : percentEncoded([code]);
}

function percentEncoded(bytes: number[]): string {
  return bytes.map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
}

function validUtf8(bytes: number[]): boolean {
  if (bytes.length === 0) return true;
  try {
    utf8.decode(Uint8Array.from(bytes));
    return true;
  } catch {
    return false;
  }
}

function resolveSegments(path: string): string | undefined {
  const segments = path.split("/").slice(1);
  const resolved: string[] = [];
  for (const [index, segment] of segments.entries()) {
    if (disguisedDots.test(segment)) return undefined;
    const last = index === segments.length - 1;
    if (segment === "..") {
      if (resolved.pop() === undefined) return undefined;
    } else if (segment !== "." && segment !== "") {
      resolved.push(last ? segment : `${segment}/`);
    }
  }
  return `/${resolved.join("")}`;
}

/**
 * A path as somebody wrote it in an object, in the form that requests have. What requests can never have stays as it is and so never matches.
 */
export function canonicalPattern(pattern: string): string {
  const encoded = pattern.replaceAll(/\P{ASCII}+/gu, (text) => encodeURIComponent(text));
  return canonicalCharacters(encoded) ?? pattern;
}
