import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { allowAnyOrigin, refuseBody, sendFailure, sendPlainResult, sendResult, sendText } from "./answer.ts";
import { Calls, describeRequest, prepareHead, requestId, type Call, type CallOwner } from "./calls.ts";
import type { RuntimeConfig } from "./config.ts";
import { FunctionEvent } from "./function-event.ts";
import type { Main } from "./handler.ts";
import { CallMetrics, renderProcessMetrics } from "./metrics.ts";
import { hasBody, readBody, refuseAnnouncedLength } from "./request-body.ts";
import { logRequest } from "./request-log.ts";
import { writeStderr } from "./termination.ts";
import { Watchdog } from "./watchdog.ts";

/** Not imported: that would load undici for `http.WebSocket`, 13 MB and 50 ms that most Functions never need. */
const http = process.getBuiltinModule("node:http");

/** Idle connections outlive those of the gateways in front, so that these never send into a closing one. */
const keepAliveMilliseconds = 75_000;

/** The HTTP server of one Function. It answers 500 until `main` is set, and is healthy while `isReady`. */
export class FunctionServer implements CallOwner {
  readonly publisherAddress: string;
  readonly http: Server;
  readonly calls: Calls;
  readonly watchdog = new Watchdog();
  main: Main | undefined;
  isReady = false;
  /** Answers close their connections from now on. */
  isEnding = false;
  readonly #config: RuntimeConfig;
  readonly #metrics = new CallMetrics();
  readonly #bodyLimit: number;

  constructor(config: RuntimeConfig) {
    this.#config = config;
    this.publisherAddress = config.publisherAddress;
    this.#bodyLimit = Math.floor(config.bodyLimitMegabytes * 1_048_576);
    this.calls = new Calls(this.#metrics, this.watchdog, config.timeoutSeconds * 1000);
    this.http = http.createServer({ keepAliveTimeout: keepAliveMilliseconds });
    this.http.on("connection", (socket) => this.watchdog.connect(socket));
    this.http.on("request", (request, response) => this.#onRequest(request, response));
    this.http.on("checkContinue", (request, response) => {
      if (refuseAnnouncedLength(request, this.#bodyLimit) === undefined) response.writeContinue();
      this.#onRequest(request, response);
    });
  }

  #onRequest(request: IncomingMessage, response: ServerResponse): void {
    if (this.isEnding) response.shouldKeepAlive = false;
    if (this.#config.logRequests) logRequest(request, response);
    if (this.#answerItself(request, response)) return;
    if (!hasBody(request)) return this.#call(request, response, undefined);
    readBody(
      request,
      response,
      this.#bodyLimit,
      (body) => this.#call(request, response, body),
      ({ status, sentence }) => refuseBody(request, response, status, sentence),
    );
  }

  /** Answers what never reaches the Function. */
  #answerItself(request: IncomingMessage, response: ServerResponse): boolean {
    const { method, url = "/" } = request;
    if (method === "OPTIONS") {
      allowAnyOrigin(response);
      answerPreflight(request, response);
      return true;
    }
    if (method !== "GET" && method !== "HEAD") return false;
    const end = url.indexOf("?");
    switch (end < 0 ? url : url.slice(0, end)) {
      case "/healthz":
        allowAnyOrigin(response);
        sendText(
          response,
          this.isReady ? 200 : 503,
          this.isReady ? "OK" : "The Function is starting or ending.",
        );
        return true;
      case "/metrics":
        allowAnyOrigin(response);
        void this.#answerMetrics(response);
        return true;
      case "/favicon.ico":
        allowAnyOrigin(response);
        response.statusCode = 204;
        response.end();
        return true;
      default:
        return false;
    }
  }

  async #answerMetrics(response: ServerResponse): Promise<void> {
    try {
      const { contentType, text } = await renderProcessMetrics();
      response.setHeader("Content-Type", contentType);
      response.end(this.#metrics.render() + text);
    } catch (error) {
      writeStderr(`The metrics cannot be rendered: ${String(error)}`);
      sendFailure(response, 500, "Internal server error");
    }
  }

  #call(request: IncomingMessage, response: ServerResponse, body: unknown): void {
    const { main } = this;
    if (main === undefined) return sendFailure(response, 500, "User function not loaded");
    const call = this.calls.open(request, response, body, this);
    try {
      this.#settle(call, main(new FunctionEvent(call), this.#createContext(), this.#createCallback(call)));
    } catch (error) {
      this.calls.fail(call, error);
    }
    this.watchdog.yield();
  }

  #settle(call: Call, result: unknown): void {
    if (isThenable(result)) {
      this.calls.await(call);
      result.then(
        (value) => this.#send(call, value),
        (error: unknown) => this.calls.fail(call, error),
      );
    } else this.#send(call, result);
  }

  /** Answers and closes the call, unless the Function itself is still piping something into the response. */
  #send(call: Call, body: unknown, status?: number, headers?: Record<string, string>): void {
    if (!call.isOpen) return;
    const { response } = call;
    if (!body && !status && !response.writableEnded && response.listenerCount("unpipe") > 0) {
      this.calls.await(call);
      response.once("close", () => this.calls.close(call));
      return;
    }
    try {
      if (call.hasPlainHead && !status && !headers && response.statusCode === 200)
        sendPlainResult(response, body);
      else {
        prepareHead(call);
        sendResult(response, body, status, headers);
      }
      this.calls.close(call);
    } catch (error) {
      this.calls.fail(call, error);
    }
  }

  #createContext(): Record<string, unknown> {
    const { functionName, runtime, namespace, timeoutSeconds, bodyLimitMegabytes } = this.#config;
    return {
      "function-name": functionName,
      runtime,
      namespace,
      timeout: timeoutSeconds,
      "body-size-limit": bodyLimitMegabytes,
    };
  }

  #createCallback(call: Call) {
    return (body?: unknown, status?: number, headers?: Record<string, string>): void =>
      this.#send(call, body, status, headers);
  }

  onBegin(call: Call): void {
    this.watchdog.begin(call.slot);
  }

  onExtensionError(call: Call, error: unknown): void {
    if (call.isOpen) this.calls.fail(call, error);
    else
      writeStderr(`${describeRequest(call.request)} (request ${requestId(call.request)}): ${String(error)}`);
  }
}

function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  const { headers } = request;
  const method = headers["access-control-request-method"];
  const names = headers["access-control-request-headers"];
  if (method !== undefined) response.setHeader("Access-Control-Allow-Methods", method);
  if (names !== undefined) response.setHeader("Access-Control-Allow-Headers", names);
  response.end();
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    value instanceof Promise || typeof (value as { then?: unknown } | null | undefined)?.then === "function"
  );
}
