import type { Connection } from "#api/connection.ts";
import type { Freshness } from "#ui/freshness-badge.tsx";
import type { ListState } from "./window-store.ts";

/** How fresh a list is: stale, still loading (also when only its first rows are there), or live. Pure. */
export function listFreshness(
  { window, lostAt, pending, progress }: ListState,
  connection: Connection,
): Freshness {
  if (connection.state === "reconnecting") return { state: "stale", since: connection.since };
  if (lostAt !== undefined) return { state: "stale", since: lostAt };
  if (window?.liveness === "RECONNECTING") {
    return {
      state: "stale",
      since: window.staleSince === null ? connection.since : Date.parse(window.staleSince),
    };
  }
  const isLoading = window === undefined || window.arriving > 0 || pending || progress !== undefined;
  return { state: isLoading ? "loading" : "live" };
}
