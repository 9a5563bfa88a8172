import { deadLetterSubject } from "@kyma/eventing/streams.ts";
import type { AttemptFeed } from "./attempt-feed.ts";
import {
  mostAskedSingly,
  oldestPending,
  readConsumers,
  toTypeDelivery,
  wantedConsumers,
  type WantedConsumer,
} from "./consumer-state.ts";
import type { DeadLetterStore } from "./dead-letter-store.ts";
import { letterFilter } from "./dead-letter.ts";
import { notFound } from "./failure.ts";
import { mapBounded } from "./map-bounded.ts";
import type { NatsLink } from "./nats-link.ts";
import {
  deliveryGroup,
  deliveryVersion,
  type Delivery,
  type TypeDelivery,
} from "@kyma/eventing/delivery-objects.ts";
import type { ServedSubscription, Subscriptions } from "./parts.ts";
import type { Column, NamedKey, Resource } from "./resource.ts";
import { selectPage } from "./select-page.ts";

const atOnce = 16;

export interface DeliveryParts {
  link: NatsLink;
  subscriptions: Subscriptions;
  letters: DeadLetterStore;
  attempts: AttemptFeed;
}

/** How Subscriptions are served. */
export function deliveriesResource(parts: DeliveryParts): Resource<Delivery> {
  return {
    plural: "deliveries",
    singular: "delivery",
    kind: "Delivery",
    namespaced: true,
    description: "How a Subscription is served: what is delivered, pending and put aside.",
    columns,
    get: async (key) => {
      const subscription = parts.subscriptions.get(key);
      if (!subscription)
        throw notFound(`deliveries.${deliveryGroup} "${key.name}" not found: no such Subscription`);
      const [delivery] = await readDeliveries(parts, [blank(key, subscription)], deadLetterSubject(key));
      return delivery!;
    },
    list: async ({ subscription, ...options }) => {
      const all = parts.subscriptions.list(options.namespace).map(blankOf);
      const chosen = all.filter(
        ({ metadata }) => subscription === undefined || metadata.name === subscription,
      );
      const page = selectPage(chosen, options);
      return { ...page, items: await readDeliveries(parts, page.items, letterFilter(options)) };
    },
  };
}

const sum = (types: readonly TypeDelivery[], field: "pending" | "inFlight" | "redelivered"): number =>
  types.reduce((total, type) => total + type[field], 0);

const columns: Column<Delivery>[] = [
  { name: "Name", type: "string", description: "The Subscription", cell: ({ metadata }) => metadata.name },
  {
    name: "Pending",
    type: "integer",
    description: "Wait for their first attempt",
    cell: ({ types }) => sum(types, "pending"),
  },
  {
    name: "In flight",
    type: "integer",
    description: "Under way, or waiting for their next attempt",
    cell: ({ types }) => sum(types, "inFlight"),
  },
  {
    name: "Redelivered",
    type: "integer",
    description: "Of those in flight: failed before",
    cell: ({ types }) => sum(types, "redelivered"),
  },
  {
    name: "Dead letters",
    type: "integer",
    description: "Could not be delivered",
    cell: ({ deadLetters }) => deadLetters,
  },
  {
    name: "Last error",
    type: "string",
    description: "The newest attempt that failed",
    cell: ({ lastError }) => lastError?.message ?? "",
  },
  { name: "Sink", type: "string", description: "", priority: 1, cell: ({ sink }) => sink },
];

interface Blank extends Omit<Delivery, "types"> {
  wanted: WantedConsumer[];
}

function blankOf(subscription: ServedSubscription): Blank {
  const { namespace = "", name } = subscription.metadata;
  return blank({ namespace, name }, subscription);
}

function blank(key: NamedKey, subscription: ServedSubscription): Blank {
  const { uid, creationTimestamp } = subscription.metadata;
  return {
    kind: "Delivery",
    apiVersion: deliveryVersion,
    metadata: { ...key, ...(uid ? { uid } : {}), ...(creationTimestamp ? { creationTimestamp } : {}) },
    sink: subscription.spec?.sink ?? "",
    lastError: null,
    deadLetters: 0,
    wanted: wantedConsumers(key, subscription),
  };
}

/** `filter`: the dead letters that are counted. */
async function readDeliveries(
  { link, letters, attempts }: DeliveryParts,
  blanks: readonly Blank[],
  filter: string,
): Promise<Delivery[]> {
  if (blanks.length === 0) return [];
  const names = new Set(blanks.flatMap(({ wanted }) => wanted.map(({ consumer }) => consumer)));
  // Each takes a question of its own.
  const asksOldest = names.size <= mostAskedSingly;
  const [consumers, counts] = await Promise.all([readConsumers(link, names), letters.counts(filter)]);
  return mapBounded(blanks, atOnce, async ({ wanted, ...delivery }) => {
    const { namespace = "", name } = delivery.metadata;
    const key = { namespace, name };
    const types = wanted.map(async (one) => {
      const info = consumers.get(one.consumer);
      const oldest = info && asksOldest ? await oldestPending(link, info, one.subject) : null;
      return toTypeDelivery(one, info, oldest);
    });
    return {
      ...delivery,
      types: await Promise.all(types),
      lastError: attempts.lastError(key) ?? null,
      deadLetters: counts.get(deadLetterSubject(key)) ?? 0,
    };
  });
}
