import { expect, test } from "vitest";
import type { Attempt, OutcomeMessage } from "./live-eventing.ts";
import { applyOutcome, spokenOutcome } from "./test-event-outcome.ts";

const match = { namespace: "shop", name: "orders", sink: "http://o", ready: true, reason: null };
const attempt = (number: number, outcome: Attempt["outcome"], subscription = "orders") => ({
  time: "2026-01-31T12:00:00Z",
  namespace: "shop",
  subscription,
  eventId: "1",
  source: "shop",
  type: "order.created.v1",
  sink: "http://o",
  attempt: number,
  status: outcome === "DELIVERED" ? 200 : 500,
  outcome,
  nextAttemptMs: null,
  durationMs: 3,
  error: null,
});
const message = (more: Partial<OutcomeMessage> = {}): OutcomeMessage => ({
  watching: true,
  matches: [match],
  attempts: [],
  problems: [],
  ...more,
});

test("each Subscription shows its last attempt, also after the stream began anew", () => {
  const first = applyOutcome(undefined, message());
  expect(first.matches).toEqual([{ ...match, attempt: undefined }]);
  const failed = applyOutcome(first, message({ attempts: [attempt(1, "RETRY")] }));
  const healed = applyOutcome(failed, message({ attempts: [attempt(2, "DELIVERED")] }));
  expect(healed.matches[0]?.attempt).toMatchObject({ attempt: 2, outcome: "DELIVERED" });
  expect(applyOutcome(healed, message()).matches[0]?.attempt).toMatchObject({ attempt: 2 });
});

test("an event that is sent again is delivered although an earlier one of its id was given up", () => {
  const lost = applyOutcome(undefined, message({ attempts: [attempt(3, "DEAD")] }));
  const again = applyOutcome(lost, message({ attempts: [attempt(1, "DELIVERED")] }));
  expect(again.matches[0]?.attempt).toMatchObject({ attempt: 1, outcome: "DELIVERED" });
});

test("the first and the final answer are announced, not all between", () => {
  const spoken = (...attempts: Attempt[]) =>
    applyOutcome(undefined, message({ attempts })).matches.map(spokenOutcome);
  expect(spoken()).toEqual([""]);
  expect(spoken(attempt(1, "RETRY"))).toEqual(["orders: failed, is tried again."]);
  expect(spoken(attempt(2, "RETRY"))).toEqual(spoken(attempt(1, "RETRY")));
  expect(spoken(attempt(2, "RETRY"), attempt(3, "DEAD"))).toEqual(["orders: given up."]);
  expect(spoken(attempt(3, "DELIVERED"))).toEqual(["orders: delivered."]);
});

test("a Subscription that tries it unexpectedly is shown, too", () => {
  const state = applyOutcome(undefined, message({ attempts: [attempt(1, "DELIVERED", "audit")] }));
  expect(state.matches.map(({ name }) => name)).toEqual(["orders", "audit"]);
});
