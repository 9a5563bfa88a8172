import * as http from "node:http";
import * as https from "node:https";
import { toBinary, type CloudEvent } from "@kyma/eventing/cloud-event.ts";
import { PrivateAddressError, refuseLiteral } from "@kyma/eventing/public-addresses.ts";
import type { Sink } from "@kyma/eventing/sink.ts";
import { traceHeaders } from "@kyma/eventing/trace-headers.ts";
import { outsideLookup, type OutsideLookupOptions } from "./outside-lookup.ts";
import {
  describeConnectionError,
  failed,
  readAnswer,
  type SinkAnswer,
  type UntimedAnswer,
} from "./sink-answer.ts";

export interface SendOptions {
  /** From the call to the last byte of the answer, connecting included, ms. */
  timeoutMs: number;
  /** Gives the call up; its reason, an Error, says why. */
  signal?: AbortSignal;
}

export interface SinkClientOptions extends OutsideLookupOptions {
  /** Its HTTP_PROXY and NO_PROXY count for hosts inside the cluster. */
  env?: NodeJS.ProcessEnv;
}

/** Idle connections are closed after this, ms. */
const idleMs = 10_000;
const mostIdlePerSink = 100;

/**
 * Delivers events over HTTP in binary mode. Connections are kept for each host apart and have no bound of their own: how many calls there are
 * at a time is the caller's, so that a sink that hangs takes nothing from others. Redirects are not followed.
 */
export class SinkClient {
  readonly #inside: Agents;
  readonly #outside: Agents;
  readonly #lookup: ReturnType<typeof outsideLookup>;
  /** Ends each call that is under way. */
  readonly #calls = new Set<() => void>();
  #isAbandoned = false;

  constructor(options: SinkClientOptions = {}) {
    const { HTTP_PROXY, NO_PROXY } = options.env ?? {};
    this.#inside = agentsOf(HTTP_PROXY ? { HTTP_PROXY, HTTPS_PROXY: HTTP_PROXY, NO_PROXY } : undefined);
    this.#outside = agentsOf(undefined);
    this.#lookup = outsideLookup(options);
  }

  /** Never rejects: what cannot be sent or called is an answer, too. */
  async send(sink: Sink, event: CloudEvent, options: SendOptions): Promise<SinkAnswer> {
    const began = performance.now();
    const answer = await this.#sendOnce(sink, event, options);
    return { ...answer, durationMs: performance.now() - began };
  }

  /** Gives up all calls, also those that begin later. */
  abandon(): void {
    this.#isAbandoned = true;
    for (const giveUp of this.#calls) giveUp();
  }

  close(): void {
    for (const agents of [this.#inside, this.#outside])
      for (const kind of ["kept", "fresh"] as const)
        for (const scheme of ["http:", "https:"] as const) agents[kind][scheme].destroy();
  }

  async #sendOnce(sink: Sink, event: CloudEvent, options: SendOptions): Promise<UntimedAnswer> {
    if (this.#isAbandoned) return abandoned;
    if (options.signal?.aborted) return givenUp(options.signal);
    try {
      if (!sink.service) refuseLiteral(sink.url.hostname);
      const request = requestOf(event);
      const { answer, wasStale } = await this.#call(sink, "kept", request, options);
      // That a kept connection was closed meanwhile says nothing about the event: it gets a new one, once.
      return wasStale ? (await this.#call(sink, "fresh", request, options)).answer : answer;
    } catch (error) {
      return failed("rejected", (error as Error).message);
    }
  }

  /** Rejects when the event cannot be put into a request, or the host has a private address. */
  async #call(
    sink: Sink,
    kind: keyof Agents,
    request: Request,
    { timeoutMs, signal }: SendOptions,
  ): Promise<Call> {
    const call = post(this.#targetOf(sink, kind, request.headers), request.body, timeoutMs);
    const giveUp = (): void => call.giveUp(abandoned);
    const onAbort = (): void => signal && call.giveUp(givenUp(signal));
    this.#calls.add(giveUp);
    signal?.addEventListener("abort", onAbort);
    try {
      return await call.result;
    } finally {
      this.#calls.delete(giveUp);
      signal?.removeEventListener("abort", onAbort);
    }
  }

  #targetOf(
    { url, service }: Sink,
    kind: keyof Agents,
    headers: http.OutgoingHttpHeaders,
  ): http.RequestOptions {
    const { protocol, hostname, port, pathname, search } = url;
    return {
      protocol,
      hostname: hostname.replace(/^\[|\]$/g, ""),
      port: port || undefined,
      path: pathname + search,
      method: "POST",
      headers,
      agent: (service ? this.#inside : this.#outside)[kind][protocol as Scheme],
      ...(service ? {} : { lookup: this.#lookup }),
    };
  }
}

type Scheme = "http:" | "https:";
type Agents = Record<"kept" | "fresh", Record<Scheme, http.Agent>>;
interface Request {
  headers: http.OutgoingHttpHeaders;
  body: Buffer;
}
interface Call {
  answer: UntimedAnswer;
  /** The kept connection that was used had been closed by the other side. */
  wasStale: boolean;
}

function agentsOf(proxyEnv: NodeJS.ProcessEnv | undefined): Agents {
  const made = (options: http.AgentOptions): Record<Scheme, http.Agent> => ({
    "http:": new http.Agent({ ...options, ...(proxyEnv && { proxyEnv }) }),
    "https:": new https.Agent({ ...options, ...(proxyEnv && { proxyEnv }) }),
  });
  return {
    kept: made({ keepAlive: true, maxFreeSockets: mostIdlePerSink, timeout: idleMs }),
    fresh: made({ keepAlive: false }),
  };
}

function requestOf(event: CloudEvent): Request {
  const { headers, body } = toBinary(event);
  Object.assign(headers, traceHeaders(event));
  headers["user-agent"] = "kyma-event-dispatcher";
  headers["content-length"] = String(body.length);
  return { headers, body };
}

const abandoned = failed("abandoned", "the dispatcher ended before there was an answer");

function givenUp({ reason }: AbortSignal): UntimedAnswer {
  return failed("abandoned", (reason as Error).message);
}

interface PostedCall {
  result: Promise<Call>;
  /** Ends the call with this answer unless it has one. */
  giveUp: (answer: UntimedAnswer) => void;
}

function post(target: http.RequestOptions, body: Buffer, timeoutMs: number): PostedCall {
  const { promise: result, resolve, reject } = Promise.withResolvers<Call>();
  const request = (target.protocol === "https:" ? https : http).request(target);
  let gaveUp: UntimedAnswer | undefined;
  let hasResponse = false;
  const giveUp = (answer: UntimedAnswer): void => {
    gaveUp ??= answer;
    request.destroy();
  };
  const timer = setTimeout(() => giveUp(failed("timeout", `no answer within ${timeoutMs} ms`)), timeoutMs);
  const ended = (answer: UntimedAnswer, wasStale = false): void => {
    clearTimeout(timer);
    resolve({ answer: gaveUp ?? answer, wasStale: wasStale && !gaveUp });
  };
  request.once("response", (response) => {
    hasResponse = true;
    readAnswer(response, (answer) => {
      clearTimeout(timer);
      resolve({ answer, wasStale: false });
    });
  });
  request.on("error", (error: NodeJS.ErrnoException) => {
    if (hasResponse) return;
    if (error instanceof PrivateAddressError) reject(error);
    const isCut = error.code === "ECONNRESET" || error.code === "EPIPE";
    ended(
      failed("connection", describeConnectionError(error, target.hostname ?? "")),
      isCut && request.reusedSocket,
    );
  });
  request.once("close", () => {
    if (!hasResponse) ended(failed("connection", "the call ended without an answer"));
  });
  request.end(body);
  return { result, giveUp };
}
