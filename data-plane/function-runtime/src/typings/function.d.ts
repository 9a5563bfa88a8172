/* oxlint-disable typescript/no-explicit-any -- Functions are JavaScript: of `unknown` no member may be read */
/**
 * What a Function for Node.js is given and may return. The console shows these declarations in its editor.
 *
 * ```js
 * module.exports = {
 *   /**
 *    * @param {FunctionEvent} event
 *    * @param {FunctionContext} context
 *    *\/
 *   main: async function (event, context) {
 *     return { greeting: `Hello ${event.data?.name ?? "World"}` };
 *   },
 * };
 * ```
 */

/**
 * The function that a handler module exports as `main`, with `module.exports` or `export`.
 * What it returns, or what its promise resolves to, is the body of the answer:
 * - an object or array: sent as JSON
 * - a string, a `Buffer` or a `Uint8Array`: sent as it is
 * - nothing (`undefined`, `null`, `""`, `false`, `0`): an empty body
 * - anything else, such as a number: an error, answered 500
 *
 * A thrown string becomes the text of a 500 answer. Of a thrown `Error` the caller learns nothing: it goes to the log.
 */
type FunctionHandler = (
  event: FunctionEvent,
  context: FunctionContext,
  callback: FunctionCallback,
) => FunctionResult;

type FunctionBody = object | string | Uint8Array | null | undefined | void;
type FunctionResult = FunctionBody | Promise<FunctionBody>;

/** Answers at once, instead of the returned value. To call it later, return a promise that is pending until then. */
type FunctionCallback = (body?: FunctionBody, status?: number, headers?: Record<string, string>) => void;

/** One call of the Function: an HTTP request or a received CloudEvent. */
interface FunctionEvent<Data = any> {
  /**
   * The body of the request, absent if there is none: parsed JSON, a string for `text/*`, an object of form fields,
   * else a `Buffer`. For a CloudEvent, its data. Multipart bodies are in `extensions.request.body` only.
   */
  data?: Data;

  /** Type of the received CloudEvent, such as `order.created.v1`. Absent for plain requests, like all `ce-` fields. */
  "ce-type"?: string;
  /** Source of the received CloudEvent. */
  "ce-source"?: string;
  /** Version of the received CloudEvent's type, such as `v1`. */
  "ce-eventtypeversion"?: string;
  /** Version of the CloudEvents specification, such as `1.0`. */
  "ce-specversion"?: string;
  /** Id of the received CloudEvent. Events may come more than once: use it to tell repeats. */
  "ce-id"?: string;
  /** When the received CloudEvent was created, as RFC 3339 text. */
  "ce-time"?: string;
  /** Content type of the received CloudEvent's data. */
  "ce-datacontenttype"?: string;

  /** The request and the response as Express 5 knows them. */
  readonly extensions: { readonly request: FunctionRequest; readonly response: FunctionResponse };

  /** Tracer of the OpenTelemetry API, for spans of your own. */
  readonly tracer: FunctionTracer;

  /** Sets a header of the answer. */
  readonly setResponseHeader: (name: string, value: string) => void;
  /** Sets the `Content-Type` of the answer. */
  readonly setResponseContentType: (type: string) => void;
  /** Sets the status of the answer, 200 unless set. */
  readonly setResponseStatus: (status: number) => void;

  /**
   * Publishes a CloudEvent.
   * @param type such as `order.created.v1`
   * @param source names the publisher, such as the Function
   * @param data an object (sent as `application/json`) or a string (`text/plain`)
   * @param attributes further CloudEvent attributes, such as `{ eventtypeversion: "v1", datacontenttype: "text/html" }`
   * @returns the promise of axios: it rejects unless the publisher answers 2xx
   */
  readonly emitCloudEvent: (
    type: string,
    source: string,
    data: unknown,
    attributes?: Record<string, unknown>,
  ) => Promise<FunctionHttpResponse>;

  /**
   * Publishes a CloudEvent that is already complete.
   * @deprecated Use `emitCloudEvent`.
   */
  readonly publishCloudEvent: (event: unknown) => Promise<FunctionHttpResponse>;

  /**
   * Builds a CloudEvent that answers the received one.
   * @deprecated Use `emitCloudEvent`.
   */
  readonly buildResponseCloudEvent: (id: string, type: string, data: unknown) => Record<string, unknown>;
}

/** Where the Function runs. */
interface FunctionContext {
  /** Name of the Function. */
  "function-name": string;
  /** Such as `nodejs24`. */
  runtime: string;
  /** Namespace of the Function. */
  namespace: string;
  /** Seconds that a call may take before it is answered 408. */
  timeout: number;
  /** Largest request body, in MB. */
  "body-size-limit": number;
}

/** The most used parts of an Express 5 request. */
interface FunctionRequest {
  readonly method: string;
  /** Path and query, as received. */
  readonly url: string;
  readonly originalUrl: string;
  /** Path without the query. */
  readonly path: string;
  readonly query: Record<string, any>;
  /** Header names are in lower case. */
  readonly headers: Record<string, string | string[] | undefined>;
  /** The parsed body, as in `event.data` of a plain request. */
  readonly body: any;
  readonly hostname: string;
  readonly ip: string | undefined;
  readonly protocol: string;
  /** A header's value; the case of the name does not matter. */
  get(name: string): string | undefined;
  /** The best match of the types for the request's `Accept` header, or false. */
  accepts(...types: string[]): string | false;
  /** The type, if the request's content type matches it. */
  is(type: string): string | false | null;
  [member: string]: any;
}

/** The most used parts of an Express 5 response. Once it has ended, what the Function returns is not used. */
interface FunctionResponse {
  statusCode: number;
  readonly headersSent: boolean;
  readonly writableEnded: boolean;
  status(code: number): this;
  set(name: string, value: string | string[]): this;
  set(headers: Record<string, string>): this;
  get(name: string): string | undefined;
  type(contentType: string): this;
  /** Sends an object as JSON, else text or bytes, and ends the answer. */
  send(body?: any): this;
  json(body: any): this;
  /** Sends a status with its name as the body. */
  sendStatus(code: number): this;
  redirect(url: string): void;
  redirect(status: number, url: string): void;
  cookie(name: string, value: string, options?: Record<string, unknown>): this;
  /** Sends a part of the answer; false asks to wait for `drain` before the next. */
  write(chunk: string | Uint8Array): boolean;
  end(chunk?: string | Uint8Array): this;
  [member: string]: any;
}

/** What axios resolves to. */
interface FunctionHttpResponse {
  data: any;
  status: number;
  statusText: string;
  headers: Record<string, any>;
}

/** The parts of an OpenTelemetry tracer that Functions use. */
interface FunctionTracer {
  startSpan(name: string, options?: Record<string, unknown>): FunctionSpan;
  startActiveSpan<Result>(name: string, work: (span: FunctionSpan) => Result): Result;
}

interface FunctionSpan {
  setAttribute(name: string, value: string | number | boolean): this;
  addEvent(name: string, attributes?: Record<string, string | number | boolean>): this;
  setStatus(status: { code: 0 | 1 | 2; message?: string }): this;
  recordException(error: unknown): void;
  end(): void;
}
