import { expect, test } from "vitest";
import { familyOf, isAlive, parseStat, type ProcessStat, readStat } from "./process-stat.ts";

test("a process name may hold anything", () => {
  const tail = `S 1 42 7 ${Array.from({ length: 15 }, () => "0").join(" ")} 1769 99`;
  expect(parseStat(`31 (a) R 9 (x) ${tail}`)).toEqual({
    pid: 31,
    state: "S",
    parent: 1,
    group: 42,
    session: 7,
    startTime: 1769,
  });
});

test.each(["", "12", "12 (sh", "12 (sh) S 1"])("%j is no stat line", (line) => {
  expect(parseStat(line)).toBeUndefined();
});

test("another process with the same id is not the one that was remembered", () => {
  const own = readStat("/proc/self/stat");
  expect(own && isAlive(own)).toBe(true);
  expect(own && isAlive({ ...own, startTime: own.startTime - 1 })).toBe(false);
});

test("a family is whoever descends from its root or shares a session with one of it", () => {
  const process = (pid: number, parent: number, group: number, session: number): ProcessStat => ({
    pid,
    state: "S",
    parent,
    group,
    session,
    startTime: 1,
  });
  const all = [
    process(10, 1, 10, 10),
    process(13, 1, 12, 12),
    process(12, 11, 12, 12),
    process(11, 10, 10, 10),
    process(20, 1, 20, 20),
  ];
  expect(familyOf(all, new Set([10])).map(({ pid }) => pid)).toEqual([10, 13, 12, 11]);
});
