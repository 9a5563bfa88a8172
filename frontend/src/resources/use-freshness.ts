import { useConnection } from "#api/connection.ts";
import type { LiveResult } from "#api/live.ts";
import type { Freshness } from "#ui/freshness-badge.tsx";

/** How fresh a live view is: what its own stream says (`liveness` or `staleSince`), and whether the tab's socket is up. */
export function useFreshness(
  live: LiveResult<{ liveness?: "LIVE" | "RECONNECTING"; staleSince?: string | null }>,
): Freshness {
  const connection = useConnection();
  if (connection.state === "reconnecting") return { state: "stale", since: connection.since };
  if (live.lost !== undefined) return { state: "stale", since: live.at };
  const { liveness, staleSince } = live.value ?? {};
  if (liveness === "RECONNECTING" || staleSince)
    return { state: "stale", since: Date.parse(staleSince ?? "") || live.at };
  return { state: live.value === undefined ? "loading" : "live" };
}
