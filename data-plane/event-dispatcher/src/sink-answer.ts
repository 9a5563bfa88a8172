import type { IncomingMessage } from "node:http";

/** What came of one call. */
export interface SinkAnswer {
  /** HTTP status; 0 when the sink gave none. */
  status: number;
  /** The first KiB of the body, printable; or a sentence why there is no answer. */
  text: string;
  /** As the sink wrote it. */
  retryAfter: string | undefined;
  /** Why there is no answer: no connection, too late, not a sink that may be called, or given up by this process. */
  failure: SinkFailure | undefined;
  durationMs: number;
}

export type SinkFailure = "connection" | "timeout" | "rejected" | "abandoned";
/** An answer but for the time that it took. */
export type UntimedAnswer = Omit<SinkAnswer, "durationMs">;

/** What is kept of a body. */
const keptBytes = 1024;
/** A longer body is not read to its end only to use the connection again. */
const drainedBytes = 64 * 1024;
/** RFC 9209: with it a proxy says that the answer is its own, because there was none from the target. */
const proxyError = /;\s*error=/;

/** Reads the body as far as it is of use. The status counts even when the body breaks off. */
export function readAnswer(response: IncomingMessage, done: (answer: UntimedAnswer) => void): void {
  const kept: Buffer[] = [];
  let size = 0;
  response.on("data", (chunk: Buffer) => {
    if (size < keptBytes) kept.push(chunk.subarray(0, keptBytes - size));
    size += chunk.length;
    if (size > drainedBytes) response.destroy();
  });
  response.on("error", () => undefined);
  response.once("close", () => {
    const text = kept.length === 0 ? "" : printable(Buffer.concat(kept).toString("utf8"));
    const { statusCode = 0, headers } = response;
    const byProxy = headers["proxy-status"];
    if (typeof byProxy === "string" && proxyError.test(byProxy)) done(failed("connection", text));
    else done({ status: statusCode, text, retryAfter: headers["retry-after"], failure: undefined });
  });
}

export function failed(failure: SinkFailure, text: string): UntimedAnswer {
  return { status: 0, text, retryAfter: undefined, failure };
}

/** Why a host could not be called, as a sentence. Pure. */
export function describeConnectionError(error: NodeJS.ErrnoException, host: string): string {
  const sentences: Record<string, string> = {
    ECONNREFUSED: `${host} refuses connections`,
    ECONNRESET: `${host} ended the connection without an answer`,
    EPIPE: `${host} ended the connection without an answer`,
    ENOTFOUND: `the host ${host} is not known`,
    EAI_AGAIN: `the host ${host} is not known at the moment`,
    ETIMEDOUT: `no connection to ${host}`,
    EHOSTUNREACH: `no way to ${host}`,
  };
  const { code = "" } = error;
  return sentences[code] ?? `the call of ${host} failed: ${error.message}${code && ` (${code})`}`;
}

/** Fit for a header and a terminal: no control characters, no half of a character at the end. Pure. */
export function printable(text: string): string {
  return text
    .replace(/\uFFFD$/, "")
    .replace(/\p{Cc}+/gu, " ")
    .trim();
}
