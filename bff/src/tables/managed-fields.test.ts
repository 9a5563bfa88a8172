import { expect, test } from "vitest";
import { withoutManagedFields } from "./managed-fields.ts";

interface Metadata {
  name: string;
  annotations?: Record<string, string>;
  managedFields?: unknown[];
}

const owned = (...keys: string[]): unknown[] => [
  { manager: "kubectl", fieldsV1: Object.fromEntries(keys.map((key) => [key, { ".": {}, "f:list": [[]] }])) },
  { manager: "kubelet", subresource: "status" },
];
const rowsOf = (...all: Metadata[]): string =>
  JSON.stringify({ kind: "Table", rows: all.map((metadata) => ({ cells: ["x", 1], object: { metadata } })) });

test("nothing but the managed fields is taken away", () => {
  const list = (managedFields: unknown[]): Metadata[] => [
    { name: "first", managedFields, annotations: { note: "after" } },
    { name: "none" },
    { name: "last", managedFields },
  ];
  const text = rowsOf(...list(owned("f:spec", 'k:{"name":"main"}', 'v:"a]}"', "\\", '\\"]')));
  expect(JSON.parse(withoutManagedFields(text))).toEqual(JSON.parse(rowsOf(...list([]))));
});

test.each([
  ["no such field", rowsOf({ name: "x" })],
  ["an empty one", rowsOf({ name: "x", managedFields: [] })],
  [
    "an annotation that reads like one",
    rowsOf({ name: "x", annotations: { a: '{"managedFields":[{"a":"]"}]}' } }),
  ],
])("a text with %s stays as it is", (_, text) => {
  expect(withoutManagedFields(text)).toBe(text);
});

test("a text that is cut anywhere is no JSON afterwards either", () => {
  const text = rowsOf({ name: "x", managedFields: owned('k:{"name":"\\"}') });
  for (let length = 1; length < text.length; length++)
    expect(() => void JSON.parse(withoutManagedFields(text.slice(0, length)))).toThrow(SyntaxError);
});
