import { retryDelayMs, type DeliveryConfig } from "@kyma/eventing/delivery-config.ts";
import type { UntimedAnswer } from "./sink-answer.ts";

/** Why an event is not tried again. */
export type DeadReason = "refused" | "exhausted" | "sink-rejected";

export type Outcome =
  | { kind: "delivered" }
  | { kind: "retry"; delayMs: number }
  | { kind: "dead"; reason: DeadReason }
  /** Nothing is known: the attempt was given up because this process ends, and does not count. */
  | { kind: "abandoned" };

/** Client errors that say "later" instead of "never". */
const passing = new Set([408, 425, 429]);

export interface Attempted {
  answer: UntimedAnswer;
  /** 1 is the first. */
  attempt: number;
  config: DeliveryConfig;
}

/** What is done with an event after an attempt. `random` is from 0 to 1, `now` in ms since 1970. Pure. */
export function outcomeOf({ answer, attempt, config }: Attempted, random: number, now: number): Outcome {
  const { status, failure } = answer;
  if (failure === "abandoned") return { kind: "abandoned" };
  if (failure === "rejected") return { kind: "dead", reason: "sink-rejected" };
  if (status >= 200 && status < 300) return { kind: "delivered" };
  if (status >= 300 && status < 500 && !passing.has(status)) return { kind: "dead", reason: "refused" };
  if (attempt > config.retryCount) return { kind: "dead", reason: "exhausted" };
  const own = retryDelayMs(config, attempt + 1, random);
  const asked = status === 429 || status === 503 ? retryAfterMs(answer.retryAfter, now) : 0;
  return { kind: "retry", delayMs: Math.max(own, Math.min(asked, config.retryMaxBackoffMs)) };
}

/** Seconds or an HTTP date, as ms from `now`; 0 for none and for what is neither. Pure. */
export function retryAfterMs(value: string | undefined, now: number): number {
  const text = value?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
