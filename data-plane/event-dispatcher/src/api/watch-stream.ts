import type { ServerResponse } from "node:http";
import { deliveryVersion, type Bookmark } from "@kyma/eventing/delivery-objects.ts";
import { objectText, withMember } from "./representation.ts";
import type { Resource, ServedObject } from "./resource.ts";

const bookmarkEveryMs = 30_000;
/** What was left out is told so soon. */
const droppedToldAfterMs = 1000;
/** Bytes that may wait for a slow reader; what comes beyond is left out. */
const largestBacklog = 256 * 1024;
/** A reader that does not take the end is cut off. */
const endWithinMs = 5000;
/** Watches end after this time, as those of the API server do; the reader opens another. */
const longestMs = 60 * 60_000;

/**
 * The answer to a watch: JSON lines `{type, object}` until the reader goes, the time is over or the server ends. It holds back at most
 * 256 KiB for a slow reader. Bookmarks show that the connection lives and count what was left out.
 */
export class WatchStream {
  readonly #response: ServerResponse;
  readonly #resource: Pick<Resource, "kind" | "write">;
  readonly #timers: NodeJS.Timeout[];
  #dropped = 0;
  #lastBookmark = Date.now();
  #onEnd: (() => void)[] = [];

  constructor(response: ServerResponse, resource: Pick<Resource, "kind" | "write">, timeoutMs = longestMs) {
    this.#response = response;
    this.#resource = resource;
    this.#timers = [
      setInterval(() => this.#tick(), droppedToldAfterMs),
      setTimeout(() => this.end(), Math.min(timeoutMs, longestMs)),
    ];
    response.once("close", () => this.#ended());
    response.on("error", () => undefined);
    response.writeHead(200, { "content-type": "application/json", "x-content-type-options": "nosniff" });
    response.flushHeaders();
  }

  /** Called once, when the stream has ended. */
  onEnd(listener: () => void): void {
    this.#onEnd.push(listener);
  }

  /** Whether the reader takes what is sent; if not, `add` only counts. */
  get hasRoom(): boolean {
    const { writableEnded, destroyed, writableLength } = this.#response;
    return !writableEnded && !destroyed && writableLength < largestBacklog;
  }

  add(object: ServedObject): void {
    if (!this.hasRoom) return this.drop();
    const text = objectText(object, this.#resource);
    this.#response.write(`${withMember({ type: "ADDED" }, "object", text)}\n`);
  }

  /** Counts an object that is left out. */
  drop(): void {
    this.#dropped++;
  }

  end(): void {
    this.#response.end();
    setTimeout(() => this.#response.destroy(), endWithinMs).unref();
  }

  #tick(): void {
    const quietMs = Date.now() - this.#lastBookmark;
    if (!this.hasRoom || (this.#dropped === 0 && quietMs < bookmarkEveryMs)) return;
    const object: Bookmark = {
      kind: this.#resource.kind,
      apiVersion: deliveryVersion,
      metadata: { name: "", resourceVersion: "1" },
      dropped: this.#dropped,
    };
    this.#dropped = 0;
    this.#lastBookmark = Date.now();
    this.#response.write(`${JSON.stringify({ type: "BOOKMARK", object })}\n`);
  }

  #ended(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const listener of this.#onEnd.splice(0)) listener();
  }
}
