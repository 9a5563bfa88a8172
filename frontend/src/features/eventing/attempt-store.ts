import type { Attempt, AttemptsMessage } from "./live-eventing.ts";

/** Attempts as they were seen, the newest first. */
export interface AttemptsState {
  watching: boolean;
  attempts: readonly Attempt[];
  /** How many were left out since the view was opened. */
  omitted: number;
  problem: AttemptsMessage["problem"];
}

const most = 200;

/** The state after a message; the oldest attempts go. Pure. */
export function applyAttempts(state: AttemptsState | undefined, message: AttemptsMessage): AttemptsState {
  const fresh = message.attempts.toReversed();
  return {
    watching: message.watching,
    attempts: [...fresh, ...(state?.attempts ?? [])].slice(0, most),
    omitted: (state?.omitted ?? 0) + message.omitted,
    problem: message.problem ?? null,
  };
}
