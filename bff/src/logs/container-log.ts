import type { KubeClient, LogOptions } from "@kyma/kube/client.ts";
import { ForbiddenError, InvalidError, NotFoundError, UnauthorizedError } from "@kyma/kube/errors.ts";
import { setTimeout as delay } from "node:timers/promises";
import { LogLines, type LogLine } from "../resources/log-lines.ts";
import { normalTime, Skip, type Cursor } from "./cursor.ts";
import type { LineBuffer } from "./line-buffer.ts";
import type { LogContainer } from "./pods.ts";

export type StreamState = "WAITING" | "LIVE" | "RECONNECTING" | "ENDED" | "FAILED";

export interface ReadSettings {
  follow: boolean;
  previous: boolean;
  /** What to ask for when nothing was read yet. */
  first: Pick<LogOptions, "tailLines" | "sinceSeconds" | "sinceTime">;
  /** Bytes after which a line is cut. */
  longestLine: number;
  /** Attempts in a row that may fail before the log is given up. */
  attempts: number;
  /** A follower that gets nothing for so long after bytes came has read to the end. */
  quietMs: number;
}

export interface StreamParts {
  kube: KubeClient;
  buffer: LineBuffer;
  /** Where reading goes on; advanced with every line read. */
  cursor: Cursor;
  settings: ReadSettings;
  signal: AbortSignal;
  onChange: () => void;
}

const firstDelayMs = 250;
const longestDelayMs = 5000;
/** A container that is gone may still send its last words for so long. */
const lastWordsMs = 10_000;

/**
 * Reads one container's log over its restarts and over cut connections. Whatever ends a read, the next one begins at the cursor: a clean
 * end proves nothing, as the API server ends the answer in order also when its connection to the kubelet was cut.
 */
export class ContainerLog {
  state: StreamState = "WAITING";
  message: string | undefined;
  failure: unknown;
  container: LogContainer;
  readonly #parts: StreamParts;
  #gone = false;
  /** The run that was read to its end. */
  #readRun: number | undefined;
  #run: number | undefined;
  #wake: (() => void) | undefined;
  #failures = 0;

  constructor(container: LogContainer, parts: StreamParts) {
    this.container = container;
    this.#parts = parts;
    this.message = container.message;
  }

  /** The container as the API server shows it now; undefined when its pod is gone. */
  update(container: LogContainer | undefined): void {
    if (container) this.container = container;
    this.#gone = container === undefined;
    if (this.state === "WAITING" && this.message !== this.container.message)
      this.#set("WAITING", this.container.message);
    this.#wake?.();
  }

  /** Never rejects. */
  async run(): Promise<void> {
    const { signal, settings, buffer } = this.#parts;
    try {
      if (!settings.follow || settings.previous) await this.#readOnce();
      else await this.#follow();
      this.#set("ENDED", undefined);
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
    buffer.closed = true;
    this.#parts.onChange();
  }

  async #readOnce(): Promise<void> {
    const { previous } = this.#parts.settings;
    if (previous ? !this.container.hasPrevious : this.container.phase === "WAITING") return;
    await this.#patiently(() => this.#read({ follow: false, previous }));
  }

  async #follow(): Promise<void> {
    const { signal } = this.#parts;
    while (!signal.aborted && !this.#gone) {
      const { phase, restarts } = this.container;
      if (phase === "WAITING" || this.#readRun === restarts) {
        if (this.#readRun === restarts) this.#set("ENDED", undefined);
        await this.#changed(undefined);
        continue;
      }
      if (this.#run !== undefined && restarts === this.#run + 1)
        await this.#patiently(() => this.#read({ follow: false, previous: true })).catch(() => undefined);
      this.#run = restarts;
      await this.#patiently(() => this.#read({ follow: phase === "RUNNING", previous: false }));
      if (phase === "ENDED") this.#readRun = restarts;
      // The log ends before the pod's status says so.
      else if (this.container.phase === "RUNNING" && this.container.restarts === restarts)
        await this.#changed(firstDelayMs * 2);
    }
  }

  /** Tries again what a lost connection broke, from the cursor on. */
  async #patiently(read: () => Promise<void>): Promise<void> {
    const { signal } = this.#parts;
    for (;;) {
      try {
        return await read();
      } catch (error) {
        if (signal.aborted || this.#isFinal(error) || this.#failures + 1 >= this.#parts.settings.attempts)
          throw error;
        if (this.#gone && (error instanceof NotFoundError || this.#failures > 3)) return;
        this.#set("RECONNECTING", error instanceof Error ? error.message : undefined);
        const capped = Math.min(firstDelayMs * 2 ** this.#failures++, longestDelayMs);
        await delay(capped * (0.5 + Math.random() / 2), undefined, { signal });
      }
    }
  }

  async #read({ follow, previous }: { follow: boolean; previous: boolean }): Promise<void> {
    const { kube, cursor, settings, buffer } = this.#parts;
    const { namespace, pod, container } = this.container;
    const { since } = cursor;
    const stop = this.#stopper();
    try {
      const body = await kube.logs(
        { namespace, name: pod },
        {
          ...(since === undefined ? settings.first : { sinceTime: since }),
          container,
          follow,
          previous,
          timestamps: true,
          signal: stop.signal,
        },
      );
      this.#failures = 0;
      this.#set("LIVE", undefined);
      buffer.activeAt = performance.now();
      // What was written meanwhile is history, however live the log was before.
      buffer.caughtUp = false;
      const rest = await this.#take(body as AsyncIterable<Buffer>, stop.signal);
      // A follower's unfinished last line may only be cut off; the read after this one brings it whole.
      if (!follow) for (const line of rest.lines.end()) this.#keep(line, rest.skip);
    } finally {
      stop.clear();
    }
  }

  async #take(body: AsyncIterable<Buffer>, signal: AbortSignal): Promise<{ lines: LogLines; skip: Skip }> {
    const { buffer, cursor, settings, onChange } = this.#parts;
    const lines = new LogLines(settings.longestLine);
    const skip = new Skip(cursor);
    for await (const chunk of body) {
      const now = performance.now();
      if (settings.follow && now - buffer.activeAt > settings.quietMs) buffer.caughtUp = true;
      buffer.activeAt = now;
      for (const line of lines.push(chunk)) this.#keep(line, skip);
      onChange();
      await buffer.room(signal);
    }
    return { lines, skip };
  }

  #keep(line: LogLine, skip: Skip): void {
    const { buffer, cursor } = this.#parts;
    const timed = { time: normalTime(line.time) || cursor.time, text: line.text };
    if (skip.has(timed)) return;
    cursor.advance(timed);
    buffer.push(timed);
  }

  #isFinal(error: unknown): boolean {
    // A container that just ended or began may not be ready to be read, and a pod may have gone; who follows waits to be told.
    const { follow, previous } = this.#parts.settings;
    if (error instanceof InvalidError || error instanceof NotFoundError) return !follow || previous;
    return error instanceof ForbiddenError || error instanceof UnauthorizedError;
  }

  /** Ends a read with the subscription, or some time after the container is gone. */
  #stopper(): { signal: AbortSignal; clear: () => void } {
    const own = new AbortController();
    const timer = setInterval(() => {
      if (this.#gone) timers.push(setTimeout(() => own.abort(), lastWordsMs).unref());
    }, 1000).unref();
    const timers: NodeJS.Timeout[] = [];
    return {
      signal: AbortSignal.any([this.#parts.signal, own.signal]),
      clear: () => {
        clearInterval(timer);
        for (const one of timers) clearTimeout(one);
      },
    };
  }

  /** Settles at the next update, or after so long. */
  async #changed(limitMs: number | undefined): Promise<void> {
    const { signal } = this.#parts;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      signal.addEventListener("abort", () => resolve(), { once: true });
      if (limitMs !== undefined) setTimeout(resolve, limitMs);
    });
    this.#wake = undefined;
  }

  #fail(error: unknown): void {
    this.failure = error;
    this.#set("FAILED", error instanceof Error ? error.message : String(error));
  }

  #set(state: StreamState, message: string | undefined): void {
    if (state === this.state && message === this.message) return;
    this.state = state;
    this.message = message;
    this.#parts.onChange();
  }
}
