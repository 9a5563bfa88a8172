import { describe, expect, it } from "vitest";
import type { TableColumn, TableRow } from "#api/live-rows.ts";
import { shownColumns, viewRows } from "./table-view.ts";

function column(name: string, priority = 0): TableColumn {
  return { name, type: "string", format: "", description: "", priority };
}

function row(name: string, namespace: string, restarts: number, created: string, labels = {}): TableRow {
  return {
    key: `${namespace}/${name}`,
    name,
    namespace,
    creationTimestamp: created,
    labels,
    cells: [name, "10.0.0.1", restarts, "5m"],
  };
}

const columns = shownColumns([column("Name"), column("IP", 1), column("Restarts"), column("Age")]);
const rows = [
  row("web-10", "shop", 2, "2026-01-01T00:00:00Z", { app: "web" }),
  row("web-9", "shop", 10, "2026-01-03T00:00:00Z", { app: "web" }),
  row("db", "data", 0, "2026-01-02T00:00:00Z"),
];
const names = (view: Parameters<typeof viewRows>[2]) => viewRows(rows, columns, view).map(({ name }) => name);

describe("viewRows", () => {
  it("leaves out wide columns but keeps the place of the others' cells", () => {
    expect(columns.map(({ name, cell }) => [name, cell])).toEqual([
      ["Name", 0],
      ["Restarts", 2],
      ["Age", 3],
    ]);
  });
  it("orders numbers in text as numbers", () => {
    expect(names({ filter: "", sortBy: 0, descending: false })).toEqual(["db", "web-9", "web-10"]);
  });
  it("orders the age column from the youngest, by time of creation and not by its text", () => {
    expect(names({ filter: "", sortBy: 2, descending: false })).toEqual(["web-9", "db", "web-10"]);
  });
  it("orders by namespace, then name", () => {
    expect(names({ filter: "", sortBy: -1, descending: true })).toEqual(["web-9", "web-10", "db"]);
  });
  it("finds rows in which every word occurs, labels included", () => {
    expect(names({ filter: "app=WEB 10", sortBy: 0, descending: false })).toEqual(["web-9", "web-10"]);
    expect(names({ filter: "nothing", sortBy: 0, descending: false })).toEqual([]);
  });
});
