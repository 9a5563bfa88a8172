import { describe, expect, it } from "vitest";
import type { WindowColumn } from "#api/lists.ts";
import { columnWidths, extraColumnName, placedColumns, shownColumns, usualColumns } from "./list-columns.ts";
import type { WindowState } from "./window-state.ts";

const column = (id: string, name: string, priority = 0): WindowColumn => ({
  id,
  name,
  type: "string",
  description: "",
  priority,
});
const columns = [
  column("name", "Name"),
  column("namespace", "Namespace"),
  column("cell:Ready", "Ready"),
  column("cell:Running", "Running"),
  column("cell:IP", "IP", 1),
  column("age", "Age"),
  column("label:app", "label:app"),
  column("jsonpath:{.status}", "x"),
];
const look = {
  sort: undefined,
  hidden: ["cell:Running"],
  columns: [
    {
      id: "console:state",
      name: "State",
      needs: ["jsonpath:{.status}", "jsonpath:{.gone}"],
      sort: "cell:Running",
      Cell: () => null,
    },
  ],
  Note: undefined,
};
const placed = placedColumns(columns, look);
const ids = (chosen: readonly { id: string }[]) => chosen.map(({ id }) => id);

describe("columns", () => {
  it("shows what kubectl shows, a feature's columns first, age last", () => {
    expect(usualColumns(placed, look.hidden)).toEqual([
      "console:state",
      "name",
      "namespace",
      "cell:Ready",
      "age",
    ]);
    expect(ids(shownColumns(placed, usualColumns(placed, look.hidden), true))).toEqual([
      "name",
      "namespace",
      "console:state",
      "cell:Ready",
      "age",
    ]);
  });
  it("has name and namespace first whatever was chosen, and leaves out columns that are not there", () => {
    const chosen = ["age", "cell:IP", "cell:Nonsense", "label:app", "namespace"];
    expect(ids(shownColumns(placed, chosen, true))).toEqual([
      "name",
      "namespace",
      "age",
      "cell:IP",
      "label:app",
    ]);
    expect(ids(shownColumns(placed, chosen, false))).toEqual(["name", "age", "cell:IP", "label:app"]);
  });
  it("adds namespace, and age where the kind prints no time", () => {
    const added = (...own: WindowColumn[]) =>
      placedColumns([column("name", "Name"), ...own], {
        hidden: [],
        columns: [],
        sort: undefined,
        Note: undefined,
      })
        .slice(1 + own.length)
        .map(({ id, priority }) => `${id} ${priority}`);
    expect(added()).toEqual(["namespace 0", "age 0"]);
    expect(added(column("age", "Age"))).toEqual(["namespace 0"]);
    expect(added({ ...column("cell:Last Seen", "Last Seen"), type: "date" })).toEqual([
      "namespace 0",
      "age 1",
    ]);
  });
  it("knows where each cell stands, those of made columns too", () => {
    expect(placed.find(({ id }) => id === "cell:IP")?.cell).toBe(4);
    expect(placed.find(({ id }) => id === "age")?.cell).toBe(-1);
    expect(placed.find(({ id }) => id === "console:state")?.made?.cells).toEqual([7, -1]);
  });
  it("names extra columns by what they show", () => {
    expect(["label:app", "annotation:a/b", "jsonpath:{.spec.nodeName}"].map(extraColumnName)).toEqual([
      "app",
      "a/b",
      "spec.nodeName",
    ]);
  });
});

it("lets columns grow and never shrink", () => {
  const window = (name: string): WindowState => ({
    liveness: "LIVE",
    staleSince: null,
    total: 1,
    unfiltered: 1,
    arriving: 0,
    offset: 0,
    order: ["a"],
    rows: new Map([
      [
        "a",
        {
          row: { key: "a", name, namespace: "x", creationTimestamp: "", labels: {}, cells: [] },
          touchedAt: 0,
        },
      ],
    ]),
    columns,
    forbidden: [],
    warnings: [],
  });
  const long = columnWidths(placed, window("a-name-of-21-letters-x"), new Map());
  expect(long.get("name")).toBe(23);
  expect(columnWidths(placed, window("short"), long)).toBe(long);
  expect(columnWidths(placed, window("n".repeat(200)), long).get("name")).toBe(72);
});
