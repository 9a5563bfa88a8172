import { expect, test } from "vitest";
import { parseQuantity } from "@kyma/kube/quantity.ts";
import { contains, listRepairs, mergePatch } from "./drift.ts";

test.each([
  ["defaults beside what we want", { a: 1, extra: true }, { a: 1 }, true],
  ["a changed value", { a: 2 }, { a: 1 }, false],
  ["a missing value", {}, { a: 1 }, false],
  ["an empty value that the server dropped", { name: "x" }, { name: "x", value: "" }, true],
  ["an item that somebody added", { list: [1, 2] }, { list: [1] }, false],
  ["items in another order", { list: ["b", "a"] }, { list: ["a", "b"] }, false],
  [
    "a quantity in canonical form",
    { limits: { memory: "1Gi", cpu: "1" } },
    { limits: { memory: "1024Mi", cpu: "1000m" } },
    true,
  ],
  ["another quantity", { limits: { memory: "2Gi" } }, { limits: { memory: "1024Mi" } }, false],
  ["equal amounts outside of resources", { env: { memory: "1Gi" } }, { env: { memory: "1024Mi" } }, false],
])("contains: %s", (_what, live, desired, same) => {
  expect(contains(live, desired)).toBe(same);
});

test("lists that others lengthened are put back, with escaped paths", () => {
  const live = { "a/b": { env: [{ name: "X" }, { name: "FOREIGN" }] }, other: [1] };
  expect(listRepairs(live, { "a/b": { env: [{ name: "X" }] }, other: [1] })).toEqual([
    { op: "replace", path: "/a~1b/env", value: [{ name: "X" }] },
  ]);
});

test("a merge patch names only what differs and removes with null", () => {
  const from = { same: 1, gone: 2, map: { keep: "x", drop: "y" }, list: [1] };
  const to = { same: 1, gone: undefined, map: { keep: "x" }, list: [1, 2], fresh: true };
  expect(mergePatch(from, to)).toEqual({ gone: null, map: { drop: null }, list: [1, 2], fresh: true });
  expect(mergePatch(to, to)).toBeUndefined();
});

test.each([
  ["500m", 0.5],
  ["1Gi", 2 ** 30],
  ["1e3", 1000],
  [2, 2],
  ["1GB", undefined],
  ["", undefined],
])("quantity %s", (text, amount) => {
  expect(parseQuantity(text)).toBe(amount);
});
