import type { Probe } from "../pods/pod.ts";

export type ProbeKind = "startup" | "readiness" | "liveness";

/** What a probe has seen so far; `since` is when the last counted result (or the start) was, in milliseconds. */
export interface ProbeState {
  successes: number;
  failures: number;
  since: number;
  /** It has passed once. */
  passed: boolean;
}

/** What one result means: `passed` and `failed` only when the threshold is reached, `counted` when it is worth an Event. */
export interface ProbeStep {
  state: ProbeState;
  verdict?: "passed" | "failed";
  counted: boolean;
}

/** A container that has not come up yet is asked this often, whatever its period says: its first answer is waited for. */
export const firstAnswerPeriodMs = 100;

export function newProbeState(now: number): ProbeState {
  return { successes: 0, failures: 0, since: now, passed: false };
}

/** When to ask again. Startup and readiness are asked often until they pass for the first time. */
export function probePeriodMs(kind: ProbeKind, probe: Probe, state: ProbeState): number {
  return isWaitingForFirst(kind, state) ? firstAnswerPeriodMs : periodMs(probe);
}

/** Takes one result. While the first success is waited for, failures count at most once per period, so that thresholds keep their meaning. */
export function observe(
  kind: ProbeKind,
  probe: Probe,
  state: ProbeState,
  ok: boolean,
  now: number,
): ProbeStep {
  const early = isWaitingForFirst(kind, state) && now - state.since < periodMs(probe);
  if (ok) return succeed(probe, state, now);
  if (early) return { state: { ...state, successes: 0 }, counted: false };
  const failures = state.failures + 1;
  const isFailed = failures >= (probe.failureThreshold ?? 3);
  return {
    state: { ...state, successes: 0, failures, since: now },
    counted: true,
    ...(isFailed ? { verdict: "failed" } : {}),
  };
}

function succeed(probe: Probe, state: ProbeState, now: number): ProbeStep {
  const successes = state.successes + 1;
  const isPassed = successes >= (probe.successThreshold ?? 1);
  return {
    state: { successes, failures: 0, since: now, passed: state.passed || isPassed },
    counted: true,
    ...(isPassed ? { verdict: "passed" } : {}),
  };
}

function isWaitingForFirst(kind: ProbeKind, state: ProbeState): boolean {
  return kind !== "liveness" && !state.passed;
}

function periodMs(probe: Probe): number {
  return (probe.periodSeconds ?? 10) * 1000;
}
