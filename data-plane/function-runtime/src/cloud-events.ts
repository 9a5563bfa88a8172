import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** What a Function's event holds of a received CloudEvent, besides `data`. */
export interface CloudEventFields {
  "ce-type"?: string;
  "ce-source"?: string;
  "ce-eventtypeversion"?: string;
  "ce-specversion"?: string;
  "ce-id"?: string;
  "ce-time"?: string;
  "ce-datacontenttype"?: string;
  data?: unknown;
}

/** A CloudEvent in structured mode. */
export interface CloudEvent {
  specversion: string;
  type: string;
  source: string;
  id: string;
  time?: string;
  datacontenttype?: string;
  data?: unknown;
  [attribute: string]: unknown;
}

const structuredType = "application/cloudevents+json";

/** The CloudEvent that a request carries in binary or structured mode, or undefined for any other request. */
export function readCloudEvent(headers: IncomingHttpHeaders, body: unknown): CloudEventFields | undefined {
  if (headers["ce-type"] !== undefined && headers["ce-source"] !== undefined)
    return readBinary(headers, body);
  const contentType = headers["content-type"];
  if (contentType === undefined || contentType.length < structuredType.length) return undefined;
  if (!contentType.toLowerCase().startsWith(structuredType)) return undefined;
  if (typeof body !== "object" || body === null) return undefined;
  return readStructured(body as Record<string, unknown>);
}

function readBinary(headers: IncomingHttpHeaders, body: unknown): CloudEventFields {
  return present({
    "ce-type": header(headers, "ce-type"),
    "ce-source": header(headers, "ce-source"),
    "ce-eventtypeversion": header(headers, "ce-eventtypeversion"),
    "ce-specversion": header(headers, "ce-specversion"),
    "ce-id": header(headers, "ce-id"),
    "ce-time": header(headers, "ce-time"),
    "ce-datacontenttype": header(headers, "ce-datacontenttype") ?? headers["content-type"],
    data: body,
  });
}

function readStructured(event: Record<string, unknown>): CloudEventFields {
  const encoded = event["data_base64"];
  return present({
    "ce-type": attribute(event, "type"),
    "ce-source": attribute(event, "source"),
    "ce-eventtypeversion": attribute(event, "eventtypeversion"),
    "ce-specversion": attribute(event, "specversion"),
    "ce-id": attribute(event, "id"),
    "ce-time": attribute(event, "time"),
    "ce-datacontenttype": attribute(event, "datacontenttype"),
    data: typeof encoded === "string" ? Buffer.from(encoded, "base64") : event["data"],
  });
}

/** A new CloudEvent; the content type of its data is guessed unless `attributes` says it. */
export function createCloudEvent(
  type: string,
  source: string,
  data: unknown,
  attributes: Record<string, unknown> = {},
): CloudEvent {
  const contentType = guessContentType(data);
  return {
    specversion: "1.0",
    id: randomUUID(),
    time: new Date().toISOString(),
    type,
    source,
    ...(contentType === undefined ? {} : { datacontenttype: contentType }),
    data,
    ...attributes,
  };
}

/** The answer to a received event: its source and versions are those of the event answered. */
export function answerCloudEvent(
  received: CloudEventFields,
  id: string,
  type: string,
  data: unknown,
): Record<string, unknown> {
  return {
    type,
    source: received["ce-source"],
    eventtypeversion: received["ce-eventtypeversion"],
    specversion: received["ce-specversion"],
    id,
    data,
    datacontenttype: guessContentType(data),
  };
}

function guessContentType(data: unknown): string | undefined {
  if (typeof data === "object" && data !== null) return "application/json";
  return typeof data === "string" ? "text/plain" : undefined;
}

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function attribute(event: Record<string, unknown>, name: string): string | undefined {
  const value = event[name];
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? `${value}` : undefined;
}

function present(fields: {
  [Name in keyof CloudEventFields]: CloudEventFields[Name] | undefined;
}): CloudEventFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
