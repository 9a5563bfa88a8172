import { defaultEventLimits, readEvents, type CloudEvent } from "@kyma/eventing/cloud-event.ts";
import { subjectPrefix } from "@kyma/eventing/subjects.ts";
import type { EventPlace } from "./stream-life.ts";
import type { StreamMessage } from "./stream-message.ts";

/** An event that the dispatcher holds: not yet delivered, put aside or given back. */
export interface HeldEvent extends EventPlace {
  message: StreamMessage;
  /** Undefined when what is stored is no CloudEvent. */
  event: CloudEvent | undefined;
  /** 1 is the first. */
  attempt: number;
  /** When NATS last heard that it is worked on, as performance.now(). */
  progressAt: number;
  /** Which life of the stream it belongs to, as far as was known when it came. */
  epoch: number;
}

const headers = { "content-type": "application/cloudevents+json" };
/** What is stored was checked already, and has an attribute more than what was published. */
const limits = { ...defaultEventLimits, attributes: defaultEventLimits.attributes + 8 };

/** The event as it was published: the type that stands in the stream is made for subjects. Undefined for what is no event. Pure. */
export function readStoredEvent(data: Uint8Array): CloudEvent | undefined {
  try {
    const body = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const [event] = readEvents({ headers, body }, limits);
    return event && restoreType(event);
  } catch {
    return undefined;
  }
}

function restoreType(event: CloudEvent): CloudEvent {
  const { originaltype } = event;
  const prefix = `${subjectPrefix}.`;
  if (typeof originaltype === "string" && originaltype !== "") event.type = originaltype;
  else if (event.type.startsWith(prefix)) event.type = event.type.slice(prefix.length);
  delete event["originaltype"];
  return event;
}

/** Pure but for the clock. */
export function heldEvent(message: StreamMessage, epoch: number): HeldEvent {
  return {
    message,
    event: readStoredEvent(message.data),
    sequence: message.sequence,
    time: message.time,
    attempt: message.deliveries,
    progressAt: performance.now(),
    epoch,
  };
}
