import { type KubeResponse, SilenceError } from "./connection.ts";
import { toApiError, unreachable } from "./errors.ts";
import type { KubeObject } from "./objects.ts";

export interface WatchEvent<T extends KubeObject = KubeObject> {
  type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK";
  object: T;
  /** The line as it was written: numbers keep digits that JavaScript has no room for. */
  text: string;
}

const eventTypes = new Set(["ADDED", "MODIFIED", "DELETED", "BOOKMARK"]);
/** etcd takes 1.5 MiB per object; a Table event may hold a little more. */
const longestLine = 16 * 1024 * 1024;

/**
 * Parses a watch stream. An ERROR event is thrown as its ApiError; anything malformed as a MalformedWatchError, so that the reader lists
 * anew. It ends when the server ends it, or when nothing came for so long that the connection may be dead: the reader opens another.
 */
export async function* readWatch<T extends KubeObject>(
  open: () => Promise<KubeResponse>,
): AsyncGenerator<WatchEvent<T>> {
  const { body } = await open();
  try {
    for await (const line of lines(body)) yield parseEvent<T>(line);
  } catch (error) {
    if (error instanceof SilenceError) return;
    throw (error as NodeJS.ErrnoException).code ? unreachable(error) : error;
  } finally {
    body.destroy();
  }
}

export class MalformedWatchError extends Error {
  override name = "MalformedWatchError";
}

function parseEvent<T extends KubeObject>(line: string): WatchEvent<T> {
  let event: { type: string; object: T & { code?: number } };
  try {
    event = JSON.parse(line) as typeof event;
  } catch (cause) {
    throw new MalformedWatchError(`the watch sent a line that is not JSON (${line.length} characters)`, {
      cause,
    });
  }
  if (event.type === "ERROR") throw toApiError(event.object?.code ?? 500, JSON.stringify(event.object));
  if (!eventTypes.has(event.type) || typeof event.object !== "object" || event.object === null) {
    throw new MalformedWatchError(`the watch sent an event of unknown type "${event.type}"`);
  }
  return { type: event.type, object: event.object, text: line } as WatchEvent<T>;
}

/** Splits on bytes, so that a character cut by a chunk's end stays whole. */
async function* lines(body: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      const line = Buffer.concat([...rest, chunk.subarray(start, end)]).toString("utf8");
      rest = [];
      size = 0;
      start = end + 1;
      if (line.trim()) yield line;
    }
    if (start < chunk.length) {
      rest.push(chunk.subarray(start));
      size += chunk.length - start;
      if (size > longestLine)
        throw new MalformedWatchError(`the watch sent a line over ${longestLine} bytes`);
    }
  }
  // A cut last line is no event: the stream ended in the middle of it.
  if (size > 0) throw new MalformedWatchError("the watch ended in the middle of a line");
}
