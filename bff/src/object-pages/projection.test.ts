import { expect, test } from "vitest";
import { parsePaths, project } from "./projection.ts";

const object = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "web", annotations: { "a.b/c": "1", d: "2" } },
  spec: {
    nodeName: "one",
    containers: [
      { name: "main", image: "web:1" },
      { name: "side", image: "side:1", env: [{ name: "A" }] },
    ],
  },
  data: JSON.parse('{"__proto__": "x"}') as object,
};
const at = (...paths: string[]) => project(object, parsePaths(paths));

test("fields come with what leads to them, through lists, several of one place together", () => {
  expect(at("spec.nodeName", "metadata.annotations.a\\.b/c")).toEqual({
    spec: { nodeName: "one" },
    metadata: { annotations: { "a.b/c": "1" } },
  });
  expect(at("spec.containers.name", "spec.containers.env.name")).toEqual({
    spec: { containers: [{ name: "main" }, { name: "side", env: [{ name: "A" }] }] },
  });
  expect(JSON.stringify(at("data"))).toBe('{"data":{"__proto__":"x"}}');
});

test("what leads to a field that is not there is there: `spec` without the field is known, no `spec` is not", () => {
  expect(at("spec.paused", "status.phase")).toEqual({ spec: {} });
  expect(at("spec.containers.resources")).toEqual({ spec: { containers: [{}, {}] } });
  expect(at("spec.nodeName.deeper")).toEqual({ spec: {} });
});

test("paths that are none are refused", () => {
  for (const paths of [[""], ["a..b"], ["a".repeat(600)], Array.from({ length: 101 }, () => "a")])
    expect(() => parsePaths(paths), String(paths).slice(0, 20)).toThrow(/path/);
});
