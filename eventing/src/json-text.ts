/** Deeper JSON is refused: writing it again, here or in a sink, may use up the stack. */
export const deepestNesting = 1000;

/** Thrown for JSON that is nested deeper than `deepestNesting`. */
export class NestingError extends Error {
  override name = "NestingError";
}

/**
 * The text of one member of a JSON object as it was written, so that numbers keep digits that a JavaScript number has no room for. Of several
 * members of that name it is the last, as JSON.parse has it. `text` must be the valid JSON of an object. Throws NestingError where a member is
 * nested more than `deepest`. Pure.
 */
export function memberText(text: string, name: string, deepest = deepestNesting): string | undefined {
  let found: string | undefined;
  let at = skipSpace(text, skipSpace(text, 0) + 1);
  while (text[at] === '"') {
    const keyEnd = endOfString(text, at);
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = endOfValue(text, start, deepest);
    if (keyOf(text.slice(at + 1, keyEnd - 1)) === name) found = text.slice(start, end);
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return found;
}

/** The texts of the elements of a JSON array. `text` must be the valid JSON of an array. Throws NestingError. Pure. */
export function elementTexts(text: string): string[] {
  const elements: string[] = [];
  let at = skipSpace(text, skipSpace(text, 0) + 1);
  while (text[at] !== "]") {
    const end = endOfValue(text, at);
    elements.push(text.slice(at, end));
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return elements;
}

/** Throws NestingError. `text` must be valid JSON. Pure. */
export function checkNesting(text: string): void {
  // A level takes an opening and a closing character.
  if (text.length > 2 * deepestNesting) endOfValue(text, skipSpace(text, 0));
}

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;

/** Just behind the value that begins at `at`. */
function endOfValue(text: string, at: number, deepest = deepestNesting): number {
  let depth = 0;
  for (let index = at; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === quote) {
      index = endOfString(text, index) - 1;
      if (depth === 0) return index + 1;
    } else if (isOpening(code)) {
      if (++depth > deepest) throw new NestingError(`JSON is nested more than ${deepest} deep`);
    } else if (isClosing(code)) {
      if (depth === 0) return index;
      if (--depth === 0) return index + 1;
    } else if (depth === 0 && (code === comma || isSpace(code))) return index;
  }
  return text.length;
}

/** Just behind the string whose opening quote is at `at`. */
function endOfString(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text.charCodeAt(before - 1) === backslash) before--;
    if ((end - before) % 2 === 0) return end + 1;
  }
  return text.length;
}

function keyOf(written: string): string {
  return written.includes("\\") ? (JSON.parse(`"${written}"`) as string) : written;
}

function skipSpace(text: string, at: number): number {
  let index = at;
  while (isSpace(text.charCodeAt(index))) index++;
  return index;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function isOpening(code: number): boolean {
  return code === 0x7b || code === 0x5b;
}

function isClosing(code: number): boolean {
  return code === 0x7d || code === 0x5d;
}
