import { consumerName, subjectOf } from "@kyma/eventing/subjects.ts";
import { eventStream } from "@kyma/eventing/streams.ts";
import type { ConsumerInfo, NextMsgRequest } from "@nats-io/jetstream";
import { mapBounded } from "./map-bounded.ts";
import { type NatsLink, orMissing } from "./nats-link.ts";
import type { TypeDelivery } from "@kyma/eventing/delivery-objects.ts";
import type { ServedSubscription } from "./parts.ts";
import type { NamedKey } from "./resource.ts";

/** One type of a Subscription and the consumer that it should have. */
export interface WantedConsumer {
  type: string;
  subject: string;
  consumer: string;
}

/** About so many something is asked one by one; more are read as pages of all consumers. */
export const mostAskedSingly = 64;
const atOnce = 16;

/** The consumers of a Subscription, also of one whose spec is not valid: then they just do not exist. Pure. */
export function wantedConsumers(key: NamedKey, { spec }: ServedSubscription): WantedConsumer[] {
  if (typeof spec?.source !== "string" || !Array.isArray(spec.types)) return [];
  const types = spec.types.filter((type) => typeof type === "string");
  return types.map((type: string) => {
    const subject = subjectOf(spec.source, type, spec.typeMatching === "exact" ? "exact" : "standard");
    return { type, subject, consumer: consumerName(key, subject) };
  });
}

/** What NATS knows of these consumers, by name; those that do not exist are left out. */
export async function readConsumers(
  link: NatsLink,
  names: ReadonlySet<string>,
): Promise<ReadonlyMap<string, ConsumerInfo>> {
  const { consumers } = link.now().manager;
  if (names.size <= mostAskedSingly) {
    const infos = await mapBounded([...names], atOnce, (name) =>
      orMissing(consumers.info(eventStream, name)),
    );
    return new Map(infos.flatMap((info) => (info ? [[info.name, info]] : [])));
  }
  const found = new Map<string, ConsumerInfo>();
  const pages = consumers.list(eventStream);
  for (let page = await orMissing(pages.next()); page?.length; page = await pages.next())
    for (const info of page) if (names.has(info.name)) found.set(info.name, info);
  return found;
}

/** When the oldest event was published that the consumer has not settled, RFC 3339; null when there is none. */
export async function oldestPending(
  link: NatsLink,
  info: ConsumerInfo,
  subject: string,
): Promise<string | null> {
  if (info.num_pending + info.num_ack_pending === 0) return null;
  const query: NextMsgRequest & { seq: number } = {
    seq: info.ack_floor.stream_seq + 1,
    next_by_subj: subject,
  };
  const message = await orMissing(link.now().manager.streams.getMessage(eventStream, query));
  return message ? message.time.toISOString() : null;
}

/** Pure. */
export function toTypeDelivery(
  { type, consumer }: WantedConsumer,
  info: ConsumerInfo | undefined,
  oldest: string | null,
): TypeDelivery {
  return {
    type,
    consumer,
    exists: info !== undefined,
    delivered: info?.delivered.consumer_seq ?? 0,
    acked: info?.ack_floor.consumer_seq ?? 0,
    pending: info?.num_pending ?? 0,
    inFlight: info?.num_ack_pending ?? 0,
    redelivered: info?.num_redelivered ?? 0,
    oldestPending: oldest,
    waitingDispatchers: info?.num_waiting ?? 0,
  };
}
