import type { LiveResult } from "#api/live.ts";
import { useFreshness } from "#resources/use-freshness.ts";
import type { Freshness } from "#ui/freshness-badge.tsx";
import type { FeedState } from "./feed-store.ts";

/** How fresh a feed is; loading until it was open once, and while what is shown is of another one. */
export function useFeedFreshness(live: LiveResult<FeedState<unknown>>): Freshness {
  const { wasOpen = false, watching = false } = (live.isEarlier ? undefined : live.value) ?? {};
  return useFreshness({
    ...live,
    value: wasOpen ? { liveness: watching ? "LIVE" : "RECONNECTING" } : undefined,
  });
}
