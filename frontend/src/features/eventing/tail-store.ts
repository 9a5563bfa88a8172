import type { TailedEvent, TailMessage } from "./live-eventing.ts";

/** Events as they were seen, the newest first. */
export interface TailState {
  watching: boolean;
  events: readonly NumberedEvent[];
  /** How many came since the tail began, those that were left out included. */
  seen: number;
  omitted: number;
  problem: TailMessage["problem"];
}

export interface NumberedEvent extends TailedEvent {
  /** Tells equal events apart. */
  number: number;
}

const most = 500;

/** The state after a message; the oldest events go. Pure. */
export function applyTail(state: TailState | undefined, message: TailMessage): TailState {
  const seen = state?.seen ?? 0;
  const fresh = message.events.map((event, index) => ({ ...event, number: seen + index }));
  return {
    watching: message.watching,
    events: [...fresh.toReversed(), ...(state?.events ?? [])].slice(0, most),
    seen: seen + message.events.length + message.omitted,
    omitted: (state?.omitted ?? 0) + message.omitted,
    problem: message.problem ?? null,
  };
}
