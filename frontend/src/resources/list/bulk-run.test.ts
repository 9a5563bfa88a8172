import { expect, it } from "vitest";
import {
  batches,
  countStates,
  newRun,
  reasons,
  retried,
  withCancelled,
  withFailure,
  withResults,
  withRunning,
} from "./bulk-run.ts";

const targets = Array.from({ length: 120 }, (_, index) => ({
  key: `uid-${index}`,
  namespace: "shop",
  name: `pod-${index}`,
}));
const answer = (index: number, ok: boolean, message = "") => ({
  namespace: "shop",
  name: `pod-${index}`,
  ok,
  message,
});

it("goes in calls of at most 50 objects", () => {
  expect(batches(newRun(targets)).map((batch) => batch.length)).toEqual([50, 50, 20]);
  expect(batches([])).toEqual([]);
});

it("does only what the dry run let pass", () => {
  const checked = withResults(
    newRun(targets.slice(0, 3)),
    [answer(0, true), answer(1, false, 'pods "pod-1" is forbidden'), answer(2, true)],
    true,
  );
  expect(countStates(checked)).toMatchObject({ waiting: 2, refused: 1 });
  expect(batches(checked)[0]?.map(({ name }) => name)).toEqual(["pod-0", "pod-2"]);
});

it("retries what failed and what was cancelled, and nothing else", () => {
  const items = newRun(targets);
  const [first = []] = batches(items);
  const results = first.map((_item, index) =>
    answer(index, index !== 7, index === 7 ? "timeout" : "deleted"),
  );
  const stopped = withCancelled(withResults(withRunning(items, first), results, false));
  expect(countStates(stopped)).toMatchObject({ done: 49, failed: 1, cancelled: 70 });
  const again = retried(stopped);
  expect(countStates(again)).toMatchObject({ done: 49, waiting: 71 });
  expect(again[7]).toMatchObject({ state: "waiting", message: "" });
});

it("fails a call's objects when the call fails as a whole", () => {
  const items = newRun(targets);
  const [first = []] = batches(items);
  const failed = withFailure(withRunning(items, first), first, "The server cannot be reached.", false);
  expect(countStates(failed)).toMatchObject({ failed: 50, waiting: 70 });
});

it("names each reason once", () => {
  const checked = withResults(
    newRun(targets.slice(0, 3)),
    [
      answer(0, false, 'pods "pod-0" is forbidden'),
      answer(1, false, 'pods "pod-1" is forbidden'),
      answer(2, false, "gone"),
    ],
    true,
  );
  expect(reasons(checked, "refused").map(({ message, items }) => [message, items.length])).toEqual([
    ["pods … is forbidden", 2],
    ["gone", 1],
  ]);
});
