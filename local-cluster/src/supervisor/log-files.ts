import { copyFile, open, readdir, stat, truncate } from "node:fs/promises";
import { join } from "node:path";

const largestLog = 20 * 1024 * 1024;

/**
 * Keeps each log of a folder below 20 MiB plus one older part, `<name>.log.1`. The file is emptied in place, because the process that
 * writes it (always at its end) keeps it open.
 */
export async function boundLogs(dir: string, limit = largestLog): Promise<void> {
  for (const name of await readdir(dir).catch(() => [])) {
    if (!name.endsWith(".log")) continue;
    const file = join(dir, name);
    const size = (await stat(file).catch(() => undefined))?.size ?? 0;
    if (size <= limit) continue;
    await copyFile(file, `${file}.1`);
    await truncate(file, 0);
  }
}

/** The line of a log that best says why its process ended, at most 500 characters; empty when the log is. */
export async function lastWords(file: string): Promise<string> {
  const handle = await open(file, "r").catch(() => undefined);
  if (!handle) return "";
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, 8192);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const line = tellingLine(buffer.toString("utf8"));
    return line.length > 500 ? `${line.slice(0, 499)}…` : line;
  } finally {
    await handle.close();
  }
}

/** The last line that names an error, else the last one with text in it. Stack frames and Node's farewell say nothing. */
export function tellingLine(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() && !/^\s+at |^Node\.js v\d/.test(line));
  return (
    lines.findLast((line) => /^\w*Error\b|^F\d{4} |^panic: |"fatal"|"panic"/.test(line)) ??
    lines.at(-1) ??
    ""
  ).trim();
}
