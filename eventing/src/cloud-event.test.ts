import { describe, expect, test } from "vitest";
import { type CloudEvent, type HttpContent, readEvents, toBinary, toStructured } from "./cloud-event.ts";

const needed = { "ce-specversion": "1.0", "ce-id": "1", "ce-source": "/shop", "ce-type": "order.created.v1" };
const binary = (headers: HttpContent["headers"] = {}, body: string | Buffer = ""): HttpContent => ({
  headers: { ...needed, ...headers },
  body: Buffer.from(body),
});
const json = (value: unknown, type = "application/cloudevents+json"): HttpContent => ({
  headers: { "content-type": type },
  body: Buffer.from(typeof value === "string" ? value : JSON.stringify(value)),
});
/** As it is stored. */
const stored = (events: readonly CloudEvent[]): unknown[] =>
  events.map((one) => JSON.parse(toStructured(one)) as unknown);
const event = { specversion: "1.0" as const, id: "1", source: "/shop", type: "order.created.v1" };

describe("the binary mode", () => {
  test("takes attributes from headers and JSON from the body", () => {
    const content = binary({ "content-type": "application/json", "ce-subject": "order/7" }, `{"id":7}`);
    expect(stored(readEvents(content))).toEqual([
      { ...event, subject: "order/7", datacontenttype: "application/json", data: { id: 7 } },
    ]);
  });

  test("keeps text as text and everything else, also text that is not UTF-8, as base64", () => {
    expect(readEvents(binary({ "content-type": "text/plain" }, "grüße"))[0]?.data).toBe("grüße");
    const bytes = Buffer.from([0xff, 0x00, 0x41]);
    for (const type of ["image/png", "text/plain", undefined])
      expect(readEvents(binary({ "content-type": type }, bytes))[0]?.data_base64).toBe("/wBB");
  });

  test("takes every media type, and none where the header is empty", () => {
    for (const type of ["application/json; charset=utf-8", 'a/b;c="d e"', "application/vnd.x-1.y+json"])
      expect(readEvents(binary({ "content-type": type }))[0]?.datacontenttype).toBe(type);
    expect(readEvents(binary({ "content-type": "" }))[0]).not.toHaveProperty("datacontenttype");
  });

  test("takes a URI with its escapes encoded", () => {
    const [read] = readEvents(binary({ "ce-source": "/a%2520b" }));
    expect(read?.source).toBe("/a%20b");
    expect(toBinary(read!).headers["ce-source"]).toBe("/a%2520b");
  });

  test("decodes and encodes percent signs, quotes and other alphabets in headers", () => {
    const [read] = readEvents(binary({ "ce-subject": "100%25 %22gr%C3%BCn%22 %F0%9F%98%80" }));
    expect(read?.subject).toBe(`100% "grün" 😀`);
    expect(toBinary(read!).headers["ce-subject"]).toBe("100%25%20%22gr%C3%BCn%22%20%F0%9F%98%80");
  });

  test.each<[string, HttpContent, string]>([
    ["no id", binary({ "ce-id": undefined }), `"id" is missing`],
    ["an empty type", binary({ "ce-type": "" }), `"type" is missing`],
    ["another version", binary({ "ce-specversion": "0.3" }), `specversion "0.3" is not 1.0`],
    ["a source that is no URI", binary({ "ce-source": "a b" }), `source "a b" is not a URI reference`],
    ["a line end", binary({ "ce-subject": "a%0d%0aX: y" }), "control characters"],
    ["half a character", binary({ "ce-subject": "%C3" }), "begins no UTF-8 character"],
    [
      "a URI whose escapes are not encoded",
      binary({ "ce-source": "/a%20b" }),
      `decoded to "/a b", which is not a URI reference: write each % of the URI as %25`,
    ],
    ["two content types", binary({ "content-type": ["a/b", "a/b"] }), "content-type is there more than once"],
    [
      "a content type that is none",
      binary({ "content-type": "json" }),
      `datacontenttype "json" is not a media`,
    ],
    ["a bad time", binary({ "ce-time": "yesterday" }), "is not RFC 3339"],
    ["a bad name", binary({ "ce-my_ext": "1" }), "only have lower-case letters and digits"],
    [
      "a prototype",
      binary(JSON.parse(`{"ce-__proto__":"1"}`) as HttpContent["headers"]),
      "only have lower-case",
    ],
    [
      "JSON that is not UTF-8",
      binary({ "content-type": "application/json" }, Buffer.from([0x22, 0xff, 0x22])),
      "not UTF-8",
    ],
    [
      "JSON that is very deep",
      binary({ "content-type": "application/json" }, "[".repeat(2000) + "]".repeat(2000)),
      "nested more than 1000 deep",
    ],
    ["a doubled header", binary({ "ce-id": ["1", "2"] }), "more than once"],
    ["broken JSON", binary({ "content-type": "application/json" }, "{"), "is not the JSON"],
    ["data as a header", binary({ "ce-data": "x" }), "data is the body"],
    ["a long value", binary({ "ce-subject": "x".repeat(5000) }), "more than 4096 characters"],
    [
      "200 attributes",
      binary(Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`ce-a${index}`, "1"]))),
      "at most 64 attributes",
    ],
  ])("refuses %s", (_, content, reason) => {
    expect(() => readEvents(content)).toThrow(reason);
  });
});

describe("the structured mode", () => {
  test("takes the event as it is, with or without parameters of the content type", () => {
    const whole = { ...event, data: { id: 7 }, traceparent: "00-1-2-01", retries: 3 };
    expect(stored(readEvents(json(whole)))).toEqual([whole]);
    expect(stored(readEvents(json(whole, "Application/CloudEvents+JSON; charset=utf-8")))).toEqual([whole]);
  });

  test.each<[string, unknown, string]>([
    ["text that is no JSON", "{", "not JSON"],
    [
      "very deep data",
      `{"specversion":"1.0","data":${`{"a":`.repeat(2000)}1${"}".repeat(2000)}}`,
      "nested more than",
    ],
    ["a list", [event], "must be a JSON object"],
    ["null", "null", "must be a JSON object"],
    ["a number as id", { ...event, id: 1 }, `"id" must be text`],
    [
      "a content type that no header can hold",
      { ...event, datacontenttype: "text/\u2713" },
      `datacontenttype "text/\u2713" is not a media type`,
    ],
    ["a content type that is empty", { ...event, datacontenttype: "" }, `datacontenttype "" is not`],
    ["a nested attribute", { ...event, ext: { a: 1 } }, `"ext" has no simple value`],
    ["both kinds of data", { ...event, data: 1, data_base64: "YQ==" }, "not both"],
    ["data that is not base64", { ...event, data_base64: "a!" }, "not base64"],
    ["a prototype", `{"__proto__":1,"specversion":"1.0"}`, `"id" is missing`],
  ])("refuses %s", (_, value, reason) => {
    expect(() => readEvents(json(value))).toThrow(reason);
  });

  test("nothing that was sent changes what all objects have", () => {
    readEvents(
      json(`{"specversion":"1.0","id":"1","source":"/s","type":"a.b","data":{"__proto__":{"x":1}}}`),
    );
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});

describe("data is passed on as it was written", () => {
  const data = `{ "id": 12345678901234567890, "price": 1.10, "much": 1e999 }`;
  const attributes = `"specversion":"1.0","id":"1","source":"/shop","type":"order.created.v1"`;

  test.each<[string, HttpContent]>([
    ["binary", binary({ "content-type": "application/json" }, data)],
    ["structured", json(`{ "d\\u0061ta": 1, "data": ${data} , ${attributes}}`)],
    ["batched", json(`[ {${attributes},"data":${data}} ]`, "application/cloudevents-batch+json")],
  ])("from the %s mode, digit by digit", (_, content) => {
    const [read] = readEvents(content);
    expect(toStructured(read!)).toContain(`"data":${data}}`);
    expect(toBinary(read!).body.toString()).toBe(data);
    expect(toBinary({ ...read!, type: "another.type" }).body.toString()).toBe(data);
  });

  test("unless it was replaced", () => {
    const [read] = readEvents(json(`{${attributes},"data":${data}}`));
    expect(toBinary({ ...read!, data: { id: 1 } }).body.toString()).toBe(`{"id":1}`);
    expect(toStructured({ ...read!, data: undefined })).not.toContain("data");
  });
});

describe("the batched mode", () => {
  const batch = (events: unknown): HttpContent => json(events, "application/cloudevents-batch+json");

  test("takes several events, and none", () => {
    expect(readEvents(batch([event, { ...event, id: "2" }])).map(({ id }) => id)).toEqual(["1", "2"]);
    expect(readEvents(batch([]))).toEqual([]);
  });

  test("says which event is wrong, and how many there may be", () => {
    expect(() => readEvents(batch([event, {}]))).toThrow("event 2 of the batch: the attribute");
    expect(() => readEvents(batch(Array.from({ length: 101 }, () => event)))).toThrow("at most 100 events");
    expect(() => readEvents(batch(event))).toThrow("must be a JSON array");
  });
});

test("a request without any sign of an event is refused", () => {
  expect(() =>
    readEvents({ headers: { "content-type": "application/json" }, body: Buffer.from("{}") }),
  ).toThrow("is no CloudEvent");
});

test.each<[string, Partial<typeof event> & Record<string, unknown>, string]>([
  ["JSON", { datacontenttype: "application/json", data: { a: [1, "ü"] } }, `{"a":[1,"ü"]}`],
  ["a JSON text", { datacontenttype: "application/json", data: "text" }, `"text"`],
  ["text", { datacontenttype: "text/plain", data: "plain" }, "plain"],
  ["bytes", { datacontenttype: "image/png", data_base64: "/wBB" }, "\ufffd\u0000A"],
  ["nothing", {}, ""],
])("data that is %s is the same after a way through storage and the binary mode", (_, parts, body) => {
  const [read] = readEvents(json(toStructured({ ...event, ...parts })));
  const sent = toBinary(read!);
  expect(sent.body.toString()).toBe(body);
  expect(stored(readEvents(sent))).toEqual([{ ...event, ...parts }]);
});
