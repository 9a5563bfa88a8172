import { defaultEventLimits, readEvents, type CloudEvent } from "@kyma/eventing/cloud-event.ts";
import { subjectPrefix } from "@kyma/eventing/subjects.ts";
import type { EventPlace } from "./stream-life.ts";
import type { Answers, StreamMessage } from "./stream-message.ts";

/** An event that the dispatcher holds: not yet delivered, put aside or given back. */
export interface HeldEvent extends EventPlace {
  message: Answers;
  /** What is stored; undefined while it waits and memory is short. */
  data: Uint8Array | undefined;
  /** Of what is stored, bytes. */
  size: number;
  /** Whether memory is taken for what is stored. */
  hasRoom: boolean;
  isUnderWay: boolean;
  /** What orders it among others; undefined for none. */
  key: string | undefined;
  /** 1 is the first. */
  attempt: number;
  /** When NATS last heard that it is worked on, as performance.now(). */
  progressAt: number;
  /** Which life of the stream it belongs to, as far as was known when it came. */
  epoch: number;
}

/** One whose content is in memory. */
export type LoadedEvent = HeldEvent & { data: Uint8Array };

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

/** The value of an ordering attribute, in a form of its own; undefined for an event without one. Pure. */
export function orderingKeyOf(data: Uint8Array, attribute: string): string | undefined {
  const value = readStoredEvent(data)?.[attribute];
  const hasKey = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return hasKey ? `=${value}` : undefined;
}

/** `attribute` is the one that orders events. Pure but for the clock. */
export function heldEvent(
  { data, sequence, time, deliveries, ...message }: StreamMessage,
  epoch: number,
  attribute?: string,
): HeldEvent {
  return {
    message,
    // A copy: what comes from the network is part of a larger block, which would stay with it.
    data: Buffer.from(data),
    size: data.length,
    hasRoom: false,
    isUnderWay: false,
    key: attribute === undefined ? undefined : orderingKeyOf(data, attribute),
    sequence,
    time,
    attempt: deliveries,
    progressAt: performance.now(),
    epoch,
  };
}
