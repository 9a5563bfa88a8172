interface Batch {
  streams: { index: number; pod: string; container: string }[];
  sources: number[];
  texts: string[];
}

/** Reads the messages that a log page gets, and whether the numbered lines of each container came one after the other. */
export class LogTally {
  readonly #last = new Map<number, number>();
  #lines = 0;
  #lost = 0;

  take(frame: string): void {
    const message = JSON.parse(frame) as { payload?: { data?: { logs?: Batch } } };
    const batch = message.payload?.data?.logs;
    if (!batch) return;
    for (const [index, text] of batch.texts.entries()) this.#line(batch.sources[index] ?? -1, text);
  }

  /** Counts from here on. */
  begin(): void {
    this.#lines = 0;
    this.#lost = 0;
  }

  end(): { lines: number; lost: number; streams: number } {
    return { lines: this.#lines, lost: this.#lost, streams: this.#last.size };
  }

  #line(stream: number, text: string): void {
    const number = Number(/^line (\d+) /.exec(text)?.[1]);
    const last = this.#last.get(stream);
    this.#lines += 1;
    if (last !== undefined && number !== last + 1) this.#lost += Math.abs(number - last - 1);
    this.#last.set(stream, number);
  }
}
