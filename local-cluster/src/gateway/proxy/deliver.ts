import type { IncomingMessage, ServerResponse } from "node:http";
import type { Dispatcher } from "undici";
import { PrivateAddressError } from "@kyma/eventing/public-addresses.ts";
import type { ResponseChange } from "./exchange.ts";
import { responseHeaders, type HeaderList } from "./headers.ts";
import { hasBody } from "./request-checks.ts";

/** A request to be sent on, with everything decided. */
export interface Dispatch {
  method: string;
  target: string;
  headers: HeaderList;
  timeoutMs: number;
  change: ResponseChange;
  dispatcher: Dispatcher;
  origin: string;
  /** Where else to send it after a refused connection; undefined when there is nowhere. */
  another(): Pick<Dispatch, "dispatcher" | "origin"> | undefined;
}

/** Sends a request on and streams the answer back, each side at the other's pace. `done` gets the status that the caller saw. */
export function deliver(
  request: IncomingMessage,
  response: ServerResponse,
  dispatch: Dispatch,
  done: (status: number) => void,
): void {
  new Delivery(request, response, dispatch, done).send(dispatch);
}

class Delivery implements Dispatcher.DispatchHandler {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #dispatch: Dispatch;
  readonly #done: (status: number) => void;
  readonly #withBody: boolean;
  #controller: Dispatcher.DispatchController | undefined;
  #timer: NodeJS.Timeout | undefined;
  #timedOut = false;
  #wroteBody = false;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    dispatch: Dispatch,
    done: (status: number) => void,
  ) {
    this.#request = request;
    this.#response = response;
    this.#dispatch = dispatch;
    this.#done = done;
    this.#withBody = hasBody(request);
    response.on("close", () => this.#closed());
    response.on("error", () => response.destroy());
    if (!this.#withBody) this.#startTimer();
    else request.once("end", () => this.#startTimer());
  }

  send({ dispatcher, origin }: Pick<Dispatch, "dispatcher" | "origin">): void {
    const { method, target, headers } = this.#dispatch;
    // An iterator, not the stream itself: undici destroys streams, and with it the caller's connection, when an answer comes early.
    const body = this.#withBody ? this.#request.iterator({ destroyOnReturn: false }) : null;
    try {
      dispatcher.dispatch(
        {
          origin,
          path: target,
          method,
          headers,
          body: body as unknown as Dispatcher.DispatchOptions["body"] & {},
        },
        this,
      );
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#response.destroyed || this.#response.writableEnded)
      controller.abort(new Error("the caller is gone"));
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    if (status < 200) return;
    const raw = (controller.rawHeaders ?? []) as (Buffer | string)[];
    const headers = this.#dispatch.change(responseHeaders(raw));
    if (this.#withBody && !this.#request.complete) headers.push("connection", "close");
    this.#response.writeHead(status, headers);
    // Headers of an answer whose body is still to come must not wait for it.
    process.nextTick(() => {
      if (!this.#wroteBody && !this.#response.writableEnded) this.#response.flushHeaders();
    });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#wroteBody = true;
    if (this.#response.write(chunk) || this.#response.destroyed) return;
    controller.pause();
    this.#response.once("drain", () => controller.resume());
  }

  onResponseEnd(): void {
    this.#response.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  #fail(error: Error & { code?: string }): void {
    // Nothing has been sent when the connection was refused, and only then.
    const other =
      error.code === "ECONNREFUSED" && !this.#response.destroyed ? this.#dispatch.another() : undefined;
    if (other) return this.send(other);
    if (this.#response.headersSent) return void this.#response.destroy();
    const [status, text] = this.#timedOut
      ? ([504, "upstream request timeout"] as const)
      : failureAnswer(error);
    const headers = [
      "content-type",
      "text/plain; charset=utf-8",
      "content-length",
      String(Buffer.byteLength(text)),
    ];
    if (this.#withBody && !this.#request.complete) headers.push("connection", "close");
    this.#response.writeHead(status, this.#dispatch.change(headers));
    this.#response.end(text);
  }

  #startTimer(): void {
    if (this.#dispatch.timeoutMs <= 0) return;
    this.#timer = setTimeout(() => {
      this.#timedOut = true;
      const timeout = new Error("upstream request timeout");
      if (this.#controller) this.#controller.abort(timeout);
      else this.#fail(timeout);
    }, this.#dispatch.timeoutMs);
  }

  #closed(): void {
    clearTimeout(this.#timer);
    // 499 as nginx counts it: the caller left before there was an answer.
    const status = this.#response.headersSent ? this.#response.statusCode : 499;
    if (!this.#response.writableFinished) this.#controller?.abort(new Error("the caller is gone"));
    this.#done(status);
  }
}

/** Status and text for a request that could not be delivered, in Envoy's words. */
export function failureAnswer(error: Error & { code?: string }): readonly [number, string] {
  if (error instanceof PrivateAddressError) return [403, error.message];
  if (isProtocolError(error)) return [502, "upstream protocol error"];
  if (error.code === "ECONNREFUSED") return [503, "no healthy upstream"];
  return [503, "upstream connect error or disconnect/reset before headers"];
}

function isProtocolError({ code = "", name }: Error & { code?: string }): boolean {
  return (
    code.startsWith("HPE_") || name === "HTTPParserError" || code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH"
  );
}
