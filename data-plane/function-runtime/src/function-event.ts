import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AxiosResponse } from "axios";
import type * as openTelemetry from "@opentelemetry/api";
import { answerCloudEvent, createCloudEvent, readCloudEvent, type CloudEventFields } from "./cloud-events.ts";
import { extend, type Extensions } from "./express-extensions.ts";
import { publish } from "./publisher.ts";

/** What an event needs of its call and its server. */
export interface EventSource {
  request: IncomingMessage;
  response: ServerResponse;
  body: unknown;
  publisherAddress: string;
  /** Told when the Function's use of `extensions` goes wrong. */
  onError: (error: unknown) => void;
  /** Told before the Function can set a header. */
  onHeaders: () => void;
  /** Told when the Function itself sends the first part of an answer. */
  onBegin: () => void;
}

/**
 * The first argument of a Function. Its helpers are made when they are read, each free of `this`, so that
 * Functions may take them apart (`const { setResponseStatus } = event`) and those that need none pay nothing.
 */
export class FunctionEvent {
  declare data?: unknown;
  readonly #source: EventSource;
  #extensions: Extensions | undefined;
  #tracer: openTelemetry.Tracer | undefined;

  constructor(source: EventSource) {
    this.#source = source;
    const { body, request } = source;
    if (body === undefined || isMultipart(request)) return;
    const received = readCloudEvent(request.headers, body);
    if (received === undefined) this.data = body;
    else Object.assign(this, received);
  }

  /** The request and response as Express knows them. */
  get extensions(): Extensions {
    if (this.#extensions === undefined) {
      const { request, response, body, onError, onBegin, onHeaders } = this.#source;
      onHeaders();
      this.#extensions = extend(request, response, body, onError, onBegin);
    }
    return this.#extensions;
  }

  get tracer(): openTelemetry.Tracer {
    this.#tracer ??= findTracer();
    return this.#tracer;
  }

  get setResponseHeader(): (name: string, value: string) => void {
    const { response, onHeaders } = this.#source;
    onHeaders();
    return (name, value) => void response.setHeader(name, value);
  }

  get setResponseContentType(): (type: string) => void {
    const { response, onHeaders } = this.#source;
    onHeaders();
    return (type) => void response.setHeader("Content-Type", type);
  }

  get setResponseStatus(): (status: number) => void {
    const { response } = this.#source;
    return (status) => {
      response.statusCode = status;
    };
  }

  get emitCloudEvent(): (
    type: string,
    source: string,
    data: unknown,
    attributes?: Record<string, unknown>,
  ) => Promise<AxiosResponse<unknown>> {
    const { publisherAddress, request } = this.#source;
    return (type, source, data, attributes) =>
      publish(publisherAddress, createCloudEvent(type, source, data, attributes), request.headers);
  }

  get publishCloudEvent(): (event: unknown) => Promise<AxiosResponse<unknown>> {
    const { publisherAddress, request } = this.#source;
    return (event) => publish(publisherAddress, event, request.headers);
  }

  get buildResponseCloudEvent(): (id: string, type: string, data: unknown) => Record<string, unknown> {
    const received = this as CloudEventFields;
    return (id, type, data) => answerCloudEvent(received, id, type, data);
  }
}

function isMultipart(request: IncomingMessage): boolean {
  return request.headers["content-type"]?.toLowerCase().startsWith("multipart/") ?? false;
}

function findTracer(): openTelemetry.Tracer {
  const { trace } = createRequire(import.meta.url)("@opentelemetry/api") as typeof openTelemetry;
  return trace.getTracer("io.kyma-project.serverless");
}
