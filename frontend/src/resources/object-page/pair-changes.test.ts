import { expect, test } from "vitest";
import { overlapping, pairPatch, pairProblem, toPairs } from "./pair-changes.ts";

test("a patch names just what changed", () => {
  const before = { a: "1", b: "2", c: "3" };
  const pairs = [...toPairs({ a: "1", b: "x" }), { key: "d", value: "" }, { key: "", value: "" }];
  expect(pairPatch(before, pairs)).toEqual({ b: "x", c: null, d: "" });
  expect(pairPatch(undefined, [])).toEqual({});
});

test("what somebody else changed meanwhile is found only where it matters", () => {
  const before = { a: "1", b: "2" };
  expect(overlapping({ a: "x" }, before, { a: "1", b: "other" })).toEqual([]);
  expect(overlapping({ a: "x" }, before, { a: "theirs", b: "2" })).toEqual(["a"]);
  expect(overlapping({ a: "x" }, before, { a: "x" })).toEqual([]);
  expect(overlapping({ a: null }, before, { b: "2" })).toEqual([]);
});

test("keys and values that Kubernetes refuses are named before they are sent", () => {
  expect(pairProblem([{ key: "app.kubernetes.io/name", value: "web" }], "labels")).toBeUndefined();
  expect(pairProblem([{ key: "bad key", value: "" }], "labels")).toContain('"bad key" is no key');
  expect(pairProblem([{ key: "a", value: "not a label value" }], "labels")).toContain("cannot be the value");
  expect(pairProblem([{ key: "a", value: "anything <b>goes</b>" }], "annotations")).toBeUndefined();
  expect(
    pairProblem(
      [
        { key: "a", value: "" },
        { key: "a", value: "1" },
      ],
      "labels",
    ),
  ).toContain("twice");
});
