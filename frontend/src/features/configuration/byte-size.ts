const units = ["B", "KiB", "MiB", "GiB"];

/** 1536 → "1.5 KiB". Pure. */
export function byteText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** Bytes of a text in UTF-8. */
export function textBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Bytes that base64 text stands for. Pure. */
export function base64Bytes(text: string): number {
  return Math.floor((text.replace(/[\s=]/g, "").length * 3) / 4);
}
