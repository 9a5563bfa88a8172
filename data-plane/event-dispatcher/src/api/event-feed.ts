import type { CloudEvent } from "@kyma/eventing/cloud-event.ts";
import { subjectPrefix } from "@kyma/eventing/subjects.ts";
import type { NatsConnection } from "@nats-io/transport-node";
import type { Logger } from "pino";
import { readStoredEvent } from "../stored-event.ts";
import { isEventSubject, ObservedTypes } from "./observed-types.ts";

/** An event on its way to the stream. */
export interface PublishedEvent {
  subject: string;
  /** Bytes as JSON. */
  size: number;
  /** Read when first asked for; undefined when it cannot be read. */
  event: () => CloudEvent | undefined;
}
export type EventListener = (published: PublishedEvent, now: number) => void;

/**
 * What publishers send, heard beside the stream: a consumer of the stream would keep events that nobody subscribed to. So an event is seen,
 * too, that the stream then refuses or knows already.
 */
export class EventFeed {
  readonly types = new ObservedTypes();
  readonly #listeners = new Set<EventListener>();

  /** Begins to listen; lasts until the connection is closed. */
  connect(connection: NatsConnection, log: Logger): void {
    connection.subscribe(`${subjectPrefix}.>`, {
      callback: (error, { subject, data }) => {
        if (error) log.warn({ err: error }, "published events cannot be heard");
        else if (isEventSubject(subject)) this.#take(subject, data);
      },
    });
  }

  /** Called for every event from now on, until the returned function is called. */
  listen(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #take(subject: string, data: Uint8Array): void {
    const now = Date.now();
    let read: { event: CloudEvent | undefined } | undefined;
    const event = (): CloudEvent | undefined => (read ??= { event: readStoredEvent(data) }).event;
    this.types.count(subject, now, event);
    for (const listener of this.#listeners) listener({ subject, size: data.length, event }, now);
  }
}
