import { describe, expect, it } from "vitest";
import type { SavedView } from "./saved-views.ts";
import { parseViews, putView, renameView, setDefault } from "./saved-views.ts";

const view = (name: string, isDefault = false): SavedView => ({
  name,
  ns: "shop",
  search: { q: name },
  isDefault,
});

describe("parseViews", () => {
  it.each([[undefined], ["{"], ["null"], ["{}"], ["[1, null, {}, []]"], ['[{"name":"x"}]']])(
    "makes nothing of %s",
    (text) => expect(parseViews(text)).toEqual([]),
  );
  it("reads back what was written, without what does not belong there", () => {
    const text = JSON.stringify([
      view("a"),
      { name: "b", ns: 4, search: { q: ["x"], sort: "age" }, isDefault: "yes" },
    ]);
    expect(parseViews(text)).toEqual([
      view("a"),
      { name: "b", ns: "", search: { sort: "age" }, isDefault: false },
    ]);
  });
});

it("replaces a view of the same name, and has one default at most", () => {
  const views = putView(putView([view("b", true)], view("a", true)), { ...view("b"), ns: "other" });
  expect(views.map(({ name, isDefault, ns }) => [name, isDefault, ns])).toEqual([
    ["a", true, "shop"],
    ["b", false, "other"],
  ]);
  expect(setDefault(views, "b").map(({ isDefault }) => isDefault)).toEqual([false, true]);
  expect(setDefault(views, undefined).some(({ isDefault }) => isDefault)).toBe(false);
});

it("renames, replacing one that has the new name already", () => {
  expect(renameView([view("a", true), view("b")], "a", "b")).toEqual([
    { ...view("b", true), search: { q: "a" } },
  ]);
});
