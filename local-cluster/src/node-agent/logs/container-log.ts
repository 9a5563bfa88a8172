import { execFile } from "node:child_process";
import { closeSync, type FSWatcher, fstatSync, openSync, readSync, statSync, watch } from "node:fs";
import { appendFile, readFile, rename, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { formatIndex, formatRecord, type LogIndex, parseIndex, trimIndex } from "./log-index.ts";

const run = promisify(execFile);
const keptBytes = 10 * 1024 * 1024;
/** Growth is noted at most this often, so a container that writes without pause costs little. */
const noteEveryMs = 10;

export function logPath(directory: string): string {
  return join(directory, "log");
}

function indexPath(directory: string): string {
  return join(directory, "log.index");
}

/** The index as it is on disk; empty when nothing was logged. */
export async function readIndex(directory: string): Promise<LogIndex> {
  return parseIndex(await readFile(indexPath(directory), "utf8").catch(() => ""));
}

/**
 * The log of one container start. The container writes straight into the file, so a killed agent neither stops nor mutes it;
 * the agent notes beside it when it grew, which gives each line its time, and throws away the older half above 20 MiB.
 */
export class ContainerLog {
  readonly directory: string;
  readonly #listeners = new Set<() => void>();
  #watcher: FSWatcher | undefined;
  #seen = 0;
  #start = 0;
  #timer: NodeJS.Timeout | undefined;
  #writes: Promise<void> = Promise.resolve();
  #ended = false;

  constructor(directory: string) {
    this.directory = directory;
  }

  /** Begins to follow the file, which must exist; picks up where an earlier agent stopped. */
  async open(): Promise<void> {
    const index = await readIndex(this.directory);
    this.#start = index.start;
    this.#seen = index.records.at(-1)?.end ?? index.start;
    this.#watcher = watch(logPath(this.directory), { persistent: false }, () => this.#schedule());
    const { size, mtimeMs } = statSync(logPath(this.directory));
    if (size > this.#seen) this.#note(size, Math.round(mtimeMs));
  }

  /** True once the container has ended and all that it wrote is noted. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Calls `listener` after growth and at the end; returns how to stop that. */
  onGrowth(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The container has ended: notes the rest and tells those who follow. */
  async close(): Promise<void> {
    this.#watcher?.close();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#look();
    await this.#writes;
    this.#ended = true;
    this.#tell();
  }

  #schedule(): void {
    if (this.#ended) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#look();
    }, noteEveryMs);
  }

  #look(): void {
    const size = statSync(logPath(this.directory), { throwIfNoEntry: false })?.size ?? 0;
    if (size > this.#seen) this.#note(size, Date.now());
  }

  #note(end: number, time: number): void {
    this.#seen = end;
    // Readers are told once the times are noted: a line must carry the same time whenever it is read.
    this.#enqueue(() =>
      appendFile(indexPath(this.directory), formatRecord({ end, time })).finally(() => this.#tell()),
    );
    if (end - this.#start > 2 * keptBytes) this.#trim(end - keptBytes);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #enqueue(write: () => Promise<void>): void {
    this.#writes = this.#writes.then(write).catch(() => {
      // The pod's directory is gone, or the disk is full: the container's own log goes on.
    });
  }

  /** Frees the disk below the first line after `near`. The file keeps its size, so no byte that is being written is lost. */
  #trim(near: number): void {
    const start = nextLine(logPath(this.directory), near);
    this.#start = start;
    this.#enqueue(async () => {
      const kept = trimIndex(await readIndex(this.directory), start);
      await writeFile(`${indexPath(this.directory)}.new`, formatIndex(kept));
      await rename(`${indexPath(this.directory)}.new`, indexPath(this.directory));
      await run("fallocate", [
        "--punch-hole",
        "--offset",
        "0",
        "--length",
        String(start),
        logPath(this.directory),
      ]).catch(() => this.#startOver());
    });
  }

  /** A file system without holes: the log begins anew. What is written in this very moment may be lost. */
  async #startOver(): Promise<void> {
    await truncate(logPath(this.directory), 0);
    await writeFile(indexPath(this.directory), formatIndex({ start: 0, records: [] }));
    this.#start = 0;
    this.#seen = 0;
  }
}

/** The first byte after the next line end at or after `from`; `from` itself when the next 64 KiB hold none. */
export function nextLine(path: string, from: number): number {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(64 * 1024);
    const read = readSync(file, buffer, 0, buffer.length, from);
    const newline = buffer.subarray(0, read).indexOf(10);
    return newline < 0 ? Math.min(from, fstatSync(file).size) : from + newline + 1;
  } finally {
    closeSync(file);
  }
}
