import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { curlCommand, emptyEvent, eventOf, eventOfJson, formOf, readyToSend } from "./test-event-model.ts";

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
    fault: "The data is not the JSON that application/json promises.",
  });
  expect(eventOf({ ...form, extensions: "no colon here" })).toEqual({
    fault: '"no colon here" is no attribute: write name: value.',
  });
  for (const text of ["[]", "{}", "{", "7"])
    expect(eventOfJson(text)).toEqual({ fault: "This is no JSON object." });
});

test("form and JSON turn into each other without loss, numbers of any length too", () => {
  const data = '{\n  "id": 12345678901234567890,\n  "price": 10.10\n}';
  const filled = { ...form, id: "7", subject: "a", extensions: "traceid: abc", data };
  const text = textOf(eventOf(filled));
  expect(text).toContain("12345678901234567890");
  expect(formOf(text)).toEqual(filled);
  expect(formOf('{"data_base64":"AAAA"}')).toBeUndefined();
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
