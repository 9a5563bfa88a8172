import { describe, expect, it } from "vitest";
import {
  changeSearch,
  filterChips,
  nextSort,
  readSort,
  toTableView,
  validateListSearch,
  withoutFilters,
} from "./list-search.ts";

describe("validateListSearch", () => {
  it("keeps what it knows and leaves out nonsense", () => {
    expect(
      validateListSearch({
        q: 42,
        labels: "app=web",
        where: { not: "text" },
        sort: ["x"],
        cols: ["name", 7, null, {}, "name", "label:app"],
        other: "x",
      }),
    ).toEqual({ q: "42", labels: "app=web", cols: ["name", "7", "label:app"] });
  });
  it.each([[{}], [{ q: "  ", cols: [] }], [{ cols: "" }], [{ q: null, view: undefined }]])(
    "makes nothing of %j",
    (raw) => expect(validateListSearch(raw)).toEqual({}),
  );
  it("bounds what it takes", () => {
    expect(validateListSearch({ q: "x".repeat(9000) }).q).toHaveLength(300);
    expect(validateListSearch({ where: "x".repeat(9000) }).where).toHaveLength(2000);
    const many = Array.from({ length: 100 }, (_, index) => `label:l${index}`);
    expect(validateListSearch({ cols: many }).cols).toHaveLength(20);
  });
});

it("sorts up, down, and back to the usual order", () => {
  expect(nextSort(undefined, "cell:Ready")).toBe("cell:Ready");
  expect(nextSort("cell:Ready", "cell:Ready")).toBe("-cell:Ready");
  expect(nextSort("-cell:Ready", "cell:Ready")).toBeUndefined();
  expect(nextSort("-cell:Ready", "age")).toBe("age");
  expect(readSort("-age")).toEqual({ column: "age", descending: true });
  expect(readSort("-")).toBeUndefined();
});

it("asks the server for the columns that are made from the object, those needed for sorting and cells included", () => {
  const view = toTableView({ q: "web", cols: ["name", "cell:Ready", "label:app"], sort: "-annotation:x" }, [
    "jsonpath:{.status}",
  ]);
  expect(view).toEqual({
    text: "web",
    where: null,
    columns: ["label:app", "annotation:x", "jsonpath:{.status}"],
    sort: [{ column: "annotation:x", descending: true }],
  });
});

it("names its filters, and clearing them keeps order and columns", () => {
  const search = { q: "web", where: "object.spec.replicas > 1", sort: "age", cols: ["age"], view: "mine" };
  expect(filterChips(search).map(({ label, text }) => `${label}: ${text}`)).toEqual([
    "Text: web",
    "Where: object.spec.replicas > 1",
  ]);
  expect(withoutFilters(search)).toEqual({ sort: "age", cols: ["age"] });
});

it("leaves the saved view when something changes", () => {
  expect(changeSearch({ q: "web", view: "mine" }, { sort: "age" })).toEqual({ q: "web", sort: "age" });
  expect(changeSearch({ q: "web" }, { q: "" })).toEqual({});
});
