export interface LogLine {
  /** RFC 3339, from the API server; empty when a line came without one. */
  time: string;
  text: string;
}

const mebibyte = 1024 * 1024;
const newline = 0x0a;

/** Splits a container's log into lines, on bytes so that no character is cut; a longer line is cut (by default at 1 MiB) and says so. */
export class LogLines {
  readonly #longest: number;
  #rest: Buffer[] = [];
  #restLength = 0;
  #dropped = 0;

  constructor(longest = mebibyte) {
    this.#longest = longest;
  }

  /** The lines that this chunk completes. */
  push(chunk: Buffer): LogLine[] {
    const lines: LogLine[] = [];
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      this.#keep(chunk.subarray(from, end));
      lines.push(this.#complete());
      from = end + 1;
    }
    this.#keep(chunk.subarray(from));
    return lines;
  }

  /** What is left when the log ends without a line feed. */
  end(): LogLine[] {
    return this.#restLength > 0 ? [this.#complete()] : [];
  }

  #keep(part: Buffer): void {
    const room = this.#longest - this.#restLength;
    this.#dropped += Math.max(0, part.length - room);
    const kept = part.subarray(0, Math.max(0, room));
    if (kept.length === 0) return;
    // Copied, as the chunk's memory may be much larger than the part.
    this.#rest.push(Buffer.from(kept));
    this.#restLength += kept.length;
  }

  #complete(): LogLine {
    const text = Buffer.concat(this.#rest).toString("utf8");
    const dropped = this.#dropped;
    this.#rest = [];
    this.#restLength = 0;
    this.#dropped = 0;
    const line = parseLine(text.replace(/\r$/, ""));
    return dropped === 0
      ? line
      : { ...line, text: `${line.text.replace(/\uFFFD$/, "")}… (${dropped} bytes left out)` };
  }
}

function parseLine(line: string): LogLine {
  const space = line.indexOf(" ");
  const time = line.slice(0, space < 0 ? undefined : space);
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(time)) return { time: "", text: line };
  return { time, text: space < 0 ? "" : line.slice(space + 1) };
}
