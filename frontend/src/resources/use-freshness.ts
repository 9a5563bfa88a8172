import { useConnection } from "#api/connection.ts";
import type { LiveResult } from "#api/live.ts";
import type { Freshness } from "#ui/freshness-badge.tsx";
import { useRef } from "react";

/** How fresh a live view is: what its own stream says, and whether the tab's socket is up. */
export function useFreshness(live: LiveResult<{ liveness: "LIVE" | "RECONNECTING" }>): Freshness {
  const connection = useConnection();
  const brokenSince = useRef<number | undefined>(undefined);
  const broken = live.lost !== undefined || live.value?.liveness === "RECONNECTING";
  if (connection.state === "reconnecting") return { state: "stale", since: connection.since };
  if (!broken) {
    brokenSince.current = undefined;
    return { state: live.value === undefined ? "loading" : "live" };
  }
  brokenSince.current ??= Date.now();
  return { state: "stale", since: brokenSince.current };
}
