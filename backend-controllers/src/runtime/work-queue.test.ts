import { expect, test } from "vitest";
import { FakeClock, settle } from "./fake-clock.ts";
import { WorkQueue } from "./work-queue.ts";

const never = new AbortController().signal;

function queueWithClock() {
  const clock = new FakeClock();
  return { clock, queue: new WorkQueue({ clock, random: () => 0 }) };
}

/** What `take` gave so far, without waiting for it. */
function taken(queue: WorkQueue): string[] {
  const keys: string[] = [];
  void (async () => {
    for (let key = await queue.take(never); key !== undefined; key = await queue.take(never)) keys.push(key);
  })();
  return keys;
}

test("a key waits only once and keys come in the order of arrival", async () => {
  const { queue } = queueWithClock();
  for (const key of ["b", "a", "b", "c", "a"]) queue.add(key);
  expect(queue.depth).toBe(3);
  expect(await Promise.all([queue.take(never), queue.take(never), queue.take(never)])).toEqual([
    "b",
    "a",
    "c",
  ]);
});

test("a key in work is not handed out again until it is done, then once", async () => {
  const { queue } = queueWithClock();
  queue.add("a");
  expect(await queue.take(never)).toBe("a");
  queue.add("a");
  queue.add("a");
  const keys = taken(queue);
  await settle();
  expect(keys).toEqual([]);
  queue.done("a");
  await settle();
  expect(keys).toEqual(["a"]);
  queue.done("a");
  await settle();
  expect(keys).toEqual(["a"]);
});

test("failures back off per key from 250 ms, doubling, to 5 minutes", () => {
  const { queue } = queueWithClock();
  const delays = Array.from({ length: 13 }, () => queue.retry("a"));
  expect(delays.slice(0, 4)).toEqual([250, 500, 1000, 2000]);
  expect(delays.slice(-2)).toEqual([300_000, 300_000]);
  expect(queue.retry("b")).toBe(250);
  queue.forget("a");
  expect(queue.retry("a")).toBe(250);
});

test("jitter lengthens a delay by up to a fifth", () => {
  const queue = new WorkQueue({ clock: new FakeClock(), random: () => 0.999 });
  expect(queue.retry("a")).toBeCloseTo(250 * 1.2, 0);
});

test("a retry honours the server's wish to wait longer", () => {
  const { queue } = queueWithClock();
  expect(queue.retry("a", 7000)).toBe(7000);
});

test("a key falls due after its delay, and an earlier plan wins", async () => {
  const { clock, queue } = queueWithClock();
  const keys = taken(queue);
  queue.addAfter("a", 1000);
  queue.addAfter("a", 400);
  queue.addAfter("a", 2000);
  await clock.advance(399);
  expect(keys).toEqual([]);
  await clock.advance(1);
  expect(keys).toEqual(["a"]);
  queue.done("a");
  await clock.advance(5000);
  expect(keys).toEqual(["a"]);
});

test("a look now replaces the one planned for later", async () => {
  const { clock, queue } = queueWithClock();
  const keys = taken(queue);
  queue.addAfter("a", 1000);
  queue.add("a");
  await settle();
  queue.done("a");
  await clock.advance(2000);
  expect(keys).toEqual(["a"]);
});

test("an aborted taker gets nothing and loses no key", async () => {
  const { queue } = queueWithClock();
  const stop = new AbortController();
  const waiting = queue.take(stop.signal);
  stop.abort();
  expect(await waiting).toBeUndefined();
  queue.add("a");
  expect(queue.depth).toBe(1);
  expect(await queue.take(never)).toBe("a");
});
