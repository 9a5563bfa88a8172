import { expect, it } from "vitest";
import { listKey } from "./list-keys.ts";

const press = (key: string, over = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...over,
});
const at = (active: number) => ({ active, total: 100, page: 20 });

it.each([
  ["ArrowDown", -1, 0],
  ["j", 4, 5],
  ["k", 0, 0],
  ["ArrowUp", 5, 4],
  ["PageDown", 90, 99],
  ["PageUp", 30, 10],
  ["End", 3, 99],
  ["Home", 3, 0],
])("%s from row %i leads to row %i", (key, from, to) => {
  expect(listKey(press(key), at(from))).toEqual({ type: "move", to });
});

it("opens and selects only where a row has the focus, and leaves the browser its own keys", () => {
  expect(listKey(press("Enter"), at(3))).toEqual({ type: "open" });
  expect(listKey(press("Enter"), at(-1))).toBeUndefined();
  expect(listKey(press(" ", { shiftKey: true }), at(3))).toEqual({ type: "select", range: true });
  expect(listKey(press("k", { ctrlKey: true }), at(3))).toBeUndefined();
  expect(listKey(press("x"), at(3))).toBeUndefined();
  expect(listKey(press("j"), { active: -1, total: 0, page: 20 })).toBeUndefined();
});
