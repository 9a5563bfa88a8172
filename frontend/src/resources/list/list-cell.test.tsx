import { act, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { WindowRow } from "#api/lists.ts";
import { exactTime } from "#ui/age-text.ts";
import { CellContent, cellTitle } from "./list-cell.tsx";
import type { ShownColumn } from "./list-columns.ts";
import { columnWidths } from "./list-columns.ts";

const column = (type: string, name = "Column"): ShownColumn => ({
  id: `cell:${name}`,
  name,
  type,
  description: "",
  priority: 0,
  cell: 0,
  sort: undefined,
});
const row = (cell: unknown): WindowRow => ({
  key: "k",
  namespace: "shop",
  name: "web",
  creationTimestamp: "2026-01-01T00:00:00Z",
  labels: {},
  cells: [cell],
});
const time = "2026-01-01T12:00:00Z";

beforeEach(() => void vi.useFakeTimers({ now: Date.parse("2026-01-01T15:00:01Z") }));
afterEach(() => void vi.useRealTimers());

it.each([
  ["date", time, "3h", "3h1m"],
  ["duration", time, "3h", "3h1m"],
  ["duration", "4m30s", "4m30s", "4m30s"],
  ["occurrences", `2 (${time})`, "2 (3h ago)", "2 (3h1m ago)"],
  ["occurrences", "2", "2", "2"],
  ["string", `2 (${time})`, `2 (${time})`, `2 (${time})`],
])("a cell of type %s, %j, ticks from %j to %j", (type, cell, text, later) => {
  const { container } = render(<CellContent column={column(type)} row={row(cell)} />);
  act(() => void vi.advanceTimersByTime(1000));
  expect(container.textContent).toBe(text);
  act(() => void vi.advanceTimersByTime(60_000));
  expect(container.textContent).toBe(later);
});

it("tells the exact times in the tooltip", () => {
  expect(cellTitle(column("occurrences"), row(`2 (${time})`))).toBe(`2, last at ${exactTime(time)}`);
  expect(cellTitle(column("duration"), row(time))).toBe(`since ${exactTime(time)}`);
  expect(cellTitle(column("duration"), row("4m"))).toBe("4m");
});

it("makes a column as wide as what it shows, not as what it holds", () => {
  const restarts = column("occurrences", "Restarts");
  const window = {
    liveness: "LIVE" as const,
    staleSince: null,
    total: 1,
    unfiltered: 1,
    arriving: 0,
    offset: 0,
    order: ["k"],
    rows: new Map([["k", { row: row(`2 (${time})`), touchedAt: 0 }]]),
    columns: [],
    forbidden: [],
    warnings: [],
  };
  expect(columnWidths([restarts], window, new Map()).get("cell:Restarts")).toBe("2 (7h59m ago)".length + 1);
});
