/** Bytes of a text in UTF-8. */
export function textBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Bytes that base64 text stands for. Pure. */
export function base64Bytes(text: string): number {
  return Math.floor((text.replace(/[\s=]/g, "").length * 3) / 4);
}
