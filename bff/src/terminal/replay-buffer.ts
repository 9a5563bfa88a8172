/** The newest output of a terminal, by its place in the whole output: what a browser that comes back has missed. */
export class ReplayBuffer {
  readonly #limit: number;
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** Bytes that were ever written. */
  written = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    this.written += chunk.length;
    while (this.#bytes > this.#limit && this.#chunks.length > 1)
      this.#bytes -= this.#chunks.shift()?.length ?? 0;
  }

  /** What came after so many bytes; `from` is later than asked for when the beginning is forgotten. */
  since(received: number): { from: number; bytes: Buffer } {
    const start = this.written - this.#bytes;
    const from = Math.min(Math.max(received, start), this.written);
    return { from, bytes: Buffer.concat(this.#chunks).subarray(from - start) };
  }
}
