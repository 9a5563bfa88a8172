import type { KubeClient } from "@kyma/kube/client.ts";
import { ForbiddenError, UnauthorizedError } from "@kyma/kube/errors.ts";
import { userError } from "../graphql/errors.ts";
import type { Changing } from "../graphql/latest.ts";
import { ContainerLog, type ReadSettings } from "./container-log.ts";
import { Cursor } from "./cursor.ts";
import { LineBuffer } from "./line-buffer.ts";
import type { LogBatch } from "./log-batch.ts";
import { takeMerged, type MergedLine } from "./merge.ts";
import type { LogOptionsInput } from "./options.ts";
import { containersOf, type LogPod } from "./pods.ts";

/** Where the pods of a feed come from. */
export interface Pods {
  readonly loaded: boolean;
  readonly failure: unknown;
  readonly liveness: "LIVE" | "RECONNECTING";
  list(): LogPod[];
  listen(changed: () => void): () => void;
}

export interface FeedOptions {
  kube: KubeClient;
  pods: Pods;
  options: LogOptionsInput;
  /** Cursor texts of an earlier feed; undefined: begin. */
  resume?: readonly string[] | undefined;
  /** The pod whose absence is an error. */
  pod?: string | undefined;
  limits?: Partial<FeedLimits>;
}

export interface FeedLimits {
  streams: number;
  /** Characters that wait to be sent, over all streams. */
  waiting: number;
  longestLine: number;
  /** Milliseconds for which a line may wait for an older one of another stream; Infinity: until that has ended. */
  windowMs: number;
  /** Attempts in a row to read a log; somebody who looks at it would rather go on waiting. */
  attempts: number;
}

export const defaultLimits: FeedLimits = {
  streams: 200,
  waiting: 16 * 1024 * 1024,
  longestLine: 64 * 1024,
  windowMs: 100,
  attempts: Infinity,
};
const batchLimits = { lines: 2000, characters: 512 * 1024 };
const openingMs = 1000;

interface Stream {
  key: string;
  log: ContainerLog;
  buffer: LineBuffer;
  /** Read from its beginning. */
  joined: boolean;
  openedAt: Date;
  told: string;
  toldDropped: number;
}

/** The logs of many containers as one, made batch by batch at the reader's pace. */
export class LogFeed implements Changing<LogBatch> {
  readonly #options: FeedOptions;
  readonly #limits: FeedLimits;
  readonly #streams: Stream[] = [];
  readonly #byKey = new Map<string, Stream>();
  /** No cursor: nothing was read yet. */
  readonly #resume: Map<string, Cursor | undefined> | undefined;
  readonly #stop = new AbortController();
  #wake: () => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #stale = true;
  #sent = 0;
  #omitted = 0;
  #told = "";
  #began = false;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    if (options.resume) this.#resume = new Map(options.resume.map(parseToken));
  }

  open(wake: () => void): () => void {
    this.#wake = wake;
    const leave = this.#options.pods.listen(() => {
      this.#stale = true;
      wake();
    });
    return () => {
      leave();
      clearTimeout(this.#timer);
      this.#stop.abort();
    };
  }

  take(): { value: LogBatch } | undefined {
    const { pods } = this.#options;
    if (pods.failure !== undefined) throw pods.failure;
    if (!pods.loaded) return undefined;
    if (this.#stale) this.#sync();
    for (const { log } of this.#streams) if (isRefusal(log.failure)) throw log.failure;
    const merged = this.#merge();
    const batch = this.#batch(merged);
    const told = JSON.stringify([batch.liveness, batch.omitted, batch.ended]);
    const isNews =
      merged.length > 0 || batch.streams.length > 0 || batch.gaps.length > 0 || told !== this.#told;
    this.#told = told;
    return isNews ? { value: batch } : undefined;
  }

  #sync(): void {
    this.#stale = false;
    const { pods, options } = this.#options;
    const present = pods.list();
    this.#expectPod(present);
    const containers = present
      .flatMap(containersOf)
      .filter(({ container }) => !options.containers?.length || options.containers.includes(container));
    const keys = new Set(containers.map(({ key }) => key));
    this.#omitted = 0;
    for (const container of containers) {
      const known = this.#byKey.get(container.key);
      if (known) known.log.update(container);
      else if (this.#openCount() < this.#limits.streams) this.#start(container);
      else this.#omitted += 1;
    }
    for (const { key, log } of this.#streams) if (!keys.has(key)) log.update(undefined);
    this.#began = true;
  }

  #expectPod(present: LogPod[]): void {
    const { pod } = this.#options;
    if (!this.#began && !this.#resume && pod !== undefined && present.length === 0)
      throw userError("NOT_FOUND", `Pod "${pod}" does not exist`);
  }

  #openCount(): number {
    return this.#streams.filter(({ buffer }) => !buffer.closed).length;
  }

  #start(container: ContainerLog["container"]): void {
    const { kube, options } = this.#options;
    const known = this.#resume?.get(container.key);
    // A container that began later is read from its beginning: it belongs to what was asked for.
    const joined = this.#began || (this.#resume !== undefined && !this.#resume.has(container.key));
    const settings = this.#settings(joined);
    const cursor = known?.copy() ?? new Cursor({ tailed: settings.first.tailLines !== undefined });
    const buffer = new LineBuffer(() => this.#limits.waiting / Math.max(8, this.#openCount()), cursor.copy());
    // Before its first byte a stream may hold the oldest line of all.
    buffer.activeAt = performance.now() + (this.#began ? 0 : Math.max(0, openingMs - this.#limits.windowMs));
    const log = new ContainerLog(container, {
      kube,
      buffer,
      cursor,
      settings,
      signal: this.#stop.signal,
      onChange: () => this.#wake(),
    });
    if (container.phase === "WAITING" && settings.follow) buffer.activeAt = -Infinity;
    const stream = {
      key: container.key,
      log,
      buffer,
      joined,
      openedAt: new Date(),
      told: "",
      toldDropped: 0,
    };
    this.#streams.push(stream);
    this.#byKey.set(container.key, stream);
    void log.run();
    if (options.limit && this.#sent >= options.limit) this.#stop.abort();
  }

  #settings(joined: boolean): ReadSettings {
    const { tailLines, sinceSeconds, sinceTime, follow, previous } = this.#options.options;
    return {
      follow: follow ?? true,
      previous: previous ?? false,
      longestLine: this.#limits.longestLine,
      attempts: this.#limits.attempts,
      quietMs: 100,
      first: joined
        ? {}
        : {
            ...(typeof tailLines === "number" ? { tailLines } : {}),
            ...(typeof sinceSeconds === "number" ? { sinceSeconds } : {}),
            ...(sinceTime ? { sinceTime } : {}),
          },
    };
  }

  #merge(): MergedLine[] {
    const { windowMs } = this.#limits;
    const { limit } = this.#options.options;
    const lines = Math.min(batchLimits.lines, limit ? limit - this.#sent : Infinity);
    const buffers = this.#streams.map(({ buffer }) => buffer);
    const merged =
      lines > 0
        ? takeMerged(buffers, { windowMs, now: performance.now(), limits: { ...batchLimits, lines } })
        : [];
    clearTimeout(this.#timer);
    // What is held back now can be sent when the window has passed, or in the next batch, though nothing else happens.
    const waits = buffers.some(({ size }) => size > 0);
    if (waits && (merged.length > 0 || windowMs !== Infinity))
      this.#timer = setTimeout(() => this.#wake(), merged.length > 0 ? 0 : windowMs / 2);
    return merged;
  }

  #batch(merged: MergedLine[]): LogBatch {
    const first = this.#sent;
    this.#sent += merged.length;
    const batch: LogBatch = {
      streams: this.#news(),
      first,
      sources: merged.map(({ source }) => source),
      times: merged.map(({ line }) => line.time),
      texts: merged.map(({ line }) => line.text),
      gaps: this.#gaps(merged),
      cursors: [],
      liveness: this.#options.pods.liveness,
      omitted: this.#omitted,
      ended: this.#hasEnded(),
    };
    const touched = new Set([
      ...batch.sources,
      ...batch.gaps.map(({ stream }) => stream),
      ...batch.streams.map(({ index }) => index),
    ]);
    batch.cursors = [...touched].flatMap((index) => this.#cursorOf(index));
    return batch;
  }

  #cursorOf(index: number): LogBatch["cursors"] {
    const stream = this.#streams[index];
    if (!stream) return [];
    const { buffer, key, joined, openedAt } = stream;
    if (buffer.cursor.time !== "") return [{ stream: index, token: `${key} ${buffer.cursor.toText()}` }];
    // Nothing read yet: it is asked for as it was at first, and what came since belongs to it.
    if (this.#options.options.tailLines === 0 && !joined)
      return [{ stream: index, token: `${key} ${Cursor.at(openedAt).toText()}` }];
    return joined ? [] : [{ stream: index, token: `${key} ${unread}` }];
  }

  #news(): LogBatch["streams"] {
    return this.#streams.flatMap((stream, index) => {
      const { pod, container, kind, restarts } = stream.log.container;
      const { state, message = null } = stream.log;
      const told = JSON.stringify([restarts, state, message]);
      // The end is told after the last line.
      if (told === stream.told || (state === "ENDED" && stream.buffer.size > 0)) return [];
      stream.told = told;
      return [{ index, pod, container, kind, restarts, state, message }];
    });
  }

  #gaps(merged: MergedLine[]): LogBatch["gaps"] {
    return this.#streams.flatMap((stream, index) => {
      const count = stream.buffer.dropped - stream.toldDropped;
      if (count === 0) return [];
      stream.toldDropped = stream.buffer.dropped;
      const before = merged.findIndex(({ source }) => source === index);
      return [{ before: before < 0 ? merged.length : before, stream: index, count }];
    });
  }

  #hasEnded(): boolean {
    const { follow, previous, limit } = this.#options.options;
    if (limit && this.#sent >= limit) {
      this.#stop.abort();
      return true;
    }
    return (
      (follow === false || previous === true) &&
      this.#streams.every(({ buffer }) => buffer.closed && buffer.size === 0)
    );
  }
}

const unread = "unread";

function parseToken(text: string): [string, Cursor | undefined] {
  const space = text.indexOf(" ");
  const cursor = text.slice(space + 1);
  return [text.slice(0, space), cursor === unread ? undefined : Cursor.parse(cursor)];
}

/** No right to read one log is no right to read any of them: they are all in one namespace. */
function isRefusal(error: unknown): boolean {
  return error instanceof ForbiddenError || error instanceof UnauthorizedError;
}
