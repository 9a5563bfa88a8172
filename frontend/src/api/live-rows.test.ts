import { describe, expect, it } from "vitest";
import type { TableColumn, TableRow } from "./live-rows.ts";
import { applyObjectsMessage, applyTableMessage } from "./live-rows.ts";

const column: TableColumn = { name: "Name", type: "string", format: "name", description: "", priority: 0 };
function row(key: string, cell = key): TableRow {
  return { key, name: key, namespace: null, creationTimestamp: "", labels: {}, cells: [cell] };
}
function message(more: Partial<Parameters<typeof applyTableMessage>[1]>) {
  return { liveness: "LIVE" as const, snapshot: false, columns: null, rows: [], deleted: [], ...more };
}
const snapshot = message({ snapshot: true, columns: [column], rows: [row("a"), row("b")] });

describe("applyTableMessage", () => {
  it("puts changes over the rows, keeps the columns, and removes what is gone", () => {
    const first = applyTableMessage(undefined, snapshot);
    const next = applyTableMessage(first, message({ rows: [row("b", "B"), row("c")], deleted: ["a"] }));
    expect([...next.rows.values()].map(({ cells }) => cells[0])).toEqual(["B", "c"]);
    expect(next.columns).toEqual([column]);
    expect([...first.rows.keys()]).toEqual(["a", "b"]);
  });
  it("forgets everything at a later snapshot", () => {
    const before = applyTableMessage(undefined, snapshot);
    const after = applyTableMessage(before, message({ snapshot: true, columns: [column], rows: [row("z")] }));
    expect([...after.rows.keys()]).toEqual(["z"]);
  });
  it("takes over liveness without losing rows", () => {
    const before = applyTableMessage(undefined, snapshot);
    const after = applyTableMessage(before, message({ liveness: "RECONNECTING" }));
    expect([after.liveness, after.rows.size]).toEqual(["RECONNECTING", 2]);
  });
});

describe("applyObjectsMessage", () => {
  const object = (uid: string, value: number) => ({ metadata: { uid }, value });
  it("keeps objects by uid and replaces all at a snapshot", () => {
    const liveness = "LIVE" as const;
    const first = applyObjectsMessage(undefined, {
      liveness,
      snapshot: true,
      objects: [object("1", 1), object("2", 1)],
      deleted: [],
    });
    const second = applyObjectsMessage(first, {
      liveness,
      snapshot: false,
      objects: [object("2", 2)],
      deleted: ["1"],
    });
    expect([...second.objects.values()]).toEqual([object("2", 2)]);
    const third = applyObjectsMessage(second, { liveness, snapshot: true, objects: [], deleted: [] });
    expect(third.objects.size).toBe(0);
  });
});
