import { expect, test } from "vitest";
import { csvLine } from "./csv.ts";
import { compileJsonPath } from "./json-path.ts";
import { compileWhere } from "./where.ts";

const object = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: `${"a".repeat(60)}b`, labels: { "app.kubernetes.io/name": "web" } },
  spec: { replicas: 3, containers: [{ image: "one" }, { image: "two" }] },
  status: { conditions: [{ type: "Ready", status: "True" }] },
};

test.each([
  ["object.spec.replicas > 1", true],
  ["object.spec.replicas % 2 == 1", true],
  ["object.spec.replicas + 1 == 4", true],
  ["object.spec.containers.exists(c, c.image == 'two')", true],
  ["has(object.spec.nope)", false],
  ["object.spec.?nope.orValue(1) == 1", true],
  ["object.metadata.name.matches('(a+)+$')", false],
])("CEL: %s is %s", (text, result) => {
  expect(compileWhere(text)(object)).toBe(result);
});

test.each([
  ["object.spec.", /does not compile at character 13/],
  ["pod.spec", /character 1: Unknown variable: pod/],
  ["1 + 1", /true or false is needed/],
  ["object.l.all(a, object.l.all(b, object.l.all(c, true)))", /at most 2 deep/],
  ["object.metadata.name.matches('(?=a)')", /pattern of matches cannot be used/],
  ["object.metadata.name.matches(object.metadata.name)", /pattern as text in quotes/],
  ["x".repeat(2001), /at most 2000 characters/],
])("CEL: %s is refused", (text, sentence) => {
  expect(() => compileWhere(text)).toThrow(sentence);
});

test.each([
  ["{.spec.replicas}", [3]],
  ["spec.replicas", [3]],
  ["$.spec.containers[*].image", ["one", "two"]],
  ['{.status.conditions[?(@.type=="Ready")].status}', ["True"]],
  [String.raw`{.metadata.labels.app\.kubernetes\.io/name}`, ["web"]],
  ["{.spec.nope.deeper}", []],
  ["{.constructor}", []],
])("JSONPath: %s", (path, values) => {
  expect(compileJsonPath(path)(object)).toEqual(values);
});

test.each(["{range .items[*]}{.a}{end}", "{.a[}", '$.a[?match(@, "(a+)+$")]'])(
  "JSONPath: %s is refused",
  (path) => {
    expect(() => compileJsonPath(path)).toThrow(/JSONPath/);
  },
);

test("CSV cells are quoted, and none is a formula", () => {
  expect(csvLine(['say "x"', "a,b", "=1+1", "-2", -2, null, "+x", "@y", "\t=z", "ok", { a: 1 }])).toBe(
    `"say ""x""","a,b","'=1+1","'-2",-2,,"'+x","'@y","'\t=z",ok,"{""a"":1}"\r\n`,
  );
});
