import { expect, test } from "vitest";
import { Lanes } from "./lanes.ts";

test("one item of a key at a time, in order; keys take turns", () => {
  const lanes = new Lanes<number>();
  for (const [key, item] of [
    ["a", 1],
    ["a", 2],
    ["b", 3],
    ["a", 4],
  ] as const)
    lanes.add(key, item);
  expect([lanes.next(), lanes.next(), lanes.next()]).toEqual([
    { key: "a", item: 1 },
    { key: "b", item: 3 },
    undefined,
  ]);
  lanes.finished("a");
  expect(lanes.next()).toEqual({ key: "a", item: 2 });
  lanes.finished("b");
  expect(lanes.next()).toBeUndefined();
  lanes.add("b", 5);
  expect(lanes.next()).toEqual({ key: "b", item: 5 });
});

test("an item that is tried again stays before the later ones of its key", () => {
  const lanes = new Lanes<number>();
  lanes.add("a", 1);
  lanes.add("a", 2);
  lanes.next();
  lanes.again("a");
  lanes.again("a");
  expect([lanes.next(), lanes.next()]).toEqual([{ key: "a", item: 1 }, undefined]);
});

test("an item that was put back is the next one", () => {
  const lanes = new Lanes<number>();
  lanes.add("a", 1);
  lanes.add("b", 2);
  lanes.next();
  lanes.putBack("a");
  expect([lanes.next(), lanes.next(), lanes.next()]).toEqual([
    { key: "a", item: 1 },
    { key: "b", item: 2 },
    undefined,
  ]);
});

test("what is not given out can be taken back; what is out ends as usual, and new items go on", () => {
  const lanes = new Lanes<number>();
  for (const item of [1, 2]) lanes.add("a", item);
  lanes.add("b", 3);
  lanes.next();
  expect(lanes.takeWaiting().sort((a, b) => a - b)).toEqual([2, 3]);
  lanes.add("a", 4);
  lanes.add("b", 5);
  expect(lanes.next()).toEqual({ key: "b", item: 5 });
  expect(lanes.next()).toBeUndefined();
  lanes.finished("a");
  expect(lanes.next()).toEqual({ key: "a", item: 4 });
});
