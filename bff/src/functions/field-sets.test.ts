import { expect, test } from "vitest";
import { fieldsAt, pick, withFields, withoutPath, type FieldSet } from "./field-sets.ts";

const set: FieldSet = {
  "f:spec": {
    ".": {},
    "f:labels": { ".": {}, "f:a": {}, "f:b": {} },
    "f:env": { ".": {}, 'k:{"name":"A"}': { ".": {}, "f:value": {} } },
    "f:args": { 'v:"x"': {} },
    "f:runtime": {},
  },
};

test("a path is found with all below it, below a leaf too", () => {
  expect(fieldsAt(set, ["spec", "labels"])).toEqual({ ".": {}, "f:a": {}, "f:b": {} });
  expect(fieldsAt(set, ["spec", "runtime", "deeper"])).toEqual({});
  expect(fieldsAt(set, ["spec", "source"])).toBeUndefined();
});

test("taking a path out takes emptied parents along", () => {
  const rest = withoutPath(
    withoutPath({ "f:spec": { "f:labels": { "f:a": {}, "f:b": {} } } }, ["spec", "labels", "a"]),
    ["spec", "labels", "b"],
  );
  expect(rest).toEqual({});
  expect(withoutPath(set, ["spec", "nothing"])).toEqual(set);
});

test("fields are added beside those that are there", () => {
  expect(withFields({ "f:spec": { "f:runtime": {} } }, ["spec", "labels"], { "f:a": {} })).toEqual({
    "f:spec": { "f:runtime": {}, "f:labels": { "f:a": {} } },
  });
});

test("of a value just what the set names is picked, list entries by key or value", () => {
  const object = {
    spec: {
      labels: { a: "1", b: "2", c: "3" },
      env: [
        { name: "A", value: "1", other: "x" },
        { name: "B", value: "2" },
      ],
      args: ["x", "y"],
      runtime: { whole: true },
      more: 1,
    },
  };
  expect(pick(object, set)).toEqual({
    spec: {
      labels: { a: "1", b: "2" },
      env: [{ name: "A", value: "1" }],
      args: ["x"],
      runtime: { whole: true },
    },
  });
  expect(pick({ spec: { more: 1 } }, { "f:spec": { "f:labels": { "f:a": {} } } })).toBeUndefined();
});
