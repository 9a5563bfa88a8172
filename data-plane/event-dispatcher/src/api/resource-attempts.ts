import type { AttemptFeed } from "./attempt-feed.ts";
import type { NatsLink } from "./nats-link.ts";
import { type Attempt, deliveryVersion } from "@kyma/eventing/delivery-objects.ts";
import type { Resource } from "./resource.ts";

/** Attempts as they are made, live only. */
export function attemptsResource(link: NatsLink, feed: AttemptFeed): Resource<Attempt> {
  let count = 0;
  return {
    plural: "attempts",
    singular: "attempt",
    kind: "Attempt",
    namespaced: true,
    description: "One attempt to deliver an event: can only be watched.",
    columns: [],
    watch: ({ namespace, name, subscription, eventId }, open) => {
      link.now();
      const stream = open();
      const stop = feed.listen((key, attempt) => {
        if (namespace !== undefined && key.namespace !== namespace) return;
        if (name !== undefined && key.name !== name) return;
        if (subscription !== undefined && key.name !== subscription) return;
        if (eventId !== undefined && attempt.event.id !== eventId) return;
        const metadata = { ...key, resourceVersion: String(++count) };
        const object: Attempt = {
          ...attempt,
          kind: "Attempt",
          apiVersion: deliveryVersion,
          metadata,
          subscription: key,
        };
        stream.add(object);
      });
      stream.onEnd(stop);
    },
  };
}
