import { expect, test } from "vitest";
import { eventProblems as problemsOf } from "./event-checks.ts";

const eventProblems = (value: unknown) => problemsOf(JSON.stringify(value));

const event = { specversion: "1.0", id: "1", source: "shop", type: "order.created.v1" };

test("nothing stands against a sound event", () => {
  expect(eventProblems(event)).toEqual([]);
  expect(eventProblems({ ...event, data: { a: [1] }, time: "2026-01-31T12:00:00Z", myext: 3 })).toEqual([]);
});

test("each attribute that is wrong gets a sentence of its own", () => {
  const wrong = { ...event, id: "", source: "not a uri", time: "yesterday", "My-Ext": "x" };
  expect(
    eventProblems(wrong)
      .map(({ field }) => field)
      .sort(),
  ).toEqual(["My-Ext", "id", "source", "time"]);
  expect(eventProblems({ specversion: "0.3" })).toEqual(
    expect.arrayContaining([
      { field: "specversion", message: 'Specversion "0.3" is not 1.0.', blocks: true },
      { field: "type", message: 'The attribute "type" is missing.', blocks: true },
    ]),
  );
});

test("what leaves nothing for the stream to go by is refused", () => {
  expect(eventProblems({ ...event, source: "/" })).toEqual([
    { field: "source", message: 'Nothing of "/" is left for the stream to go by.', blocks: true },
  ]);
  expect(eventProblems({ ...event, type: "order..created" })).toMatchObject([{ field: "type" }]);
  expect(eventProblems({ ...event, type: "sap.kyma.custom.a.b" })).toMatchObject([{ field: "type" }]);
});

test("what is no JSON, or changed only by reading it, is judged as it was written", () => {
  expect(problemsOf("{")).toEqual([{ field: "", message: "This is no JSON.", blocks: true }]);
  const spaces = `${JSON.stringify(event).slice(0, -1)}${" ".repeat(70_000)}}`;
  expect(problemsOf(spaces)).toMatchObject([{ field: "data" }]);
});

test("faults of the whole event are told under no attribute", () => {
  expect(eventProblems([event])).toMatchObject([{ field: "" }]);
  expect(eventProblems({ ...event, data: 1, data_base64: "AAAA" })).toMatchObject([{ field: "" }]);
  expect(eventProblems({ ...event, data: "x".repeat(70_000) })).toMatchObject([{ field: "data" }]);
});
