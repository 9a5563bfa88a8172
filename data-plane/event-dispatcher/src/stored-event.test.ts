import { expect, test } from "vitest";
import { orderingKeyOf, readStoredEvent } from "./stored-event.ts";

const stored = (event: unknown) =>
  readStoredEvent(Buffer.from(typeof event === "string" ? event : JSON.stringify(event)));
const event = { specversion: "1.0", id: "1", source: "shop", type: "kyma.shop.order.created.v1" };

test("the type is as it was published", () => {
  expect(stored({ ...event, originaltype: "order created.v1" })).toEqual({
    ...event,
    type: "order created.v1",
  });
  expect(stored(event)?.type).toBe("shop.order.created.v1");
  expect(stored({ ...event, type: "other.v1" })?.type).toBe("other.v1");
});

test("an event with all attributes that a publisher may send is read, beside what was added on the way", () => {
  const attributes = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`a${index}`, "1"]));
  expect(stored({ ...event, ...attributes, originaltype: "a.b" })?.type).toBe("a.b");
});

test.each(["", "{", "null", "[]", "{}", `{"specversion":"1.0"}`])("%j is no event", (text) => {
  expect(stored(text)).toBeUndefined();
});

test("an ordering key is the value of its attribute; objects are none", () => {
  const keyOf = (more: object) =>
    orderingKeyOf(Buffer.from(JSON.stringify({ ...event, ...more })), "subject");
  expect([keyOf({ subject: "a" }), keyOf({ subject: "" }), keyOf({})]).toEqual(["=a", "=", undefined]);
  expect(orderingKeyOf(Buffer.from("no event"), "subject")).toBeUndefined();
});
