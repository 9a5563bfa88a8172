import type { IncomingMessage } from "node:http";
import { createRequire } from "node:module";
import type { AxiosResponse } from "axios";
import type * as openTelemetry from "@opentelemetry/api";
import { prepareHead, type Call } from "./calls.ts";
import { answerCloudEvent, createCloudEvent, readCloudEvent, type CloudEventFields } from "./cloud-events.ts";
import { extend, type Extensions } from "./express-extensions.ts";
import { publish } from "./publisher.ts";

/**
 * The first argument of a Function. Its helpers are made when they are read, each free of `this`, so that
 * Functions may take them apart (`const { setResponseStatus } = event`) and those that need none pay nothing.
 */
export class FunctionEvent {
  declare data?: unknown;
  readonly #call: Call;
  #extensions: Extensions | undefined;
  #tracer: openTelemetry.Tracer | undefined;

  constructor(call: Call) {
    this.#call = call;
    const { body, request } = call;
    if (body === undefined || isMultipart(request)) return;
    const received = readCloudEvent(request.headers, body);
    if (received === undefined) this.data = body;
    else Object.assign(this, received);
  }

  /** The request and response as Express knows them. */
  get extensions(): Extensions {
    if (this.#extensions === undefined) {
      const call = this.#call;
      prepareHead(call);
      this.#extensions = extend(
        call,
        (error) => call.owner.onExtensionError(call, error),
        () => call.owner.onBegin(call),
      );
    }
    return this.#extensions;
  }

  get tracer(): openTelemetry.Tracer {
    this.#tracer ??= findTracer();
    return this.#tracer;
  }

  get setResponseHeader(): (name: string, value: string) => void {
    const { response } = this.#call;
    prepareHead(this.#call);
    return (name, value) => void response.setHeader(name, value);
  }

  get setResponseContentType(): (type: string) => void {
    const { response } = this.#call;
    prepareHead(this.#call);
    return (type) => void response.setHeader("Content-Type", type);
  }

  get setResponseStatus(): (status: number) => void {
    const { response } = this.#call;
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
    const { owner, request } = this.#call;
    return (type, source, data, attributes) =>
      publish(owner.publisherAddress, createCloudEvent(type, source, data, attributes), request.headers);
  }

  get publishCloudEvent(): (event: unknown) => Promise<AxiosResponse<unknown>> {
    const { owner, request } = this.#call;
    return (event) => publish(owner.publisherAddress, event, request.headers);
  }

  get buildResponseCloudEvent(): (id: string, type: string, data: unknown) => Record<string, unknown> {
    const received = this as CloudEventFields;
    return (id, type, data) => answerCloudEvent(received, id, type, data);
  }
}

function isMultipart(request: IncomingMessage): boolean {
  const type = request.headers["content-type"];
  return type !== undefined && /^multipart\//i.test(type);
}

function findTracer(): openTelemetry.Tracer {
  const { trace } = createRequire(import.meta.url)("@opentelemetry/api") as typeof openTelemetry;
  return trace.getTracer("io.kyma-project.serverless");
}
