import type { LogLine } from "../resources/log-lines.ts";
import type { Cursor } from "./cursor.ts";

/** Lines of one stream that wait to be merged: a queue with a limit in bytes. */
export class LineBuffer {
  /** Where the reader of the merged log stands: after what was taken or dropped. */
  readonly cursor: Cursor;
  /** Lines dropped so far. */
  dropped = 0;
  /** When bytes last came or the log was opened, on performance.now()'s clock. */
  activeAt = performance.now();
  /** Nothing more will come. */
  closed = false;
  /** The end of the log was reached once: from then on a full buffer drops its oldest lines, so that what is shown stays live. */
  caughtUp = false;
  readonly #limit: () => number;
  #lines: LogLine[] = [];
  #head = 0;
  #bytes = 0;
  #makeRoom: (() => void) | undefined;

  constructor(limit: () => number, cursor: Cursor) {
    this.#limit = limit;
    this.cursor = cursor;
  }

  get size(): number {
    return this.#lines.length - this.#head;
  }

  get first(): LogLine | undefined {
    return this.#lines[this.#head];
  }

  push(line: LogLine): void {
    this.#lines.push(line);
    this.#bytes += cost(line);
    while (this.caughtUp && this.#bytes > this.#limit() && this.size > 1) {
      this.take();
      this.dropped += 1;
    }
  }

  take(): LogLine | undefined {
    const line = this.#lines[this.#head];
    if (!line) return undefined;
    this.#head += 1;
    this.#bytes -= cost(line);
    this.cursor.advance(line);
    if (this.#head > 1024 && this.#head * 2 > this.#lines.length) {
      this.#lines = this.#lines.slice(this.#head);
      this.#head = 0;
    }
    if (this.#bytes <= this.#limit() / 2) this.#resume();
    return line;
  }

  /** Settles when there is room: who reads a history faster than it is shown has to wait. */
  async room(signal: AbortSignal): Promise<void> {
    if (this.#bytes <= this.#limit() || this.caughtUp || signal.aborted) return;
    await new Promise<void>((resolve) => {
      this.#makeRoom = resolve;
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    this.activeAt = performance.now();
  }

  #resume(): void {
    this.#makeRoom?.();
    this.#makeRoom = undefined;
  }
}

function cost({ text }: LogLine): number {
  return 100 + text.length;
}
