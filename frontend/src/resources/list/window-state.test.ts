import { describe, expect, it } from "vitest";
import type { WindowMessage, WindowRow } from "#api/lists.ts";
import { applyWindowMessage, indexOfKey, rowAt } from "./window-state.ts";

function row(key: string, status = "Running"): WindowRow {
  return {
    key,
    namespace: "shop",
    name: `pod-${key}`,
    creationTimestamp: "2026-01-01T00:00:00Z",
    labels: {},
    cells: [status],
  };
}

function message(over: Partial<WindowMessage>): WindowMessage {
  return {
    liveness: "LIVE",
    staleSince: null,
    revision: 1,
    snapshot: false,
    total: 100,
    unfiltered: 100,
    arriving: 0,
    offset: 40,
    columns: null,
    order: null,
    rows: [],
    forbidden: [],
    warnings: [],
    ...over,
  };
}

const columns = [{ id: "cell:Status", name: "Status", type: "string", description: "", priority: 0 }];
const first = applyWindowMessage(
  undefined,
  message({ snapshot: true, columns, order: ["a", "b", "c"], rows: [row("a"), row("b"), row("c")] }),
  1000,
);

describe("applyWindowMessage", () => {
  it("finds rows by their place in the whole list", () => {
    expect(rowAt(first, 41)?.row.key).toBe("b");
    expect(rowAt(first, 39)).toBeUndefined();
    expect(rowAt(first, 43)).toBeUndefined();
    expect(indexOfKey(first, "c")).toBe(42);
    expect(indexOfKey(first, "z")).toBe(-1);
  });
  it("changes just the rows that a change names, and marks them", () => {
    const next = applyWindowMessage(first, message({ rows: [row("b", "Failed")] }), 2000);
    expect(next.rows.get("a")).toBe(first.rows.get("a"));
    expect(next.rows.get("b")).toEqual({ row: row("b", "Failed"), touchedAt: 2000 });
    expect(next.order).toBe(first.order);
    expect(next.columns).toBe(first.columns);
  });
  it("drops rows that left the window and takes in those that came", () => {
    const next = applyWindowMessage(
      first,
      message({ order: ["n", "b", "c"], rows: [row("n")], offset: 41, total: 101 }),
      2000,
    );
    expect([...next.rows.keys()].toSorted((a, b) => a.localeCompare(b))).toEqual(["b", "c", "n"]);
    expect(next.rows.get("n")?.touchedAt).toBe(2000);
    expect(rowAt(next, 42)?.row.key).toBe("b");
    expect(next.total).toBe(101);
  });
  it("replaces all by a snapshot, but keeps rows that look the same and marks none that is new to the window", () => {
    const next = applyWindowMessage(
      first,
      message({ snapshot: true, columns: [...columns], order: ["c", "d"], rows: [row("c"), row("d")] }),
      2000,
    );
    expect(next.rows.size).toBe(2);
    expect(next.rows.get("c")).toBe(first.rows.get("c"));
    expect(next.rows.get("d")?.touchedAt).toBe(0);
    expect(next.columns).toBe(first.columns);
  });
  it("carries how fresh it is and what is missing", () => {
    const next = applyWindowMessage(
      first,
      message({
        liveness: "RECONNECTING",
        staleSince: "2026-01-01T00:00:05Z",
        forbidden: ["secret-ns"],
        warnings: ["x"],
      }),
      2000,
    );
    expect(next).toMatchObject({
      liveness: "RECONNECTING",
      staleSince: "2026-01-01T00:00:05Z",
      forbidden: ["secret-ns"],
      warnings: ["x"],
    });
  });
});
