import type { KubeClient } from "@kyma/kube/client.ts";
import type { Bookmark, ObservedEvent } from "@kyma/eventing/delivery-objects.ts";
import { deepestNesting, memberText } from "@kyma/eventing/json-text.ts";
import { observedEvents } from "./delivery-api.ts";
import type { FeedUpstream } from "./watch-feed.ts";

/** As TailedEvent in the SDL. */
export interface TailedEvent {
  time: string;
  source: string;
  type: string;
  /** JSON as it was written. */
  event: string;
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
      const events = kube.watch<ObservedEvent & Bookmark>(observedEvents, options);
      for await (const { type, object, text } of events)
        yield type === "BOOKMARK" ? (object.dropped ?? 0) : toItem(object, text);
    },
  };
}

/** `line` is the watch's own, in which the event stands two levels deep. */
function toItem({ lastTime, source, type, truncated }: ObservedEvent, line: string): TailedEvent {
  const object = memberText(line, "object", deepestNesting + 2) ?? "{}";
  const event = memberText(object, "event", deepestNesting + 2) ?? "{}";
  return { time: lastTime, source, type, event, truncated: truncated ?? false };
}
