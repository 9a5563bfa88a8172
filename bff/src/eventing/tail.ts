import type { KubeClient } from "@kyma/kube/client.ts";
import type { Bookmark, ObservedEvent } from "@kyma/eventing/delivery-objects.ts";
import { observedEvents } from "./delivery-api.ts";
import type { FeedUpstream } from "./watch-feed.ts";

/** As TailedEvent in the SDL. */
export interface TailedEvent {
  time: string;
  source: string;
  type: string;
  event: unknown;
  truncated: boolean;
}

/** Events as they are published; the dispatcher sends at most 100 per second and counts the others. */
export function tailUpstream(
  kube: KubeClient,
  filter: { type?: string; source?: string },
): FeedUpstream<TailedEvent> {
  return {
    attempted: { verb: "watch", type: observedEvents },
    async *open(signal, onOpen) {
      const options = { query: { ...filter }, signal, onOpen };
      for await (const { type, object } of kube.watch<ObservedEvent & Bookmark>(observedEvents, options))
        yield type === "BOOKMARK" ? (object.dropped ?? 0) : toItem(object);
    },
  };
}

function toItem({ lastTime, source, type, event, truncated }: ObservedEvent): TailedEvent {
  return { time: lastTime, source, type, event: event ?? {}, truncated: truncated ?? false };
}
