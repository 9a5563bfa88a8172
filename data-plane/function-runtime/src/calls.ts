import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { allowAnyOrigin, sendFailure } from "./answer.ts";
import type { CallMetrics } from "./metrics.ts";
import { writeStderr } from "./termination.ts";
import type { Watchdog } from "./watchdog.ts";

/** One call of the Function, from the moment its body is read to the moment its answer is complete. */
export interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  /** The parsed body; undefined if there is none. */
  body: unknown;
  owner: CallOwner;
  /** `performance.now()` at the start. */
  startedAt: number;
  /** Where the watchdog sees this call, or -1. */
  slot: number;
  isOpen: boolean;
  isAwaited: boolean;
  /** True while nothing but our own code can have set a header, so that the answer's head can be written in one go. */
  hasPlainHead: boolean;
  previous: Call | undefined;
  next: Call | undefined;
}

/** What a call's event asks of the server. */
export interface CallOwner {
  readonly publisherAddress: string;
  /** The Function's use of `extensions` went wrong. */
  onExtensionError(call: Call, error: unknown): void;
  /** The Function itself sends the first part of an answer. */
  onBegin(call: Call): void;
}

/**
 * The calls that are being handled. Those that last beyond one turn of the event loop are kept in the order
 * of their start, which is also that of their deadlines: one timer, for the oldest, is enough for all.
 */
export class Calls {
  readonly #metrics: CallMetrics;
  readonly #watchdog: Watchdog;
  readonly #timeoutMilliseconds: number;
  #oldest: Call | undefined;
  #newest: Call | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(metrics: CallMetrics, watchdog: Watchdog, timeoutMilliseconds: number) {
    this.#metrics = metrics;
    this.#watchdog = watchdog;
    this.#timeoutMilliseconds = timeoutMilliseconds;
  }

  /** Begins a call; `close` must follow. */
  open(request: IncomingMessage, response: ServerResponse, body: unknown, owner: CallOwner): Call {
    const startedAt = performance.now();
    const slot = this.#watchdog.enter(request, startedAt);
    this.#metrics.countCall();
    return {
      request,
      response,
      body,
      owner,
      startedAt,
      slot,
      isOpen: true,
      isAwaited: false,
      hasPlainHead: true,
      previous: undefined,
      next: undefined,
    };
  }

  /** Watches a call that is not complete when the Function has returned. */
  await(call: Call): void {
    if (call.isAwaited) return;
    call.isAwaited = true;
    call.previous = this.#newest;
    if (this.#newest === undefined) this.#oldest = call;
    else this.#newest.next = call;
    this.#newest = call;
    if (this.#timer === undefined) this.#arm(this.#timeoutMilliseconds);
  }

  /** Ends a call whose answer is complete, failed or given up. */
  close(call: Call): void {
    if (!call.isOpen) return;
    call.isOpen = false;
    this.#watchdog.leave(call.slot);
    this.#metrics.observe(performance.now() - call.startedAt);
    if (call.previous !== undefined) call.previous.next = call.next;
    else if (this.#oldest === call) this.#oldest = call.next;
    if (call.next !== undefined) call.next.previous = call.previous;
    else if (this.#newest === call) this.#newest = call.previous;
  }

  /** Answers 500, logs the error under the request's id and ends the call. */
  fail(call: Call, error: unknown): void {
    if (!call.isOpen) return;
    this.#metrics.countFailure();
    const id = requestId(call.request);
    writeStderr(`${describeRequest(call.request)} (request ${id}) failed: ${describeError(error)}`);
    sendFailure(call.response, 500, typeof error === "string" ? error : "Internal server error", id);
    this.close(call);
  }

  /** Answers all open calls 500, because the process is about to end. */
  failAll(): void {
    for (let call = this.#oldest; call !== undefined; call = this.#oldest) {
      sendFailure(call.response, 500, "Internal server error", requestId(call.request));
      this.close(call);
    }
  }

  #arm(milliseconds: number): void {
    this.#timer = setTimeout(() => this.#endOverdue(), Math.max(1, Math.ceil(milliseconds)));
    this.#timer.unref();
  }

  #endOverdue(): void {
    this.#timer = undefined;
    const now = performance.now();
    let call = this.#oldest;
    while (call !== undefined && now - call.startedAt >= this.#timeoutMilliseconds) {
      this.#timeOut(call);
      call = this.#oldest;
    }
    if (call !== undefined) this.#arm(this.#timeoutMilliseconds - (now - call.startedAt));
  }

  #timeOut(call: Call): void {
    this.#metrics.countFailure();
    const seconds = this.#timeoutMilliseconds / 1000;
    const id = requestId(call.request);
    writeStderr(
      `${describeRequest(call.request)} (request ${id}) took longer than ${seconds} s (FUNC_TIMEOUT).`,
    );
    sendFailure(call.response, 408, `The Function did not answer within ${seconds} seconds.`, id);
    this.close(call);
  }
}

/** Gives up on writing the head in one go, before the Function can set a header. */
export function prepareHead(call: Call): void {
  if (!call.hasPlainHead) return;
  call.hasPlainHead = false;
  allowAnyOrigin(call.response);
}

/** The caller's X-Request-Id where it is fit for a log, else a new one. */
export function requestId(request: IncomingMessage): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}

/** Method and path. The query is left out, because it may hold secrets. */
export function describeRequest(request: IncomingMessage): string {
  return `${request.method} ${(request.url ?? "").split("?")[0]?.slice(0, 200)}`;
}

function describeError(error: unknown): string {
  if (error instanceof Error) return error.stack ?? `${error.name}: ${error.message}`;
  try {
    return typeof error === "string" ? error : (JSON.stringify(error) ?? String(error));
  } catch {
    return Object.prototype.toString.call(error);
  }
}
