import { expect, test } from "vitest";
import { isSameEvent } from "./attempts.ts";

const event = { id: "1", source: "shop", type: "order.created.v1" };

test("an event is told apart by its source and type, too", () => {
  expect(isSameEvent({ ...event }, event)).toBe(true);
  expect(isSameEvent({ ...event, source: "bank" }, event)).toBe(false);
  expect(isSameEvent({ ...event, type: "order.paid.v1" }, event)).toBe(false);
  expect(isSameEvent({ ...event, id: "2" }, event)).toBe(false);
});

test("a type of the older naming is the same as the publisher writes it", () => {
  const sent = { ...event, type: "sap.kyma.custom.my-shop.order.created.v1" };
  const stored = (type: string) => ({ ...event, type });
  expect(isSameEvent(stored("sap.kyma.custom.myshop.order.created.v1"), sent)).toBe(true);
  expect(isSameEvent(stored("sap.kyma.custom.shopofmine.order.created.v1"), sent)).toBe(true);
  expect(isSameEvent(stored("sap.kyma.custom.myshop.order.paid.v1"), sent)).toBe(false);
  expect(isSameEvent(stored("order.created.v1"), sent)).toBe(false);
});
