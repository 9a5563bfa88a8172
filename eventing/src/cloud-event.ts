import { isUtf8 } from "node:buffer";
import { decodeHeader, encodeHeader } from "./header-value.ts";
import { checkNesting, elementTexts, memberText, NestingError } from "./json-text.ts";

/**
 * CloudEvents 1.0 over HTTP: binary, structured and batched content modes.
 * Source: the CloudEvents specification, its HTTP protocol binding and its JSON format, version 1.0.2.
 */

/** An event whose data is kept as the bytes or the JSON that came. */
export interface CloudEvent {
  specversion: "1.0";
  id: string;
  source: string;
  type: string;
  datacontenttype?: string;
  dataschema?: string;
  subject?: string;
  /** RFC 3339 */
  time?: string;
  /** JSON value or text. Never together with data_base64. */
  data?: unknown;
  /** Binary data, base64. */
  data_base64?: string;
  /** Extension attributes. */
  [attribute: string]: unknown;
  /** How `data` was written, so that it is passed on digit by digit; counts as long as `data` is still that value. */
  [written]?: { data: unknown; text: string };
}

const written = Symbol("data as it was written");

export interface EventLimits {
  /** Context attributes, extensions included. */
  attributes: number;
  /** Characters of an attribute's value. */
  valueLength: number;
  /** Events of a batch. */
  batch: number;
}

export const defaultEventLimits: EventLimits = { attributes: 64, valueLength: 4096, batch: 100 };

/** Why a request holds no CloudEvent: one sentence that names the attribute. */
export class InvalidEventError extends Error {
  override name = "InvalidEventError";
}

export interface HttpContent {
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

export type ContentMode = "binary" | "structured" | "batch" | "none";

const structuredType = "application/cloudevents+json";
const batchType = "application/cloudevents-batch+json";
const required = ["specversion", "id", "source", "type"] as const;
const known = new Set([...required, "datacontenttype", "dataschema", "subject", "time"]);
const uriHeaders = new Set(["ce-source", "ce-dataschema"]);
const attributeName = /^[a-z0-9]{1,64}$/;
// RFC 3986 characters; a reference may be relative, and a % begins an escaped octet.
const uriReference = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;
// A type, a subtype and parameters, of printable ASCII: it becomes the Content-Type of the request to a sink.
const mediaTypePattern = /^[\w!#$%&'*+\-.^`|~]+\/[\w!#$%&'*+\-.^`|~]+ *(?:;[ -~]*)?$/;
const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** How a request carries events. Pure. */
export function contentModeOf(headers: HttpContent["headers"]): ContentMode {
  const type = mediaType(headers);
  if (type === batchType) return "batch";
  if (type === structuredType) return "structured";
  return Object.keys(headers).some((name) => name.startsWith("ce-")) ? "binary" : "none";
}

/** The events that a request carries, checked. Throws InvalidEventError. Pure. */
export function readEvents(
  content: HttpContent,
  limits: EventLimits = defaultEventLimits,
): readonly CloudEvent[] {
  if (Array.isArray(content.headers["content-type"]))
    throw new InvalidEventError("the header content-type is there more than once");
  const mode = contentModeOf(content.headers);
  if (mode === "binary") return [readBinary(content, limits)];
  if (mode === "none")
    throw new InvalidEventError(
      `the request is no CloudEvent: send ce- headers, or the content type ${structuredType} or ${batchType}`,
    );
  const { value, text } = parseJson(content.body, "the body is not JSON");
  if (mode === "structured") return [withWritten(checkEvent(value, limits), text)];
  if (!Array.isArray(value)) throw new InvalidEventError("a batch must be a JSON array of events");
  if (value.length > limits.batch)
    throw new InvalidEventError(`a batch may have at most ${limits.batch} events and has ${value.length}`);
  const texts = elementTexts(text);
  return value.map((one: unknown, index) => {
    try {
      return withWritten(checkEvent(one, limits), texts[index] ?? "");
    } catch (error) {
      throw new InvalidEventError(`event ${index + 1} of the batch: ${(error as Error).message}`, {
        cause: error,
      });
    }
  });
}

function readBinary({ headers, body }: HttpContent, limits: EventLimits): CloudEvent {
  const event: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith("ce-") || value === undefined) continue;
    if (Array.isArray(value)) throw new InvalidEventError(`the header ${name} is there more than once`);
    if (!attributeName.test(name.slice(3))) throw badName(name.slice(3));
    event[name.slice(3)] = readHeader(name, value);
  }
  if ("data" in event || "data_base64" in event)
    throw new InvalidEventError("in binary mode data is the body, not a header");
  const contentType = headers["content-type"];
  if (contentType) event["datacontenttype"] = contentType;
  if (body.length > 0) Object.assign(event, readData(contentType, body));
  return checkEvent(event, limits);
}

function readHeader(name: string, value: string): string {
  const text = decodeHeader(value);
  if (text === undefined)
    throw new InvalidEventError(`the header ${name} has a % that begins no UTF-8 character`);
  // Many senders do not encode what is a URI already, and wonder about the characters that its escapes stand for.
  if (uriHeaders.has(name) && text !== value && !uriReference.test(text))
    throw new InvalidEventError(
      `the header ${name} is percent-decoded to "${short(text)}", which is not a URI reference: write each % of the URI as %25`,
    );
  return text;
}

/** Keeps the text of an event's data; `text` is that of the whole event. */
function withWritten(event: CloudEvent, text: string): CloudEvent {
  const data = event.data === undefined ? undefined : memberText(text, "data");
  if (data !== undefined) event[written] = { data: event.data, text: data };
  return event;
}

/** JSON and text stay readable in storage; everything else is base64. */
function readData(contentType: string | string[] | undefined, body: Buffer): Partial<CloudEvent> {
  const type = String(contentType ?? "")
    .split(";")[0]
    ?.trim()
    .toLowerCase();
  if (isJson(type)) {
    const { value: data, text } = parseJson(
      body,
      `the body is not the JSON that its content type ${type} promises`,
    );
    return { data, [written]: { data, text } };
  }
  if (type?.startsWith("text/") && isUtf8(body)) return { data: body.toString("utf8") };
  return { data_base64: body.toString("base64") };
}

/** An event as JSON has it, checked; the same object. Throws InvalidEventError. */
export function checkEvent(value: unknown, limits: EventLimits): CloudEvent {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new InvalidEventError("a CloudEvent must be a JSON object");
  const event = value as Record<string, unknown>;
  for (const name of required) requireText(event, name);
  if (event["specversion"] !== "1.0")
    throw new InvalidEventError(`specversion "${short(event["specversion"])}" is not 1.0`);
  let count = 0;
  for (const name in event) {
    if (name === "data" || name === "data_base64") continue;
    if (++count > limits.attributes)
      throw new InvalidEventError(`an event may have at most ${limits.attributes} attributes`);
    checkAttribute(name, event[name], limits);
  }
  checkMeaning(event);
  checkData(event);
  return event as CloudEvent;
}

function requireText(event: Record<string, unknown>, name: string): void {
  const value = event[name];
  if (value === undefined || value === null || value === "")
    throw new InvalidEventError(`the attribute "${name}" is missing`);
  if (typeof value !== "string") throw new InvalidEventError(`the attribute "${name}" must be text`);
}

function checkAttribute(name: string, value: unknown, limits: EventLimits): void {
  if (!attributeName.test(name)) throw badName(name);
  if (typeof value === "number" || typeof value === "boolean" || value === null) {
    if (known.has(name) && value !== null)
      throw new InvalidEventError(`the attribute "${name}" must be text`);
    return;
  }
  if (typeof value !== "string") throw new InvalidEventError(`the attribute "${name}" has no simple value`);
  if (value.length > limits.valueLength)
    throw new InvalidEventError(`the attribute "${name}" has more than ${limits.valueLength} characters`);
  if (hasControl(value)) throw new InvalidEventError(`the attribute "${name}" has control characters`);
}

function badName(name: string): InvalidEventError {
  return new InvalidEventError(
    `the attribute name "${short(name)}" may only have lower-case letters and digits`,
  );
}

/** Whether a text is a time as RFC 3339 has it. Pure. */
export function isRfc3339(text: string): boolean {
  return rfc3339.test(text) && !Number.isNaN(Date.parse(text));
}

function checkMeaning(event: Record<string, unknown>): void {
  if (!uriReference.test(event["source"] as string))
    throw new InvalidEventError(`source "${short(event["source"])}" is not a URI reference`);
  const { time, dataschema, datacontenttype } = event;
  if (typeof time === "string" && !isRfc3339(time))
    throw new InvalidEventError(`time "${short(time)}" is not RFC 3339, such as 2026-01-31T12:00:00Z`);
  if (typeof dataschema === "string" && !uriReference.test(dataschema))
    throw new InvalidEventError(`dataschema "${short(dataschema)}" is not a URI`);
  if (typeof datacontenttype === "string" && !mediaTypePattern.test(datacontenttype))
    throw new InvalidEventError(
      `datacontenttype "${short(datacontenttype)}" is not a media type, such as application/json`,
    );
}

function checkData(event: Record<string, unknown>): void {
  const encoded = event["data_base64"];
  if (encoded === undefined || encoded === null) return;
  if (event["data"] !== undefined) throw new InvalidEventError("an event has data or data_base64, not both");
  if (typeof encoded !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(encoded) || encoded.length % 4 !== 0)
    throw new InvalidEventError("data_base64 is not base64");
}

/** The event as JSON, for storage and the structured mode. Pure. */
export function toStructured(event: CloudEvent): string {
  const text = writtenData(event);
  if (text === undefined) return JSON.stringify(event);
  return `${JSON.stringify({ ...event, data: undefined }).slice(0, -1)},"data":${text}}`;
}

function writtenData(event: CloudEvent): string | undefined {
  const kept = event[written];
  return kept !== undefined && kept.data === event.data ? kept.text : undefined;
}

/** The event in binary mode: headers (lower case) and body. Pure. */
export function toBinary(event: CloudEvent): { headers: Record<string, string>; body: Buffer } {
  const headers: Record<string, string> = {};
  for (const name in event) {
    const value = event[name];
    if (name === "data" || name === "data_base64" || value === undefined || value === null) continue;
    const text = typeof value === "string" ? value : JSON.stringify(value);
    if (name === "datacontenttype") headers["content-type"] = text;
    else headers[`ce-${name}`] = encodeHeader(text);
  }
  return { headers, body: bodyOf(event, headers) };
}

function bodyOf(event: CloudEvent, headers: Record<string, string>): Buffer {
  if (typeof event.data_base64 === "string") return Buffer.from(event.data_base64, "base64");
  if (event.data === undefined) return Buffer.alloc(0);
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  // Without a content type data is JSON, as the JSON format has it.
  if (type === undefined) headers["content-type"] = "application/json";
  if (type === undefined || isJson(type) || typeof event.data !== "string")
    return Buffer.from(writtenData(event) ?? JSON.stringify(event.data));
  return Buffer.from(event.data);
}

function isJson(type: string | undefined): boolean {
  return type === "application/json" || type === "text/json" || (type?.endsWith("+json") ?? false);
}

function mediaType(headers: HttpContent["headers"]): string {
  const value = headers["content-type"];
  return (typeof value === "string" ? value : "").split(";")[0]?.trim().toLowerCase() ?? "";
}

function parseJson(body: Buffer, problem: string): { value: unknown; text: string } {
  if (!isUtf8(body)) throw new InvalidEventError("the body is not UTF-8");
  const text = body.toString("utf8");
  try {
    const value: unknown = JSON.parse(text);
    checkNesting(text);
    return { value, text };
  } catch (cause) {
    throw new InvalidEventError(cause instanceof NestingError ? cause.message : problem, { cause });
  }
}

function hasControl(value: string): boolean {
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index);
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return true;
  }
  return false;
}

function short(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
