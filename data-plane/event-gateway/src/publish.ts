import {
  type CloudEvent,
  defaultEventLimits,
  type HttpContent,
  InvalidEventError,
  readEvents,
  toStructured,
} from "@kyma/eventing/cloud-event.ts";
import {
  cleanLegacyType,
  isLegacyType,
  isUsableSubject,
  legacyTypePrefix,
  subjectOf,
} from "@kyma/eventing/subjects.ts";
import { type MsgHdrs, MsgHdrsImpl } from "@nats-io/transport-node";
import { hash } from "node:crypto";
import { Refusal } from "./answer.ts";
import { addTraceContext, traceAttributes } from "./trace-context.ts";

/** An event as it goes to the stream. */
export interface EventMessage {
  subject: string;
  headers: MsgHdrs;
  /** The event in structured mode. */
  body: string;
  /** Type and source as they were sent. */
  type: string;
  source: string;
}

/** The name under which the events of a source are known: that of its Application, where there is one. */
export type SourceNames = (source: string) => string;

/** Room is left for what is added here, so that every reader may ask for the same limits. */
export const acceptedLimits = {
  ...defaultEventLimits,
  attributes: defaultEventLimits.attributes - traceAttributes - 1,
};

// NATS ends a connection, and with it everybody's requests, over a protocol line of more than 4,096 bytes.
const longestSubject = 1024;

/**
 * The events of a request, ready for the stream. All are made before the first is published, so of a batch with one bad event nothing is.
 * Throws a Refusal with 400. Pure.
 */
export function readMessages(content: HttpContent, nameOf: SourceNames): EventMessage[] {
  try {
    return readEvents(content, acceptedLimits).map((event) => {
      addTraceContext(event, content.headers);
      return toMessage(event, nameOf);
    });
  } catch (error) {
    throw error instanceof InvalidEventError ? new Refusal(400, error.message) : error;
  }
}

/**
 * Types of the older naming are cleaned in their own way and stand for themselves; all others are published below their source, and the extension
 * `originaltype` keeps what was sent. Changes the event. Throws a Refusal with 400.
 */
export function toMessage(event: CloudEvent, nameOf: SourceNames): EventMessage {
  const { type, source } = event;
  if (isLegacyType(type)) return exactMessage(event, cleanedLegacyType(type, nameOf));
  const subject = subjectOf(nameOf(source), type, "standard");
  event.type = subject;
  event["originaltype"] = type;
  return messageAt(subject, event, type);
}

/** The same for a type that is clean already and stands for itself. */
export function exactMessage(event: CloudEvent, cleanedType: string): EventMessage {
  const { type } = event;
  event.type = cleanedType;
  // Else a sender could say what type the sink sees.
  delete event["originaltype"];
  return messageAt(subjectOf(event.source, cleanedType, "exact"), event, type);
}

function messageAt(subject: string, event: CloudEvent, type: string): EventMessage {
  const { source } = event;
  if (!isUsableSubject(subject))
    throw new Refusal(400, `type and source have an empty segment after cleaning: "${short(subject)}"`);
  if (Buffer.byteLength(subject) > longestSubject)
    throw new Refusal(400, `type and source have more than ${longestSubject} bytes together`);
  return { subject, headers: headersOf(event, subject), body: toStructured(event), type, source };
}

function cleanedLegacyType(type: string, nameOf: SourceNames): string {
  const [application = "", ...rest] = type.slice(legacyTypePrefix.length + 1).split(".");
  const name = nameOf(application).replace(/[^A-Za-z0-9]/g, "");
  const cleaned = cleanLegacyType([legacyTypePrefix, name, ...rest].join("."));
  if (cleaned !== undefined) return cleaned;
  throw new Refusal(
    400,
    `type "${short(type)}" must have the form ${legacyTypePrefix}.<application>.<object>.<operation>.<version>`,
  );
}

function headersOf(event: CloudEvent, subject: string): MsgHdrs {
  const { id, type, source, datacontenttype } = event;
  const headers: Record<string, string[]> = {
    "Nats-Msg-Id": [hash("sha256", `${subject}\n${source}\n${id}`, "base64url")],
    "ce-specversion": ["1.0"],
    "ce-type": [type],
    "ce-source": [source],
    "ce-id": [id],
  };
  if (datacontenttype) headers["Content-Type"] = [datacontenttype];
  return MsgHdrsImpl.fromRecord(headers);
}

function short(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
