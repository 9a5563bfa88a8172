import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import {
  curlCommand,
  emptyEvent,
  eventOf,
  eventOfJson,
  formOf,
  inputOf,
  otherWay,
  readyToSend,
  type EventInput,
} from "./test-event-model.ts";

const form = { ...emptyEvent, source: "shop", type: "order.created.v1" };

function textOf(reading: ReturnType<typeof eventOf>): string {
  if ("fault" in reading) throw new Error(reading.fault);
  return reading.text;
}
const sound = (reading: ReturnType<typeof eventOf>): unknown => JSON.parse(textOf(reading));

test("the form becomes a CloudEvent, JSON data as a value", () => {
  const filled = { ...form, subject: " 42 ", extensions: "traceid: abc\npriority:  high " };
  expect(sound(eventOf(filled))).toEqual({
    specversion: "1.0",
    source: "shop",
    type: "order.created.v1",
    subject: "42",
    traceid: "abc",
    priority: "high",
    datacontenttype: "application/json",
    data: { orderCode: "3211213" },
  });
  expect(sound(eventOf({ ...form, contentType: "text/plain", data: "hello" }))).toMatchObject({
    datacontenttype: "text/plain",
    data: "hello",
  });
  expect(sound(eventOf({ ...form, data: " " }))).not.toHaveProperty("data");
});

test("what cannot be sent is told in a sentence", () => {
  expect(eventOf({ ...form, data: "{" })).toEqual({
    part: "data",
    fault: "The data is not the JSON that application/json promises.",
  });
  for (const [extensions, fault] of [
    ["no colon here", '"no colon here" is no attribute: write name: value.'],
    ["source: other", '"source" is no extension: it has a place of its own.'],
    ["a: 1\na: 2", '"a" is there twice: leave one of them.'],
  ] as const)
    expect(eventOf({ ...form, extensions })).toEqual({ part: "extensions", fault });
  for (const text of ["[]", "{}", "{", "7"])
    expect(eventOfJson(text)).toEqual({ part: "json", fault: "This is no JSON object." });
});

test("form and JSON turn into each other without loss, numbers of any length too", () => {
  const data = '{\n  "id": 12345678901234567890,\n  "price": 10.10\n}';
  const time = "2020-01-01T00:00:00Z";
  const filled = { ...form, id: "7", subject: "a", time, extensions: "traceid: abc", data };
  const text = textOf(eventOf(filled));
  expect(text).toContain("12345678901234567890");
  expect(formOf(text)).toEqual({ form: filled });
});

test("what the form would lose or write in another way is named", () => {
  const event = (more: object) =>
    JSON.stringify({ specversion: "1.0", source: "shop", type: "a.b", ...more });
  expect(formOf(event({ data_base64: "AAAA" }))).toEqual({ unshown: ["data_base64"] });
  expect(formOf(event({ specversion: "0.3", priority: 5 }))).toEqual({
    unshown: ["specversion", "priority"],
  });
  expect(formOf(event({ datacontenttype: "text/plain", data: { a: 1 } }))).toEqual({ unshown: ["data"] });
  expect(formOf(event({ datacontenttype: "text/plain", data: "hello", subject: "" }))).toMatchObject({
    form: { data: "hello", subject: "" },
  });
  // Without data there is nothing that it could say something about.
  expect(formOf(event({ datacontenttype: "text/plain" }))).toMatchObject({ form: { data: "" } });
});

test("one way is changed for the other only where nothing is lost", () => {
  const unfinished = { form: { ...form, data: '{"a": 1' }, json: undefined };
  expect(otherWay(unfinished)).toMatch(/^This cannot be shown as JSON yet\. The data is not the JSON/);
  const typed = { form: { ...form, subject: " 42", data: "", extensions: "b: 1\n\n" }, json: undefined };
  const asJson = otherWay(typed) as EventInput;
  expect(otherWay(asJson)).toEqual(typed);
  const changed = (json: string) => otherWay({ ...asJson, json });
  expect(changed('{"source":"shop","time":"2020-01-01T00:00:00Z"}')).toMatchObject({
    form: { source: "shop", time: "2020-01-01T00:00:00Z", subject: "" },
    json: undefined,
  });
  expect(changed('{"priority": 5, "data_base64": "AAAA"}')).toBe(
    "The form cannot show priority, data_base64 as written here; change that, or stay with JSON.",
  );
  expect(changed("{")).toBe("The form cannot show this event yet. This is no JSON object.");
});

test("an input that was kept comes back, one of an older console too", () => {
  const input = { form: { ...form, time: "2020-01-01T00:00:00Z" }, json: '{"a": ' };
  expect(inputOf(JSON.stringify(input))).toEqual(input);
  expect(inputOf('{"form": {"source": "shop"}}')).toEqual({ form: { ...emptyEvent, source: "shop" } });
});

test("each event gets an id and a time unless it has its own", () => {
  const now = "2026-01-31T12:00:00Z";
  const { text, names } = readyToSend(textOf(eventOf(form)), "new", now);
  expect(JSON.parse(text)).toMatchObject({ id: "new", time: now, data: { orderCode: "3211213" } });
  expect(names).toEqual({ id: "new", source: "shop", type: "order.created.v1" });
  const own = '{ "id": "mine", "time": "2020-01-01T00:00:00Z", "n": 1.0 }';
  expect(readyToSend(own, "new", now)).toMatchObject({ names: { id: "mine" }, text: own });
});

test("the curl command survives quotes in the event", () => {
  const event = { type: "a.b", data: `it's "so" \\ $HOME` };
  const command = curlCommand(JSON.stringify(event)).replace(/^curl -i \S+/, "printf '%s\\n'");
  const [, , , body = ""] = execFileSync("sh", ["-c", command], { encoding: "utf8" }).split("\n");
  expect(JSON.parse(body)).toEqual(event);
});
