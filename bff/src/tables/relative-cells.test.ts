import { expect, test } from "vitest";
import {
  ageToTime,
  keepTimes,
  occurrencesToTime,
  parseDuration,
  searchable,
  splitOccurrences,
} from "./relative-cells.ts";
import { compareKeys, sortKeyOf } from "./sort-key.ts";
import { serverColumns } from "./server-columns.ts";

const now = Date.parse("2026-01-02T00:00:00Z");

test("an age becomes the time that it counts from", () => {
  expect(ageToTime("3h12m", now)).toBe("2026-01-01T20:47:58Z");
  expect(ageToTime("5m3s", now)).toBe("2026-01-01T23:54:57Z");
  expect(ageToTime("<none>", now)).toBe("<none>");
  expect(ageToTime("2025-01-01T00:00:00Z", now)).toBe("2025-01-01T00:00:00Z");
});

test.each([
  ["2 (3h ago)", "2 (2026-01-01T20:59:58Z)"],
  ["11 (2d5h ago)", "11 (2025-12-30T18:59:58Z)"],
  ["0", "0"],
  [4, 4],
  ["2 (<invalid> ago)", "2 (<invalid> ago)"],
  ["2 (soon ago)", "2 (soon ago)"],
  ["x2 (3h ago)", "x2 (3h ago)"],
])("a count with an age, %j, becomes %j", (cell, expected) => {
  expect(occurrencesToTime(cell, now)).toBe(expected);
});

test("a count and its time are read back, and nothing else is", () => {
  expect(splitOccurrences("2 (2026-01-01T21:00:00Z)")).toEqual({ count: "2", last: "2026-01-01T21:00:00Z" });
  for (const other of ["2", 2, "2 (3h ago)", null]) expect(splitOccurrences(other)).toBeUndefined();
});

const columns = serverColumns([
  { name: "Last Seen", type: "string" },
  { name: "Restarts", type: "string" },
  { name: "Duration", type: "string" },
  { name: "Status", type: "string" },
]);

test("columns that are relative to now are known by name, unless they hold something else", () => {
  expect(columns.map(({ type }) => type)).toEqual(["date", "occurrences", "duration", "string"]);
  const others = [
    { name: "Restarts", type: "integer" },
    { name: "constructor", type: "string" },
    { name: "Due", type: "string", format: "date-time" },
  ];
  expect(serverColumns(others).map(({ type }) => type)).toEqual(["integer", "string", "date"]);
});

test.each([
  ["45s", 0.9],
  ["5m3s", 0.9],
  ["3h", 59],
  ["3h5m", 59],
  ["12h", 3599],
  ["2d4h", 3599],
  ["10d", 86_399],
  ["3y20d", 86_399],
  ["9y", 365 * 86_400 - 1],
])(
  "a time read from %s reads the same, and stays while the text can still mean it: for %d s",
  (age, seconds) => {
    const at = (moment: number): [unknown, string, unknown, string] => {
      const time = ageToTime(age, moment);
      return [time, `2 (${String(time)})`, time, "Running"];
    };
    const known = at(now);
    // Two seconds more, where seconds are not shown.
    const spare = now - Date.parse(String(known[0])) - (parseDuration(age) ?? 0);
    expect(spare).toBe(age.endsWith("s") ? 0 : 2000);
    const later = now + seconds * 1000;
    expect(keepTimes(at(later), known, columns, later)).toEqual(known);
    const tooLate = later + 2000;
    expect(keepTimes(at(tooLate), known, columns, tooLate)).toEqual(at(tooLate));
  },
);

test("a time that cannot be meant any more gives way to the new one", () => {
  const cells = (time: string, count = 2): unknown[] => [time, `${count} (${time})`, time, "Running"];
  const known = cells("2026-01-01T12:00:00Z");
  const again = cells("2026-01-01T23:59:50Z", 3);
  expect(keepTimes(again, known, columns, now)).toBe(again);
  const restarted = [...known.slice(0, 1), "3 (2026-01-01T12:00:00Z)", ...known.slice(2)];
  expect(keepTimes(restarted, known, columns, now)).toBe(restarted);
  const ended = ["<unknown>", "2", "11h", "Complete"];
  expect(keepTimes(ended, known, columns, now)).toBe(ended);
  expect(keepTimes(known, ended, columns, now)).toBe(known);
});

test("counts sort by their number, and durations that grow come after those that have ended", () => {
  const sorted = (type: string, ...cells: string[]): string[] =>
    cells.toSorted((a, b) => compareKeys(sortKeyOf(a, type), sortKeyOf(b, type), false));
  const [many, few] = ["11 (2026-01-01T21:00:00Z)", "2 (2025-01-01T21:00:00Z)"];
  expect(sorted("occurrences", many, few, "3", "0")).toEqual(["0", few, "3", many]);
  const [short, long] = ["2026-01-01T23:00:00Z", "2025-12-01T00:00:00Z"];
  expect(sorted("duration", "", long, "40d", short, "2m")).toEqual(["2m", "40d", short, long, ""]);
});

test.each([
  ["2 (2026-01-01T21:00:00Z)", "occurrences", "2"],
  ["3", "occurrences", "3"],
  ["2026-01-01T21:00:00Z", "date", undefined],
  ["2026-01-01T21:00:00Z", "duration", undefined],
  ["4m", "duration", "4m"],
  ["2026-01-01T21:00:00Z", "string", "2026-01-01T21:00:00Z"],
])("of %j as %s is found: %j", (cell, type, found) => {
  expect(searchable(cell, type)).toBe(found);
});
