/** What the console shows of one process; `since` is RFC 3339. */
export interface ComponentState {
  name: string;
  state: "STARTING" | "READY" | "RESTARTING" | "STOPPED" | "FAILED";
  restarts: number;
  /** A sentence for people, empty when all is well. */
  message: string;
  since: string;
}

const firstDelayMs = 250;
const longestDelayMs = 10_000;

/** How long to wait before a process that ended `failures` times in a row is started again. */
export function restartDelayMs(failures: number): number {
  return Math.min(firstDelayMs * 2 ** Math.max(0, failures - 1), longestDelayMs);
}

/** A run that was this long ready counts as healthy: the next failure is the first again. */
export const healthyAfterMs = 30_000;

/** The next state, or the very same object when nothing but the time would change. */
export function changeState(
  previous: ComponentState,
  change: Partial<Pick<ComponentState, "state" | "restarts" | "message">>,
  now: Date,
): ComponentState {
  const next = { ...previous, ...change };
  if (
    next.state === previous.state &&
    next.restarts === previous.restarts &&
    next.message === previous.message
  ) {
    return previous;
  }
  return { ...next, since: next.state === previous.state ? previous.since : now.toISOString() };
}
