import type { LogBatch, LogStreamInfo } from "#api/logs.ts";
import { plainText } from "./ansi.ts";
import type { Level } from "./line-facts.ts";
import { levelOf } from "./line-facts.ts";
import { LineQueue } from "./line-queue.ts";
import type { LinePattern } from "./line-pattern.ts";

/** One line, or a gap where lines are missing. */
export interface LogEntry {
  seq: number;
  stream: number;
  /** RFC 3339 */
  time: string;
  text: string;
  /** Set for a gap: how many lines are missing here. */
  gap?: number;
  level?: Level | undefined;
  levelKnown?: true;
}

/** What of the lines is shown. */
export interface LogFilter {
  pattern: LinePattern | undefined;
  /** Show only lines with the pattern, instead of marking them. */
  onlyMatches: boolean;
  /** Undefined: all, those without a level too. */
  levels: ReadonlySet<Level> | undefined;
  /** Hidden streams, by `streamKey`. */
  hidden: ReadonlySet<string>;
}

export const mostLines = 100_000;
const paintEveryMs = 50;
const sliceMs = 8;

export function streamKey({ pod, container }: { pod: string; container: string }): string {
  return `${pod}/${container}`;
}

/** The level that a line names, worked out once. */
export function entryLevel(entry: LogEntry): Level | undefined {
  if (!entry.levelKnown) {
    entry.level = entry.gap === undefined ? levelOf(plainText(entry.text)) : undefined;
    entry.levelKnown = true;
  }
  return entry.level;
}

/**
 * The lines of one log, outside React: at thousands of lines per second a state update per batch would stop the page. Painted at most
 * every 50 ms; a change of the filter goes through the lines in slices, so that typing never waits.
 */
export class LogStore {
  readonly all = new LineQueue<LogEntry>(mostLines);
  shown = this.all;
  /** Sequence numbers of shown lines with the pattern. */
  hits: LineQueue<number> = new LineQueue(mostLines);
  streams: LogStreamInfo[] = [];
  /** Grows with every paint. */
  version = 0;
  received = 0;
  ended = false;
  omitted = 0;
  liveness: LogBatch["liveness"] | undefined;
  /** When (ms) a stream was lost. */
  staleSince = 0;
  filter: LogFilter = { pattern: undefined, onlyMatches: false, levels: undefined, hidden: new Set() };
  #streamOf = new Map<number, number>();
  #next = 0;
  #filtered = 0;
  #listeners = new Set<() => void>();
  #scheduled = false;
  #paintedAt = 0;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  append(batch: LogBatch): void {
    this.#takeStreams(batch.streams);
    let gap = 0;
    for (let index = 0; index <= batch.texts.length; index += 1) {
      for (; batch.gaps[gap]?.before === index; gap += 1) {
        const { stream, count } = batch.gaps[gap] ?? { stream: 0, count: 0 };
        this.#push({ stream: this.#indexOf(stream), time: batch.times[index] ?? "", text: "", gap: count });
      }
      const text = batch.texts[index];
      if (text === undefined) continue;
      this.received += 1;
      this.#push({ stream: this.#indexOf(batch.sources[index] ?? 0), time: batch.times[index] ?? "", text });
    }
    this.ended = batch.ended;
    this.omitted = batch.omitted;
    this.liveness = batch.liveness;
    const isStale =
      this.liveness === "RECONNECTING" || this.streams.some(({ state }) => state === "RECONNECTING");
    if (!isStale) this.staleSince = 0;
    else this.staleSince ||= Date.now();
    this.#schedule();
  }

  setFilter(filter: LogFilter): void {
    this.filter = filter;
    const selects =
      filter.levels !== undefined || filter.hidden.size > 0 || (filter.onlyMatches && filter.pattern);
    this.shown = selects ? new LineQueue(mostLines) : this.all;
    this.hits = new LineQueue(mostLines);
    this.#filtered = this.all.first?.seq ?? this.#next;
    this.#schedule();
  }

  /** Clears what is shown; what comes later goes on. */
  clear(): void {
    this.all.clear();
    this.setFilter(this.filter);
  }

  #push(entry: Omit<LogEntry, "seq">): void {
    this.all.push({ ...entry, seq: this.#next++ });
  }

  #takeStreams(streams: readonly LogStreamInfo[]): void {
    for (const info of streams) {
      const key = streamKey(info);
      let index = this.streams.findIndex((known) => streamKey(known) === key);
      if (index < 0) index = this.streams.length;
      this.#streamOf.set(info.index, index);
      this.streams = this.streams.toSpliced(index, 1, info);
    }
  }

  #indexOf(stream: number): number {
    return this.#streamOf.get(stream) ?? 0;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const wait = Math.max(0, this.#paintedAt + paintEveryMs - performance.now());
    setTimeout(() => requestAnimationFrame(() => this.#paint()), wait);
  }

  #paint(): void {
    this.#scheduled = false;
    const isDone = this.#select();
    this.#paintedAt = performance.now();
    this.version += 1;
    for (const listener of this.#listeners) listener();
    if (!isDone) this.#schedule();
  }

  /** Filters what has come since; false when there is more to do. */
  #select(): boolean {
    const first = this.all.first?.seq ?? this.#next;
    const began = performance.now();
    this.#filtered = Math.max(this.#filtered, first);
    const { pattern, onlyMatches } = this.filter;
    const selects = this.shown !== this.all;
    if (!selects && !pattern) this.#filtered = this.#next;
    for (; this.#filtered < this.#next; this.#filtered += 1) {
      if (this.#filtered % 256 === 0 && performance.now() - began > sliceMs) return false;
      const entry = this.all.at(this.#filtered - first);
      if (!entry || !this.#passes(entry)) continue;
      const isHit = pattern !== undefined && entry.gap === undefined && pattern.test(plainText(entry.text));
      if (selects && (isHit || !onlyMatches || !pattern || entry.gap !== undefined)) this.shown.push(entry);
      if (isHit) this.hits.push(entry.seq);
    }
    if (selects) while ((this.shown.first?.seq ?? first) < first) this.shown.shift();
    while ((this.hits.first ?? first) < first) this.hits.shift();
    return true;
  }

  #passes(entry: LogEntry): boolean {
    const { levels, hidden } = this.filter;
    const stream = this.streams[entry.stream];
    if (hidden.size > 0 && stream && hidden.has(streamKey(stream))) return false;
    if (levels === undefined || entry.gap !== undefined) return true;
    const level = entryLevel(entry);
    return level !== undefined && levels.has(level);
  }
}
