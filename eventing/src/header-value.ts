/** An attribute's value as a header has it by the HTTP binding: spaces, quotes, percent signs and whatever is not printable ASCII are percent-encoded. Pure. */
export function encodeHeader(value: string): string {
  if (/^[!#$&-~]*$/.test(value)) return value;
  return value.replace(/[^!#$&-~]/gu, (character) =>
    [...Buffer.from(character)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
      .join(""),
  );
}

/** The value that a header holds, also in the quoted form of older senders; undefined when a % begins no UTF-8 character. Pure. */
export function decodeHeader(value: string): string | undefined {
  const text = /^"(?:[^"\\]|\\.)*"$/.test(value) ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value;
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
