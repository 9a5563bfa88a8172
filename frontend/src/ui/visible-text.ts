/** Characters that a browser does not show or that reorder what stands around them: controls (but line ends), bidi marks, zero-width ones. */
const hidden = /[\p{Cc}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Text of unknown origin as it really is: escape sequences and bidi overrides are spelt out instead of acting. Pure. */
export function visibleText(text: string): string {
  return text.replace(hidden, (character) => {
    if (character === "\n" || character === "\t") return character;
    const code = character.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
}

/** A piece of text, and where it leads when it is an address. */
export interface TextPiece {
  text: string;
  href?: string;
}

/** Cuts text at the addresses in it. Only http and https ones count, and none with hidden characters or a user name in it. Pure. */
export function textPieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s"'<>`{}|\\^]+/giu)) {
    const address = match[0].replace(/[.,;:!?)\]]+$/, "");
    if (!isSafeLink(address)) continue;
    if (match.index > end) pieces.push({ text: visibleText(text.slice(end, match.index)) });
    pieces.push({ text: address, href: address });
    end = match.index + address.length;
  }
  if (end < text.length || pieces.length === 0) pieces.push({ text: visibleText(text.slice(end)) });
  return pieces;
}

/** May this address be clicked? Pure. */
export function isSafeLink(address: string): boolean {
  if (visibleText(address) !== address) return false;
  try {
    const { protocol, username, password } = new URL(address);
    return (protocol === "http:" || protocol === "https:") && username === "" && password === "";
  } catch {
    return false;
  }
}
