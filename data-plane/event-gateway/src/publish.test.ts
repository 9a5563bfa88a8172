import type { HttpContent } from "@kyma/eventing/cloud-event.ts";
import { describe, expect, test } from "vitest";
import { type EventMessage, readMessages } from "./publish.ts";

const sent = { "ce-specversion": "1.0", "ce-id": "1", "ce-source": "shop", "ce-type": "order.created.v1" };
const applications: Record<string, string> = { shop: "my-shop.eu", "my-app": "Store_1" };
const nameOf = (source: string): string => applications[source] ?? source;
const messageOf = (headers: HttpContent["headers"], body = ""): EventMessage => {
  const [message] = readMessages({ headers: { ...sent, ...headers }, body: Buffer.from(body) }, nameOf);
  return message!;
};
const bodyOf = (message: EventMessage): unknown => JSON.parse(message.body);

describe("an event", () => {
  test("goes below its source, keeps its own type in an extension, and says in headers what it is", () => {
    const message = messageOf({ "ce-source": "other", "content-type": "application/json" }, `{"price":1.10}`);
    expect(message.subject).toBe("kyma.other.order.created.v1");
    expect(bodyOf(message)).toEqual({
      specversion: "1.0",
      id: "1",
      source: "other",
      type: "kyma.other.order.created.v1",
      originaltype: "order.created.v1",
      datacontenttype: "application/json",
      data: { price: 1.1 },
    });
    expect(message.body).toContain(`"data":{"price":1.10}`);
    const { "Nats-Msg-Id": id, ...headers } = Object.fromEntries(message.headers);
    expect(headers).toEqual({
      "ce-specversion": ["1.0"],
      "ce-type": ["kyma.other.order.created.v1"],
      "ce-source": ["other"],
      "ce-id": ["1"],
      "Content-Type": ["application/json"],
    });
    expect(id?.[0]).toMatch(/^[\w-]{43}$/);
  });

  test("goes below the name of its source's Application, cleaned", () => {
    expect(messageOf({}).subject).toBe("kyma.my-shopeu.order.created.v1");
  });

  test("with a type of the older naming stands for itself, below its Application's name, whatever it says its type was", () => {
    const message = messageOf({
      "ce-type": "sap.kyma.custom.my-app.Order.Line-Item.created.v1",
      "ce-originaltype": "something.else",
    });
    expect(message.subject).toBe("kyma.sap.kyma.custom.Store1.OrderLineItem.created.v1");
    expect(bodyOf(message)).toEqual({
      specversion: "1.0",
      id: "1",
      source: "shop",
      type: "sap.kyma.custom.Store1.OrderLineItem.created.v1",
    });
  });

  test("has the same message id again only with the same source, id and subject", () => {
    const idOf = (headers: HttpContent["headers"]): string => messageOf(headers).headers.get("Nats-Msg-Id");
    const others = [{ "ce-id": "2" }, { "ce-source": "other" }, { "ce-type": "order.paid.v1" }];
    const ids = [{}, ...others].map(idOf);
    expect(new Set(ids).size).toBe(4);
    expect(idOf({ "ce-time": "2026-01-31T12:00:00Z" })).toBe(ids[0]);
  });
});

describe("A38: types and sources that would reach other subjects", () => {
  test.each([
    ["order.created.>", "kyma.other.order.created."],
    ["order.*.v1", "kyma.other.order..v1"],
    [">", "kyma.other."],
    ["..", "kyma.other..."],
    [" ", "kyma.other."],
  ])("the type %j is refused", (type, cleaned) => {
    expect(() => messageOf({ "ce-source": "other", "ce-type": type })).toThrow(
      `type and source have an empty segment after cleaning: "${cleaned}"`,
    );
  });

  test.each([
    ["order*.cre ated>.v1", "other", "kyma.other.order.created.v1"],
    ["order.created.v1", "/com.shop/eu*", "kyma.comshopeu.order.created.v1"],
    ["order.created.v1", "https://shop.example.com/a", "kyma.https:shopexamplecoma.order.created.v1"],
  ])("the type %j of %j loses what means something in a subject", (type, source, subject) => {
    expect(messageOf({ "ce-type": type, "ce-source": source }).subject).toBe(subject);
  });

  test("a source of which nothing is left is refused", () => {
    expect(() => messageOf({ "ce-source": "///" })).toThrow("kyma..order.created.v1");
  });

  test("the older naming needs an application, an object, an operation and a version", () => {
    for (const type of [
      "sap.kyma.custom.shop.created.v1",
      "sap.kyma.custom..order.created.v1",
      "sap.kyma.custom.",
    ])
      expect(() => messageOf({ "ce-type": type })).toThrow(
        "must have the form sap.kyma.custom.<application>",
      );
  });

  test("a subject that NATS would end the connection over is refused", () => {
    expect(() => messageOf({ "ce-type": `order.${"x".repeat(2000)}` })).toThrow("more than 1024 bytes");
  });
});

describe("the trace of a request", () => {
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  test("stays with the event", () => {
    const message = messageOf({
      traceparent,
      tracestate: "a=1,b=2",
      "x-b3-traceid": "463ac35c9f6413ad",
      "x-b3-sampled": "1",
    });
    expect(bodyOf(message)).toMatchObject({
      traceparent,
      tracestate: "a=1,b=2",
      b3traceid: "463ac35c9f6413ad",
      b3sampled: "1",
    });
  });

  test("does not replace the event's own", () => {
    const own = traceparent.replace("0af7", "ffff");
    expect(bodyOf(messageOf({ traceparent, "ce-traceparent": own }))).toMatchObject({ traceparent: own });
  });

  test.each([
    "x",
    traceparent.toUpperCase(),
    `00-${"0".repeat(32)}-b7ad6b7169203331-01`,
    [traceparent, traceparent],
  ])("is left out when it is %j", (value) => {
    expect(
      bodyOf(messageOf({ traceparent: value, tracestate: "a=1", "x-b3-traceid": "a b" })),
    ).not.toHaveProperty("tracestate");
  });
});

test("nothing of a batch with one bad event is made", () => {
  const good = { specversion: "1.0", id: "1", source: "shop", type: "order.created.v1" };
  const batch = (events: unknown[]): HttpContent => ({
    headers: { "content-type": "application/cloudevents-batch+json" },
    body: Buffer.from(JSON.stringify(events)),
  });
  expect(readMessages(batch([good, { ...good, id: "2" }]), nameOf)).toHaveLength(2);
  expect(() => readMessages(batch([good, { ...good, id: "" }]), nameOf)).toThrow("event 2 of the batch");
  expect(() => readMessages(batch([good, { ...good, type: ">" }]), nameOf)).toThrow("empty segment");
});
