const binary = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** Bytes with three figures and a binary unit, as people read them: "1.5 GiB". Pure. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < binary.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${figures(value)} ${binary[unit]}`;
}

/** Cores as kubectl writes small amounts: "250m", "1.5". Pure. */
export function coresText(cores: number): string {
  return Math.abs(cores) < 1 && cores !== 0 ? `${Math.round(cores * 1000)}m` : figures(cores);
}

function figures(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
}
