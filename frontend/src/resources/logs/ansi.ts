/** A piece of a line with the look that its program asked for. Colours are 0–15, the classes of logs.css. */
export interface AnsiSpan {
  text: string;
  colour?: number;
  background?: number;
  bold?: true;
  faint?: true;
  italic?: true;
  underline?: true;
}

type Look = Omit<AnsiSpan, "text">;

// OSC (links, titles), CSI, and two-character sequences; an OSC that has no end reaches to the line's end.
const sequence =
  // oxlint-disable-next-line no-control-regex -- terminals' control sequences are what it is about
  /\u001B\][^\u0007\u001B]*(?:\u0007|\u001B\\|$)|\u001B\[([0-9;:?]*)[ -/]*([@-~])|\u001B[ -Z\\^-~]?/g;
// Controls, and the marks that turn the direction of text: they could make a line read as another.
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/**
 * A line as pieces of text with colours. Of the control sequences only colours are followed; links, titles and cursor moves vanish, and
 * what cannot be printed becomes a visible mark. Pure.
 */
export function parseAnsi(line: string): AnsiSpan[] {
  const spans: AnsiSpan[] = [];
  let look: Look = {};
  let from = 0;
  const add = (text: string) => {
    if (text !== "") spans.push({ ...look, text: printable(text) });
  };
  for (const match of line.matchAll(sequence)) {
    add(line.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[2] === "m") look = applyCodes(look, match[1] ?? "");
  }
  add(line.slice(from));
  return spans;
}

/** The text alone. Pure. */
export function plainText(line: string): string {
  return needsCare(line)
    ? parseAnsi(line)
        .map(({ text }) => text)
        .join("")
    : line;
}

// oxlint-disable-next-line no-control-regex
const careful = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/;

/** False for most lines: then there is nothing to parse. */
export function needsCare(line: string): boolean {
  return careful.test(line);
}

function printable(text: string): string {
  return text.replace(unprintable, (mark) => {
    const code = mark.charCodeAt(0);
    // Control Pictures stand for ASCII controls.
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\uFFFD";
  });
}

function applyCodes(before: Look, parameters: string): Look {
  const codes = parameters.split(/[;:]/).map(Number);
  let look: Look = { ...before };
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] ?? 0;
    if (code === 38 || code === 48) {
      const colour = codes[i + 1] === 5 ? (codes[i + 2] ?? 0) : undefined;
      i += codes[i + 1] === 5 ? 2 : 4;
      if (colour !== undefined && colour < 16)
        look = { ...look, [code === 38 ? "colour" : "background"]: colour };
    } else look = applyCode(look, code);
  }
  return look;
}

function applyCode(look: Look, code: number): Look {
  const { colour, background, bold, faint, italic, underline, ...rest } = look;
  const all = { ...look };
  if (code === 0) return {};
  if (code === 1) return { ...all, bold: true };
  if (code === 2) return { ...all, faint: true };
  if (code === 3) return { ...all, italic: true };
  if (code === 4) return { ...all, underline: true };
  const keep = (kept: Look) =>
    Object.fromEntries(
      Object.entries({ ...rest, ...kept }).filter(([, value]) => value !== undefined),
    ) as Look;
  const present = { colour, background, bold, faint, italic, underline } as Record<string, unknown>;
  const without = (...names: string[]) =>
    keep(Object.fromEntries(Object.entries(present).filter(([name]) => !names.includes(name))));
  if (code === 22) return without("bold", "faint");
  if (code === 23) return without("italic");
  if (code === 24) return without("underline");
  if (code === 39) return without("colour");
  if (code === 49) return without("background");
  if (code >= 30 && code <= 37) return { ...all, colour: code - 30 };
  if (code >= 90 && code <= 97) return { ...all, colour: code - 82 };
  if (code >= 40 && code <= 47) return { ...all, background: code - 40 };
  if (code >= 100 && code <= 107) return { ...all, background: code - 92 };
  return look;
}
