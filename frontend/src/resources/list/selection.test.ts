import { expect, it } from "vitest";
import type { WindowRow } from "#api/lists.ts";
import { noSelection, rangeTo, toggled } from "./selection.ts";
import type { WindowState } from "./window-state.ts";

const rows = ["a", "b", "c", "d"].map((key): WindowRow => ({
  key,
  namespace: "shop",
  name: `pod-${key}`,
  creationTimestamp: "",
  labels: {},
  cells: [],
}));
const [a, b, , d] = rows as [WindowRow, WindowRow, WindowRow, WindowRow];
const window: WindowState = {
  liveness: "LIVE",
  staleSince: null,
  total: 4,
  unfiltered: 4,
  arriving: 0,
  offset: 0,
  order: rows.map(({ key }) => key),
  rows: new Map(rows.map((row) => [row.key, { row, touchedAt: 0 }])),
  columns: [],
  forbidden: [],
  warnings: [],
};
const keys = ({ chosen }: { chosen: ReadonlyMap<string, unknown> }) => [...chosen.keys()];

it("chooses and lets go of a row", () => {
  const one = toggled(noSelection, a);
  expect(keys(one)).toEqual(["a"]);
  expect(keys(toggled(one, a))).toEqual([]);
});

it("chooses a range in either direction, from where the last click was", () => {
  expect(keys(rangeTo(toggled(noSelection, b), d, window))).toEqual(["b", "c", "d"]);
  expect(keys(rangeTo(toggled(noSelection, d), b, window)).toSorted((x, y) => x.localeCompare(y))).toEqual([
    "b",
    "c",
    "d",
  ]);
});

it("chooses just the row when the range's beginning is out of memory", () => {
  expect(keys(rangeTo({ chosen: new Map(), anchor: "gone" }, b, window))).toEqual(["b"]);
});
