import { describe, expect, test } from "vitest";
import { readSubscription } from "./subscription-spec.ts";

const key = { namespace: "shop", name: "orders" };
const spec = {
  sink: "http://orders.shop.svc.cluster.local",
  source: "com.shop",
  types: ["order.created.v1", "order.pa*id.v1"],
};
const read = (change: unknown): ReturnType<typeof readSubscription> =>
  readSubscription(key, typeof change === "object" ? { ...spec, ...change } : change, []);

test("a type's subject and consumer follow from source and matching", () => {
  const reading = read({});
  expect(reading).toMatchObject({
    sink: { service: { namespace: "shop", name: "orders", port: 80 } },
    deadLetterSink: undefined,
    types: [
      {
        originalType: "order.created.v1",
        cleanType: "order.created.v1",
        subject: "kyma.comshop.order.created.v1",
      },
      { originalType: "order.pa*id.v1", cleanType: "order.paid.v1", subject: "kyma.comshop.order.paid.v1" },
    ],
  });
  expect(
    read({ typeMatching: "exact", source: "", types: ["sap.kyma.custom.shop.order.created.v1"] }),
  ).toMatchObject({
    types: [{ subject: "kyma.sap.kyma.custom.shop.order.created.v1" }],
  });
});

test("types that differ only in what is cleaned away share a consumer", () => {
  const reading = read({ types: ["order.paid.v1", "order.pa>id.v1"] });
  const names = "types" in reading ? reading.types.map(({ consumerName }) => consumerName) : [];
  expect(names).toHaveLength(2);
  expect(new Set(names).size).toBe(1);
});

test("hosts beyond the namespace count only when they are allowed, for dead letters as well", () => {
  const change = { sink: "https://a.example.com", config: { deadLetterSink: "https://b.example.com" } };
  expect(readSubscription(key, { ...spec, ...change }, ["*.example.com"])).toMatchObject({
    sink: { service: undefined },
    deadLetterSink: { service: undefined },
  });
  expect(read(change)).toMatchObject({ problems: [{ field: "sink" }, { field: "config.deadLetterSink" }] });
});

describe("what cannot be taken is named", () => {
  test.each<[string, unknown, string, string]>([
    ["no spec", undefined, "", "spec must be an object"],
    ["a list as spec", "x", "", "spec must be an object"],
    ["a sink that is no text", { sink: 7 }, "sink", "sink must be text"],
    ["no source", { source: undefined }, "source", "source must be text"],
    ["one type as text", { types: "a.b" }, "types", "types must be a list"],
    ["a type that is no text", { types: ["a.b", 7] }, "types", "types must be a list"],
    [
      "config with numbers",
      { config: { maxInFlightMessages: 5 } },
      "config",
      "config must be a map of texts",
    ],
    ["another matching", { typeMatching: "prefix" }, "typeMatching", `"prefix" must be standard or exact`],
    ["a number as matching", { typeMatching: 1 }, "typeMatching", "must be standard or exact"],
    ["an empty source", { source: "" }, "source", "source is empty"],
    ["a source that is no URI", { source: "my shop" }, "source", "must be a URI reference"],
    ["a source that is cleaned away", { source: "/../" }, "source", "has nothing left"],
    ["a source without end", { source: "x".repeat(5000) }, "source", "at most 1024 characters"],
    [
      "an exact source that is no URI",
      { typeMatching: "exact", types: ["a.b"], source: "a b" },
      "source",
      "URI reference",
    ],
    ["no types", { types: [] }, "types", "types is empty"],
    ["a doubled type", { types: ["a.b", "a.b"] }, "types[1]", `types[1] "a.b" is types[0] again`],
    ["an empty type", { types: ["a.b", ""] }, "types[1]", "is empty"],
    ["one segment", { types: ["order"] }, "types[0]", "at least two segments"],
    ["an empty segment", { types: ["order..v1"] }, "types[0]", "empty segment"],
    ["a segment that is cleaned away", { types: ["order.*.v1"] }, "types[0]", "empty segment"],
    ["the older naming", { types: ["sap.kyma.custom.a.b.c.v1"] }, "types[0]", "only typeMatching exact"],
    ["a wildcard", { typeMatching: "exact", types: ["order.>"] }, "types[0]", "white space, * or >"],
    ["a space", { typeMatching: "exact", types: ["order. v1"] }, "types[0]", "white space, * or >"],
    ["a line end", { types: ["order.\u0000v1"] }, "types[0]", "control characters"],
    ["a type without end", { types: [`a.${"x".repeat(5000)}`] }, "types[0]", "at most 1024 characters"],
    [
      "101 types",
      { types: Array.from({ length: 101 }, (_, index) => `a.b${index}`) },
      "types",
      "101 entries; at most 100",
    ],
    ["a sink elsewhere", { sink: "http://orders.other.svc.cluster.local" }, "sink", `namespace "other"`],
    [
      "a config value",
      { config: { timeout: "soon" } },
      "config.timeout",
      "config.timeout must be a duration",
    ],
    [
      "a dead-letter sink that is no URL",
      { config: { deadLetterSink: "parked" } },
      "config.deadLetterSink",
      `config.deadLetterSink "parked" must be a URL`,
    ],
  ])("%s", (_, change, field, sentence) => {
    expect(read(change)).toEqual({
      problems: [{ field, message: expect.stringContaining(sentence) as string }],
    });
  });

  test("all at once, each shortened", () => {
    const reading = read({ sink: "x".repeat(5000), source: "", types: [], config: { unknown: "1" } });
    const problems = "problems" in reading ? reading.problems : [];
    expect(problems.map(({ field }) => field)).toEqual(["source", "types", "sink", "config.unknown"]);
    expect(Math.max(...problems.map(({ message }) => message.length))).toBeLessThan(300);
  });
});
