import { type FileHandle, open } from "node:fs/promises";
import { type ContainerLog, logPath, nextLine, readIndex } from "./container-log.ts";
import { type LogIndex, nanoTime, offsetAt, timeAt } from "./log-index.ts";

/** What a reader may ask for; times in milliseconds since 1970. */
export interface LogQuery {
  follow: boolean;
  timestamps: boolean;
  tailLines?: number;
  since?: number;
  limitBytes?: number;
  /** The byte to begin with, instead of what `since` and `tailLines` say. */
  from?: number;
}

const chunkSize = 64 * 1024;
const newline = 10;

/** The log's bytes as asked for. Ends at the end of the file, or with `follow` when the container has ended. */
export async function* readLog(
  log: ContainerLog,
  query: LogQuery,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const file = await open(logPath(log.directory), "r");
  try {
    let left = query.limitBytes ?? Number.POSITIVE_INFINITY;
    for await (const chunk of readFrom(file, log, query, signal)) {
      yield chunk.length > left ? chunk.subarray(0, left) : chunk;
      left -= chunk.length;
      if (left <= 0) return;
    }
  } finally {
    await file.close();
  }
}

async function* readFrom(
  file: FileHandle,
  log: ContainerLog,
  query: LogQuery,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let index = await readIndex(log.directory);
  // What is written while a reader reads belongs to the answer only when it follows.
  const end = query.follow ? Number.POSITIVE_INFINITY : (await file.stat()).size;
  let offset = query.from ?? (await firstByte(file, log, index, query));
  let atLineStart = true;
  const growth = new Growth(log, signal);
  try {
    while (!signal.aborted) {
      const ended = log.ended;
      if (query.timestamps) index = await fresh(index, log, offset + 1);
      // A follower waits until the time of what was written is noted, as it may ask for it again by that time.
      const dated = query.timestamps && query.follow && !ended ? notedEnd(index) : end;
      const chunk = await readChunkOf(file, offset, Math.max(0, Math.min(chunkSize, dated - offset)));
      if (chunk.length > 0) {
        yield query.timestamps ? withTimes(chunk, offset, atLineStart, index) : chunk;
        atLineStart = chunk.at(-1) === newline;
        offset += chunk.length;
      } else if (!query.follow || ended) return;
      else await growth.next();
    }
  } finally {
    growth.stop();
  }
}

/** Wakes the reader after each growth; growth between two waits is not missed. */
class Growth {
  #grown = false;
  #wake: (() => void) | undefined;
  readonly #stops: (() => void)[] = [];

  constructor(log: ContainerLog, signal: AbortSignal) {
    const wake = (): void => {
      this.#grown = true;
      this.#wake?.();
    };
    signal.addEventListener("abort", wake);
    this.#stops.push(log.onGrowth(wake), () => signal.removeEventListener("abort", wake));
  }

  async next(): Promise<void> {
    if (!this.#grown) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#grown = false;
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }
}

function notedEnd(index: LogIndex): number {
  return index.records.at(-1)?.end ?? index.start;
}

async function fresh(index: LogIndex, log: ContainerLog, end: number): Promise<LogIndex> {
  return notedEnd(index) >= end ? index : readIndex(log.directory);
}

async function firstByte(
  file: FileHandle,
  log: ContainerLog,
  index: LogIndex,
  query: LogQuery,
): Promise<number> {
  const since = query.since === undefined ? index.start : offsetAt(index, query.since);
  const start = await lineStart(file, logPath(log.directory), since, index.start);
  if (query.tailLines === undefined) return start;
  return Math.max(start, await tailStart(file, query.tailLines, index.start));
}

async function lineStart(file: FileHandle, path: string, offset: number, start: number): Promise<number> {
  if (offset <= start) return start;
  const before = await readChunkOf(file, offset - 1, 1);
  return before[0] === newline ? offset : nextLine(path, offset);
}

async function readChunkOf(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, offset);
  return buffer.subarray(0, bytesRead);
}

/** Where the last `lines` lines begin; an unfinished last line counts as one. */
async function tailStart(file: FileHandle, lines: number, start: number): Promise<number> {
  const { size } = await file.stat();
  if (lines <= 0) return size;
  let left = lines;
  let end = size;
  // The line end at the very end of the file ends a line, it does not begin one.
  if (size > start && (await readChunkOf(file, size - 1, 1))[0] === newline) end -= 1;
  while (end > start) {
    const from = Math.max(start, end - chunkSize);
    const chunk = await readChunkOf(file, from, end - from);
    for (
      let at = chunk.lastIndexOf(newline);
      at >= 0;
      at = at === 0 ? -1 : chunk.lastIndexOf(newline, at - 1)
    ) {
      left -= 1;
      if (left === 0) return from + at + 1;
    }
    end = from;
  }
  return start;
}

function withTimes(chunk: Buffer, offset: number, atLineStart: boolean, index: LogIndex): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  let starts = atLineStart;
  while (from < chunk.length) {
    const found = chunk.indexOf(newline, from);
    const to = found < 0 ? chunk.length : found + 1;
    if (starts) parts.push(Buffer.from(`${nanoTime(timeAt(index, offset + from))} `));
    parts.push(chunk.subarray(from, to));
    starts = true;
    from = to;
  }
  return Buffer.concat(parts);
}
