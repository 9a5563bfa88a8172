import { toStructured, type CloudEvent } from "@kyma/eventing/cloud-event.ts";
import { eventStream } from "@kyma/eventing/streams.ts";
import { subjectPrefix } from "@kyma/eventing/subjects.ts";
import { createHash } from "node:crypto";
import { readStoredEvent } from "../stored-event.ts";
import type { EventFeed, PublishedEvent } from "./event-feed.ts";
import { eventFilter, RateLimit } from "./event-tail.ts";
import { ageText } from "./kube-time.ts";
import { mapBounded } from "./map-bounded.ts";
import { type NatsLink, orMissing } from "./nats-link.ts";
import { deliveryVersion, type ObservedEvent } from "@kyma/eventing/delivery-objects.ts";
import { isEventSubject, namesOf, type ObservedType } from "./observed-types.ts";
import { withMember } from "./representation.ts";
import type { ListOptions, Page, Resource, WatchOptions } from "./resource.ts";
import { selectPage } from "./select-page.ts";
import type { WatchStream } from "./watch-stream.ts";

const shownPerSecond = 100;
const readPerSecond = 500;
/** A larger event is shown without its data. */
const largestShown = 16 * 1024;
/** Types that only the stream knows are looked up so many at a time; the next list has more. */
const lookedUp = 50;

/** What is published: the types seen lately, and live. */
export function eventsResource(link: NatsLink, feed: EventFeed): Resource<ObservedEvent> {
  return {
    plural: "events",
    singular: "event",
    kind: "ObservedEvent",
    namespaced: false,
    description:
      "A type of event that was published lately; a watch brings the events as they are published.",
    columns: [
      { name: "Type", type: "string", description: "Type of the events", cell: ({ type }) => type },
      { name: "Source", type: "string", description: "Who published last", cell: ({ source }) => source },
      {
        name: "Count",
        type: "integer",
        description: "Seen since the dispatcher started",
        cell: ({ count }) => count,
      },
      { name: "Rate", type: "string", description: "Per second", cell: ({ rate }) => `${rate}/s` },
      {
        name: "Stored",
        type: "integer",
        description: "In the stream now",
        cell: ({ stored }) => stored ?? 0,
      },
      { name: "Last", type: "string", description: "", cell: ({ lastTime }, now) => ageText(lastTime, now) },
    ],
    write: observedText,
    list: (options) => listTypes(link, feed, options),
    watch: (options, stream) => {
      link.now();
      tail(feed, options, stream());
    },
  };
}

async function listTypes(
  link: NatsLink,
  feed: EventFeed,
  options: ListOptions,
): Promise<Page<ObservedEvent>> {
  const stored = await storedSubjects(link);
  const unknown = [...stored.keys()].filter((subject) => !feed.types.get(subject)).slice(0, lookedUp);
  await mapBounded(unknown, 16, (subject) => lookUp(link, feed, subject));
  const now = Date.now();
  const items = feed.types.list().map((type) => toObserved(type, now, stored.get(type.subject) ?? 0));
  return selectPage(items, options);
}

async function storedSubjects(link: NatsLink): Promise<ReadonlyMap<string, number>> {
  const asked = link.now().manager.streams.info(eventStream, { subjects_filter: `${subjectPrefix}.>` });
  const subjects = Object.entries((await orMissing(asked))?.state.subjects ?? {});
  return new Map(subjects.filter(([subject]) => isEventSubject(subject)));
}

async function lookUp(link: NatsLink, feed: EventFeed, subject: string): Promise<void> {
  const asked = link.now().manager.streams.getMessage(eventStream, { last_by_subj: subject });
  const message = await orMissing(asked);
  if (!message) return;
  feed.types.remember(subject, readStoredEvent(message.data) ?? namesOf(subject), message.time.getTime());
}

/** As JSON, its event as it was written, so that numbers keep all digits; without line breaks, which end an object of a watch. Pure. */
function observedText({ event, ...observed }: ObservedEvent): string {
  if (!event) return JSON.stringify(observed);
  return withMember(observed, "event", toStructured(event).replace(/[\r\n]+/g, " "));
}

function tail(feed: EventFeed, options: WatchOptions, stream: WatchStream): void {
  const filter = eventFilter(options);
  const shown = new RateLimit(shownPerSecond, Date.now());
  const read = new RateLimit(readPerSecond, Date.now());
  const take = (published: PublishedEvent, now: number): void => {
    const type = feed.types.get(published.subject);
    if (!filter.mayHave(published.subject, type?.isRenamed)) return;
    if (options.name !== undefined && options.name !== nameOf(published.subject)) return;
    if (!stream.hasRoom || !read.take(now)) return stream.drop();
    const event = published.event();
    if (!event || !filter.isWanted(event)) return;
    if (!type || !shown.take(now)) return stream.drop();
    stream.add(live(published, event, type, now));
  };
  stream.onEnd(feed.listen(take));
}

function live({ size }: PublishedEvent, event: CloudEvent, type: ObservedType, now: number): ObservedEvent {
  const truncated = size > largestShown;
  return {
    ...toObserved(type, now),
    type: event.type,
    source: event.source,
    event: truncated ? withoutData(event) : event,
    size,
    truncated,
  };
}

function withoutData(event: CloudEvent): CloudEvent {
  const attributes = { ...event };
  delete attributes.data;
  delete attributes.data_base64;
  return attributes;
}

function nameOf(subject: string): string {
  return createHash("sha256").update(subject).digest("hex").slice(0, 32);
}

/** Named by its subject, so that whoever keeps a copy of all objects keeps one of each type. */
function toObserved(observed: ObservedType, now: number, stored?: number): ObservedEvent {
  const { subject, type, source, count, lastAt, rate } = observed;
  return {
    kind: "ObservedEvent",
    apiVersion: deliveryVersion,
    metadata: {
      name: nameOf(subject),
      resourceVersion: String(count + 1),
    },
    type,
    source,
    subject,
    count,
    rate: rate.perSecond(now),
    ...(stored === undefined ? {} : { stored }),
    lastTime: new Date(lastAt).toISOString(),
  };
}
