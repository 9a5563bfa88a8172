import { expect, test } from "vitest";
import { SendTurns } from "./send-turns.ts";

/** Counts without end, and knows how often it was asked and whether it was ended. */
class Counter implements AsyncIterator<number> {
  asked = 0;
  ended = false;

  next(): Promise<IteratorResult<number>> {
    return Promise.resolve({ done: false, value: ++this.asked });
  }

  return(): Promise<IteratorResult<number>> {
    this.ended = true;
    return Promise.resolve({ done: true, value: undefined });
  }
}

/** What has settled after everything that can happen has happened. */
async function settled<T>(promise: Promise<T>): Promise<T | "waits"> {
  await new Promise((resolve) => setImmediate(resolve));
  return Promise.race([promise, Promise.resolve("waits" as const)]);
}

test("a message waits until another one has been sent, and its source is asked for no further one meanwhile", async () => {
  const turns = new SendTurns(1);
  const [a, b] = [new Counter(), new Counter()];
  const [first, second] = [turns.pace(a), turns.pace(b)];
  expect(await settled(first.next())).toEqual({ done: false, value: 1 });
  const waiting = second.next();
  expect(await settled(waiting)).toBe("waits");
  const again = first.next();
  expect(await settled(waiting)).toEqual({ done: false, value: 1 });
  expect(await settled(again)).toBe("waits");
  expect([a.asked, b.asked]).toEqual([2, 1]);
});

test("a stream that ends gives its turn back, also one that only waits for it", async () => {
  const turns = new SendTurns(1);
  const sources = [new Counter(), new Counter(), new Counter()];
  const [first, second, third] = sources.map((source) => turns.pace(source));
  await first?.next();
  const [abandoned, waiting] = [second!.next(), third!.next()];
  await second?.return?.();
  await abandoned;
  expect(await settled(waiting)).toBe("waits");
  await first?.return?.();
  expect(await settled(waiting)).toEqual({ done: false, value: 1 });
  await third?.return?.();
  expect(sources.map(({ ended }) => ended)).toEqual([true, true, true]);
  const fourth = turns.pace(new Counter());
  expect(await settled(fourth.next())).toEqual({ done: false, value: 1 });
});

test("as many as allowed send at the same time", async () => {
  const turns = new SendTurns(2);
  const nexts = [1, 2, 3].map(() => turns.pace(new Counter()).next());
  const states = await Promise.all(nexts.map(settled));
  expect(states.map((state) => state === "waits")).toEqual([false, false, true]);
});
