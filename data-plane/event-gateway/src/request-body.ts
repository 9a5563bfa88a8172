import type { IncomingMessage } from "node:http";
import { Refusal } from "./answer.ts";

export interface BodyLimits {
  /** Of one body, bytes. */
  one: number;
  /** Of all bodies that are under way at the same time, bytes. */
  all: number;
}

/** The client went away, or was too slow, before it had sent everything: there is nobody to answer. */
export class BodyAbortedError extends Error {
  override name = "BodyAbortedError";
}

/** Reads bodies whole, and bounds what they take of the memory together. */
export class RequestBodies {
  readonly #limits: BodyLimits;
  #held = 0;

  constructor(limits: BodyLimits) {
    this.#limits = limits;
  }

  /** Reads nothing of a body that says itself that it is too large. */
  declaresTooMuch(request: IncomingMessage): boolean {
    return Number(request.headers["content-length"] ?? 0) > this.#limits.one;
  }

  /** To be released after use. Rejects with a Refusal (413 or 503) or a BodyAbortedError. */
  read(request: IncomingMessage): Promise<Buffer> {
    if (this.declaresTooMuch(request)) return Promise.reject(this.#tooLarge());
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const stop = (): void => void request.off("data", take).off("end", finish).off("close", abort);
      const fail = (error: Error): void => {
        stop();
        this.#held -= size;
        reject(error);
      };
      const take = (chunk: Buffer): void => {
        chunks.push(chunk);
        size += chunk.length;
        this.#held += chunk.length;
        if (size > this.#limits.one) fail(this.#tooLarge());
        else if (this.#held > this.#limits.all) fail(overloaded());
      };
      const finish = (): void => {
        stop();
        resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
      };
      const abort = (): void => fail(new BodyAbortedError("the client sent no whole body"));
      request.on("data", take).once("end", finish).once("close", abort);
      request.on("error", () => undefined);
    });
  }

  release(body: Buffer): void {
    this.#held -= body.length;
  }

  #tooLarge(): Refusal {
    return new Refusal(413, `the body is larger than ${this.#limits.one} bytes`);
  }
}

function overloaded(): Refusal {
  return new Refusal(503, "too many events are under way: send the event again later");
}
