import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { NotFoundError } from "#api/errors.ts";
import * as api from "./eventing-api.ts";
import type { DeadLetter } from "./eventing-api.ts";
import { oldestFirst, useLetterRun } from "./letter-run.ts";
import { letter } from "./testing/letter.ts";

afterEach(() => vi.restoreAllMocks());

const delivered = { delivered: true, status: 200, answer: "", deadLetter: null };

/** Replays are recorded when they begin and when they end. */
function recordReplays(answer: (name: string) => api.ReplayAnswer = () => delivered) {
  const seen: string[] = [];
  vi.spyOn(api, "replayDeadLetter").mockImplementation(async ({ name }) => {
    seen.push(`${name} begins`);
    await Promise.resolve();
    seen.push(`${name} ends`);
    return answer(name);
  });
  return seen;
}

function startRun(letters: DeadLetter[], action: "replay" | "discard") {
  const gone: string[] = [];
  const events = {
    onStart: vi.fn(),
    onGone: (keys: readonly string[]) => gone.push(...keys),
    onEnd: vi.fn(),
  };
  const { result } = renderHook(() => useLetterRun(letters, action, events));
  expect(events.onStart).not.toHaveBeenCalled();
  act(() => result.current.start());
  expect(events.onStart).toHaveBeenCalledOnce();
  return { result, gone, events };
}

test("a replay goes from the oldest to the newest, one by one within a Subscription", async () => {
  const seen = recordReplays();
  const { result, gone, events } = startRun([letter(4), letter(3), letter(2)], "replay");
  await waitFor(() => expect(result.current.phase).toBe("finished"));
  expect(seen).toEqual(["2 begins", "2 ends", "3 begins", "3 ends", "4 begins", "4 ends"]);
  expect(gone).toEqual(["shop/2", "shop/3", "shop/4"]);
  expect(events.onEnd).toHaveBeenCalledOnce();
});

test("several Subscriptions are replayed beside each other", async () => {
  const seen = recordReplays();
  const { result } = startRun([letter(3, { subscription: "mail" }), letter(2), letter(1)], "replay");
  await waitFor(() => expect(result.current.phase).toBe("finished"));
  expect(seen.slice(0, 2).toSorted()).toEqual(["1 begins", "3 begins"]);
  expect(seen.indexOf("1 ends")).toBeLessThan(seen.indexOf("2 begins"));
});

test("one that was replayed in vain keeps its turn, also under its new number", async () => {
  const early = "2026-11-27T11:00:00Z";
  expect(oldestFirst([letter(9, { time: early }), letter(8), letter(7)]).map(({ name }) => name)).toEqual([
    "9",
    "7",
    "8",
  ]);
  const seen = recordReplays((name) =>
    name === "1" ? { delivered: false, status: 503, answer: "busy", deadLetter: "5" } : delivered,
  );
  const { result, gone } = startRun([letter(2), letter(1)], "replay");
  await waitFor(() => expect(result.current.phase).toBe("finished"));
  expect(result.current.items.map(({ state, message }) => [state, message])).toEqual([
    ["failed", "503, busy"],
    ["done", ""],
  ]);
  expect(gone).toEqual(["shop/1", "shop/2"]);
  act(() => result.current.retry());
  await waitFor(() => expect(result.current.phase).toBe("finished"));
  expect(seen.slice(4)).toEqual(["5 begins", "5 ends"]);
  expect(gone.at(-1)).toBe("shop/5");
});

test("a letter that somebody else discarded is discarded; one that cannot be is told", async () => {
  vi.spyOn(api, "discardDeadLetter").mockImplementation(async ({ name }) => {
    if (name === "1") throw new NotFoundError("it is not there", "NOT_FOUND");
    if (name === "2") throw new Error("You may not.");
  });
  const { result, gone } = startRun([letter(3), letter(2), letter(1)], "discard");
  await waitFor(() => expect(result.current.phase).toBe("finished"));
  expect(result.current.items.map(({ state, message }) => [state, message])).toEqual([
    ["done", ""],
    ["failed", "You may not."],
    ["done", ""],
  ]);
  expect(gone.toSorted()).toEqual(["shop/1", "shop/3"]);
});
