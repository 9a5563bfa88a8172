import { defaultDeliveryConfig } from "@kyma/eventing/delivery-config.ts";
import { expect, test } from "vitest";
import { outcomeOf, retryAfterMs } from "./outcome.ts";
import { failed, type UntimedAnswer } from "./sink-answer.ts";

const config = { ...defaultDeliveryConfig, retryCount: 2, retryBackoffMs: 1000, retryMaxBackoffMs: 60_000 };
const now = Date.parse("2026-01-31T12:00:00Z");
const answer = (status: number, retryAfter?: string): UntimedAnswer => ({
  status,
  text: "",
  retryAfter,
  failure: undefined,
});
const outcome = (given: UntimedAnswer, attempt = 1) =>
  outcomeOf({ answer: given, attempt, config }, 0.5, now);

test.each([200, 202, 204, 299])("%i is delivered", (status) => {
  expect(outcome(answer(status), 3)).toEqual({ kind: "delivered" });
});

test.each([500, 502, 503, 504, 599, 408, 425, 429])("%i is tried again after a growing pause", (status) => {
  expect(outcome(answer(status))).toEqual({ kind: "retry", delayMs: 1000 });
  expect(outcome(answer(status), 2)).toEqual({ kind: "retry", delayMs: 2000 });
  expect(outcome(answer(status), 3)).toEqual({ kind: "dead", reason: "exhausted" });
});

test.each(["connection", "timeout"] as const)("without an answer (%s) too", (failure) => {
  expect(outcome(failed(failure, ""))).toEqual({ kind: "retry", delayMs: 1000 });
  expect(outcome(failed(failure, ""), 3)).toEqual({ kind: "dead", reason: "exhausted" });
});

test.each([301, 302, 307, 400, 401, 404, 410, 422, 431])("%i is never tried again", (status) => {
  expect(outcome(answer(status))).toEqual({ kind: "dead", reason: "refused" });
});

test("a sink that may not be called is given up at once; a call that was broken off does not count", () => {
  expect(outcome(failed("rejected", ""))).toEqual({ kind: "dead", reason: "sink-rejected" });
  expect(outcome(failed("abandoned", ""), 3)).toEqual({ kind: "abandoned" });
});

test("an event that was given out more often than it may be tried is still tried, and put aside when that fails", () => {
  expect(outcome(answer(204), 50)).toEqual({ kind: "delivered" });
  expect(outcome(answer(500), 50)).toEqual({ kind: "dead", reason: "exhausted" });
});

test("Retry-After makes the pause longer, never shorter, and at most the longest pause", () => {
  expect(outcome(answer(429, "30"))).toEqual({ kind: "retry", delayMs: 30_000 });
  expect(outcome(answer(503, "30"))).toEqual({ kind: "retry", delayMs: 30_000 });
  expect(outcome(answer(500, "30"))).toEqual({ kind: "retry", delayMs: 1000 });
  expect(outcome(answer(429, "0"))).toEqual({ kind: "retry", delayMs: 1000 });
  expect(outcome(answer(429, "86400"))).toEqual({ kind: "retry", delayMs: 60_000 });
});

test.each<[string | undefined, number]>([
  ["7", 7000],
  ["Sat, 31 Jan 2026 12:00:10 GMT", 10_000],
  ["Sat, 31 Jan 2026 11:00:00 GMT", 0],
  ["-5", 0],
  ["1.5", 0],
  ["2027", 2_027_000],
  ["soon", 0],
  ["", 0],
  [undefined, 0],
])("Retry-After %j is %i ms", (value, milliseconds) => {
  expect(retryAfterMs(value, now)).toBe(milliseconds);
});
