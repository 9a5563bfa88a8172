import { expect, test } from "vitest";
import { constraints, fieldRows, shownRows, typeText, type Schema } from "./definition.ts";

const schema: Schema = {
  type: "object",
  properties: {
    spec: {
      type: "object",
      required: ["rules"],
      properties: {
        rules: {
          type: "array",
          items: { type: "object", properties: { path: { type: "string", description: "Where it leads" } } },
        },
        labels: { type: "object", additionalProperties: { type: "string" } },
        port: { "x-kubernetes-int-or-string": true },
      },
    },
    status: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
  },
};

test("fields are told with their path, type and whether they have to be there", () => {
  expect(
    fieldRows(schema).map(({ path, type, isRequired, depth }) => [path, type, isRequired, depth]),
  ).toEqual([
    ["spec", "object", false, 0],
    ["spec.rules", "[]object", true, 1],
    ["spec.rules[].path", "string", false, 2],
    ["spec.labels", "map of string", false, 1],
    ["spec.port", "integer or string", false, 1],
    ["status", "any", false, 0],
  ]);
});

test("closed fields hide what is below; a search opens what leads to a hit", () => {
  const rows = fieldRows(schema);
  const paths = (words: string, open: string[] = []) =>
    shownRows(rows, words, new Set(open)).map(({ path }) => path);
  expect(paths("")).toEqual(["spec", "status"]);
  expect(paths("", ["spec"])).toEqual(["spec", "spec.rules", "spec.labels", "spec.port", "status"]);
  expect(paths("", ["spec.rules"])).toEqual(["spec", "status"]);
  expect(paths("WHERE leads")).toEqual(["spec", "spec.rules", "spec.rules[].path"]);
});

test("constraints are sentences", () => {
  expect(constraints({ enum: ["a", 1], minimum: 0, maxLength: 5, pattern: "^x$" })).toEqual([
    'one of "a", 1',
    "value at least 0",
    "length at most 5",
    "matches ^x$",
  ]);
  expect(typeText({ type: "string", format: "date-time" })).toBe("string (date-time)");
});
