import { expect, test } from "vitest";
import { formatIndex, nanoTime, offsetAt, parseIndex, timeAt, trimIndex } from "./log-index.ts";

const index = parseIndex("start 0\n10 1000\n30 2000\n35 3000\n99 40");

test("a record that a crash cut off is left out", () => {
  expect(index.records).toEqual([
    { end: 10, time: 1000 },
    { end: 30, time: 2000 },
    { end: 35, time: 3000 },
  ]);
});

test.each([
  [0, 1000],
  [9, 1000],
  [10, 2000],
  [34, 3000],
  [500, 3000],
])("byte %i was written at %i", (offset, time) => {
  expect(timeAt(index, offset)).toBe(time);
});

test.each([
  [0, 0],
  [1000, 0],
  [1001, 10],
  [3000, 30],
  [3001, 35],
])("what was written since %i begins at byte %i", (time, offset) => {
  expect(offsetAt(index, time)).toBe(offset);
});

test("trimming keeps the record that reaches over the cut and survives writing and reading", () => {
  const trimmed = parseIndex(formatIndex(trimIndex(index, 20)));
  expect(trimmed).toEqual({ start: 20, records: index.records.slice(1) });
  expect(offsetAt(trimmed, 0)).toBe(20);
});

test("times carry nanoseconds", () => {
  expect(nanoTime(Date.UTC(2026, 0, 2, 3, 4, 5, 67))).toBe("2026-01-02T03:04:05.067000000Z");
});
