import { createHash } from "node:crypto";
import { badInput } from "../graphql/errors.ts";
import type { LogLine } from "../resources/log-lines.ts";

/** RFC 3339 in UTC with nine digits of fraction, so that times compare as text. A text that is no time comes back as it is. Pure. */
export function normalTime(time: string): string {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(time);
  if (!match) return time;
  const [, seconds = "", fraction = "", zone = "Z"] = match;
  const whole =
    zone === "Z"
      ? seconds
      : new Date(`${seconds}${zone}`).toISOString().slice(0, "2026-01-01T00:00:00".length);
  return `${whole}.${fraction.padEnd(9, "0")}Z`;
}

/**
 * How far one container's log was read. Kubelets take "since" in whole seconds only, so what was read of the last second is counted: the
 * log is read again from that second on, and so many lines are left out. That stays right for lines of equal or disordered times.
 */
export class Cursor {
  /** The newest time seen; empty before the first line. */
  time = "";
  /** Lines seen whose time is in the second of `time` or later. */
  count = 0;
  /** Set while the first line seen (of a tail) is in that second: lines before it were never asked for. */
  anchor = "";
  readonly #tailed: boolean;

  constructor(options: { tailed?: boolean } = {}) {
    this.#tailed = options.tailed ?? false;
  }

  /** RFC 3339, whole seconds; undefined before the first line. */
  get since(): string | undefined {
    return this.time === "" ? undefined : `${this.time.slice(0, 19)}Z`;
  }

  advance(line: LogLine): void {
    if (this.time === "" && this.#tailed) this.anchor = fingerprint(line);
    if (line.time.slice(0, 19) > this.time.slice(0, 19)) {
      if (this.count > 0) this.anchor = "";
      this.count = 0;
    }
    if (line.time.slice(0, 19) >= this.time.slice(0, 19)) this.count += 1;
    if (line.time > this.time) this.time = line.time;
  }

  copy(): Cursor {
    const copy = new Cursor({ tailed: this.#tailed });
    copy.time = this.time;
    copy.count = this.count;
    copy.anchor = this.anchor;
    return copy;
  }

  toText(): string {
    return [this.time, this.count, this.anchor].join(" ");
  }

  /** Before anything that is logged from the second of this moment on. */
  static at(moment: Date): Cursor {
    const cursor = new Cursor();
    cursor.time = `${moment.toISOString().slice(0, 19)}.000000000Z`;
    return cursor;
  }

  /** BAD_INPUT when the text is none of ours. */
  static parse(text: string): Cursor {
    const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z) (\d{1,12}) ([\w-]{0,16})$/.exec(text);
    if (!match) throw badInput("a cursor of `resume` cannot be read");
    const cursor = new Cursor();
    cursor.time = match[1] ?? "";
    cursor.count = Number(match[2]);
    cursor.anchor = match[3] ?? "";
    return cursor;
  }
}

/** Leaves out what was read before; made anew for each time that the log is opened again. */
export class Skip {
  readonly #until: string;
  #left: number;
  #anchor: string;

  constructor(cursor: Cursor) {
    this.#until = cursor.time;
    this.#left = cursor.count;
    this.#anchor = cursor.anchor;
  }

  /** Was this line, the next of the log, read before? */
  has(line: LogLine): boolean {
    // A rotated log may have lost lines that were counted: a newer one is never left out.
    if (this.#left > 0 && line.time > this.#until) this.#left = 0;
    if (this.#left === 0) return false;
    if (this.#anchor !== "") {
      if (fingerprint(line) !== this.#anchor) return true;
      this.#anchor = "";
    }
    this.#left -= 1;
    return true;
  }
}

function fingerprint({ time, text }: LogLine): string {
  return createHash("sha1").update(time).update(" ").update(text).digest("base64url").slice(0, 12);
}
