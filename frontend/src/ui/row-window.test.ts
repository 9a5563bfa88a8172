import { expect, it } from "vitest";
import { rowWindow } from "./row-window.ts";

it("renders all of a short list", () => {
  expect(rowWindow(5, 40, 0, 800)).toEqual({ start: 0, end: 5, before: 0, after: 0 });
});
it("renders what is in view and a little more, and keeps the height of the rest", () => {
  const { start, end, before, after } = rowWindow(10_000, 40, 200_000, 800);
  expect([start, end]).toEqual([4988, 5032]);
  expect(before + (end - start) * 40 + after).toBe(400_000);
});
it("stays in range when the list became shorter than the scroll position", () => {
  const { start, end } = rowWindow(3, 40, 90_000, 800);
  expect([start, end]).toEqual([0, 3]);
});
it("copes with an empty list", () => {
  expect(rowWindow(0, 40, 0, 800)).toEqual({ start: 0, end: 0, before: 0, after: 0 });
});
