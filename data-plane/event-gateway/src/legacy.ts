import { type CloudEvent, InvalidEventError, isRfc3339, readEvents } from "@kyma/eventing/cloud-event.ts";
import { checkNesting, memberText, NestingError } from "@kyma/eventing/json-text.ts";
import { legacyTypePrefix } from "@kyma/eventing/subjects.ts";
import { isUtf8 } from "node:buffer";
import { randomUUID } from "node:crypto";
import { type Answer, jsonAnswer, Refusal } from "./answer.ts";
import { acceptedLimits, type EventMessage, exactMessage, type SourceNames, toMessage } from "./publish.ts";

/** What Kyma's older API answers instead of 2xx. */
export interface LegacyError {
  status: number;
  type?: string;
  message: string;
  moreInfo?: string;
  details?: { field: string; type: string; message: string }[];
}

class LegacyRefusal extends Refusal {
  readonly error: LegacyError;

  constructor(error: LegacyError) {
    super(error.status, error.message);
    this.error = error;
  }
}

/** What is wrong, in the words of the older API. Pure. */
export function legacyAnswer(refusal: Refusal): Answer {
  return jsonAnswer(refusal.status, refusal instanceof LegacyRefusal ? refusal.error : errorOf(refusal));
}

function errorOf({ status, message }: Refusal): LegacyError {
  if (status !== 413) return { status, message };
  return { status, type: "request_body_too_large", message: "Request body too large", moreInfo: message };
}

function badPayload(moreInfo: string): LegacyRefusal {
  return new LegacyRefusal({
    status: 400,
    type: "bad_payload_syntax",
    message: "Bad payload syntax",
    moreInfo,
  });
}

function violation(field: string, type: string, message: string): LegacyRefusal {
  return new LegacyRefusal({
    status: 400,
    type: "validation_violation",
    message,
    details: [{ field, type, message }],
  });
}
const missing = (field: string): LegacyRefusal => violation(field, "missing_field", "Missing field");
const invalid = (field: string): LegacyRefusal => violation(field, "invalid_field", "Invalid field");

const versionPattern = /^[a-zA-Z0-9]+$/;
const idPattern = /^[a-fA-F0-9]{8}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12}$/;
/** The source under which Kyma publishes the twin for exact Subscriptions. */
const twinSource = "kyma";

interface LegacyEvent {
  type: string;
  version: string;
  id: string;
  time: string;
  /** As it was written. */
  data: string;
}

/** An event of the older API, checked. Throws a Refusal. Pure but for the id, where none is given. */
export function readLegacyEvent(body: Buffer): LegacyEvent {
  const text = body.toString("utf8");
  const fields = parseFields(body, text);
  const textOf = (field: string): string => {
    const value = fields[field] ?? "";
    if (typeof value !== "string") throw badPayload(`${field} must be text`);
    return value;
  };
  const required = (field: string, isValid: (value: string) => boolean): string => {
    const value = textOf(field);
    if (value === "") throw missing(field);
    if (!isValid(value)) throw invalid(field);
    return value;
  };
  const type = required("event-type", () => true);
  const version = required("event-type-version", (value) => versionPattern.test(value));
  const time = required("event-time", isRfc3339);
  const id = textOf("event-id");
  if (id !== "" && !idPattern.test(id)) throw invalid("event-id");
  if (["", null, undefined].includes(fields["data"] as string)) throw missing("data");
  return { type, version, time, id: id || randomUUID(), data: memberText(text, "data") ?? "" };
}

function parseFields(body: Buffer, text: string): Record<string, unknown> {
  if (text === "") throw badPayload("the body is empty");
  if (!isUtf8(body)) throw badPayload("the body is not UTF-8");
  let value: unknown;
  try {
    value = JSON.parse(text);
    checkNesting(text);
  } catch (error) {
    throw badPayload(error instanceof NestingError ? error.message : "the body is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw badPayload("the body must be a JSON object");
  return value as Record<string, unknown>;
}

/**
 * What such an event is published as: once as every other event, and once under the older naming for Subscriptions that match it exactly, where
 * a name is left of its type. Throws a Refusal.
 */
export function legacyMessages(
  event: LegacyEvent,
  application: string,
  nameOf: SourceNames,
  prepare: (event: CloudEvent) => void,
): EventMessage[] {
  const made = toCloudEvent(event, application);
  prepare(made);
  const twinType = legacyType(nameOf(application), event);
  try {
    const twin = twinType === undefined ? [] : [exactMessage({ ...made, source: twinSource }, twinType)];
    return [toMessage(made, nameOf), ...twin];
  } catch (error) {
    throw error instanceof Refusal ? badPayload(error.message) : error;
  }
}

function toCloudEvent({ type, version, id, time, data }: LegacyEvent, application: string): CloudEvent {
  const attributes = {
    specversion: "1.0",
    id,
    source: application,
    type: `${type}.${version}`,
    time,
    datacontenttype: "application/json",
    eventtypeversion: version,
  };
  const text = `${JSON.stringify(attributes).slice(0, -1)},"data":${data}}`;
  const content = { headers: { "content-type": "application/cloudevents+json" }, body: Buffer.from(text) };
  try {
    return readEvents(content, acceptedLimits)[0] as CloudEvent;
  } catch (error) {
    throw error instanceof InvalidEventError ? badPayload(error.message) : error;
  }
}

/** `sap.kyma.custom.<application>.<object>.<operation>.<version>`, of letters and digits; all but the operation is the object. */
function legacyType(application: string, { type, version }: LegacyEvent): string | undefined {
  const parts = type.replace(/[^a-zA-Z0-9.]/g, "").split(".");
  const operation = parts.pop() ?? "";
  const segments = [
    application.replace(/[^a-zA-Z0-9]/g, ""),
    ...(parts.length > 0 ? [parts.join("")] : []),
    operation,
    version,
  ];
  return segments.includes("") ? undefined : [legacyTypePrefix, ...segments].join(".");
}
