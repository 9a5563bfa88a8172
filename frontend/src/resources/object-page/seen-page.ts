import { useState } from "react";
import type { ObjectPageState } from "#api/object-page.ts";

interface Seen {
  latest: ObjectPageState | undefined;
  byTab: Readonly<Record<string, ObjectPageState>>;
}

/**
 * Each tab has a subscription of its own, and what it says of an object that is gone is nothing. So what was seen before stands in: for the
 * `head` of the page while another tab loads, and for the `content` of a tab once the object was deleted. `content` is undefined while it loads.
 */
export function useSeenPage(
  tab: string,
  now: ObjectPageState | undefined,
): { head: ObjectPageState | undefined; content: ObjectPageState | undefined } {
  const [seen, setSeen] = useState<Seen>({ latest: undefined, byTab: {} });
  if (now?.parts.object && seen.byTab[tab] !== now)
    setSeen({ latest: now, byTab: { ...seen.byTab, [tab]: now } });
  return standIn(seen, tab, now);
}

/** What is shown, by what was seen and what the stream of the open tab says now. Pure. */
export function standIn(
  { latest, byTab }: Seen,
  tab: string,
  now: ObjectPageState | undefined,
): { head: ObjectPageState | undefined; content: ObjectPageState | undefined } {
  if (now === undefined) return { head: latest, content: undefined };
  if (now.parts.object || !latest) return { head: now, content: now };
  const { liveness, staleSince, parts } = now;
  const gone = (state: ObjectPageState | undefined) => ({
    liveness,
    staleSince,
    parts: state?.parts ?? parts,
    deleted: true,
  });
  return { head: gone(latest), content: gone(byTab[tab]) };
}
