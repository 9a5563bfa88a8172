import { expect, test } from "vitest";
import { isAlive, parseStat, readStat } from "./process-stat.ts";

test("a process name may hold anything", () => {
  const tail = `S 1 42 7 ${Array.from({ length: 15 }, () => "0").join(" ")} 1769 99`;
  expect(parseStat(`31 (a) R 9 (x) ${tail}`)).toEqual({ pid: 31, state: "S", group: 42, startTime: 1769 });
});

test.each(["", "12", "12 (sh", "12 (sh) S 1"])("%j is no stat line", (line) => {
  expect(parseStat(line)).toBeUndefined();
});

test("another process with the same id is not the one that was remembered", () => {
  const own = readStat("/proc/self/stat");
  expect(own && isAlive(own)).toBe(true);
  expect(own && isAlive({ ...own, startTime: own.startTime - 1 })).toBe(false);
});
