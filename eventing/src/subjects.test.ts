import { expect, test } from "vitest";
import {
  cleanLegacyType,
  cleanSource,
  cleanType,
  consumerName,
  isUsableSubject,
  subjectOf,
} from "./subjects.ts";

test("what means something in a subject is taken out of types and sources", () => {
  expect(cleanType("order.cre ated>.v*1/2\\")).toBe("order.created.v12");
  expect(cleanSource("/com.shop/eu 1\t>*\\")).toBe("comshopeu1");
});

test("a standard subject names the source, an exact one only the type", () => {
  expect(subjectOf("com.shop", "order.created.v1", "standard")).toBe("kyma.comshop.order.created.v1");
  expect(subjectOf("anything", "sap.kyma.custom.shop.order.created.v1", "exact")).toBe(
    "kyma.sap.kyma.custom.shop.order.created.v1",
  );
});

test.each([
  ["sap.kyma.custom.my-shop.order.created.v1", "sap.kyma.custom.myshop.order.created.v1"],
  ["sap.kyma.custom.shop.Order.Item-1.Tax.created.v1", "sap.kyma.custom.shop.OrderItem1Tax.created.v1"],
  ["sap.kyma.custom.shop.created.v1", undefined],
  ["sap.kyma.custom.---.order.created.v1", undefined],
  ["sap.kyma.custom.shop.-.created.v1", undefined],
])("the older naming %s becomes %s", (type, cleaned) => {
  expect(cleanLegacyType(type)).toBe(cleaned);
});

test.each(["kyma.a..b", "kyma.a.", "kyma.*", "kyma.>", "kyma.a b", "kyma.a\r\nPUB x", "kyma.a\u0000"])(
  "%j cannot be a subject",
  (subject) => {
    expect(isUsableSubject(subject)).toBe(false);
  },
);

test("a consumer is named by the first half of a SHA-256 over namespace, name and subject", () => {
  const name = consumerName({ namespace: "shop", name: "orders" }, "kyma.shop.order.created.v1");
  expect(name).toMatch(/^[0-9a-f]{32}$/);
  expect(name).not.toBe(consumerName({ namespace: "shop", name: "orders2" }, "kyma.shop.order.created.v1"));
});
