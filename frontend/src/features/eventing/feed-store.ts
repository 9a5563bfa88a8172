import type { EventingProblem } from "./live-eventing.ts";

/** A row of a feed; one without an item stands for a time in which something may have been missed. */
export interface FeedRow<T> {
  /** Tells rows apart; the newer the greater. */
  number: number;
  item: T | undefined;
}

/** What a feed has told so far. */
export interface FeedState<T> {
  watching: boolean;
  /** The newest first. */
  rows: readonly FeedRow<T>[];
  /** How many came since the feed began, those that were left out included. */
  seen: number;
  omitted: number;
  problem: EventingProblem | null;
  /** Before that nothing can have been missed. */
  wasOpen: boolean;
}

/** A message of a feed; its items come the oldest first. */
interface FeedMessage<T> {
  watching: boolean;
  opened: boolean;
  items: readonly T[];
  omitted: number;
  problem?: EventingProblem | null;
}

/** The state after a message; of more than `most` rows the oldest go. Pure. */
export function applyFeed<T>(
  state: FeedState<T> | undefined,
  message: FeedMessage<T>,
  most: number,
): FeedState<T> {
  const { rows = [], seen = 0, omitted = 0, wasOpen = false } = state ?? {};
  const isGap = message.opened && wasOpen && !(rows[0] && rows[0].item === undefined);
  const items = isGap ? [undefined, ...message.items] : message.items;
  const next = (rows[0]?.number ?? -1) + 1;
  const fresh = items.map((item, index) => ({ number: next + index, item }));
  return {
    watching: message.watching,
    rows: fresh.length === 0 ? rows : [...fresh.toReversed(), ...rows].slice(0, most),
    seen: seen + message.items.length + message.omitted,
    omitted: omitted + message.omitted,
    problem: message.problem ?? null,
    wasOpen: wasOpen || message.opened,
  };
}
