import { expect, test } from "vitest";
import { applyAttempts } from "./attempt-store.ts";
import type { AttemptsMessage, TailMessage } from "./live-eventing.ts";
import { applyTail } from "./tail-store.ts";

function tail(from: number, count: number, omitted = 0): TailMessage {
  const events = Array.from({ length: count }, (_, index) => ({
    time: "2026-01-31T12:00:00Z",
    source: "shop",
    type: "order.created.v1",
    event: { id: String(from + index) },
    truncated: false,
  }));
  return { watching: true, events, omitted, problem: null };
}

test("the newest event stands first, and memory is bounded", () => {
  let state = applyTail(undefined, tail(1, 2));
  expect(state.events.map(({ event }) => (event as { id: string }).id)).toEqual(["2", "1"]);
  for (let from = 3; from < 2003; from += 100) state = applyTail(state, tail(from, 100, 7));
  expect(state.events).toHaveLength(500);
  expect(state.events[0]?.event).toEqual({ id: "2002" });
  expect(state).toMatchObject({ omitted: 140, seen: 2142 });
  expect(new Set(state.events.map(({ number }) => number)).size).toBe(500);
});

test("attempts are kept alike", () => {
  const attempts = [1, 2, 3].map((attempt) => ({ attempt })) as AttemptsMessage["attempts"];
  const message = { watching: true, attempts, omitted: 2, problem: null };
  const state = applyAttempts(applyAttempts(undefined, message), { ...message, attempts: [] });
  expect(state.attempts.map(({ attempt }) => attempt)).toEqual([3, 2, 1]);
  expect(state.omitted).toBe(4);
});
