import { expect, test } from "vitest";
import { isWatch, readDeleteOptions, readLimit, readSelection, readTarget } from "./request.ts";

const base = "/apis/delivery.eventing.kyma-project.io/v1alpha1";
const query = (text: string): URLSearchParams => new URLSearchParams(text);

test.each([
  ["/streams", { plural: "streams" }],
  ["/deadletters", { plural: "deadletters" }],
  ["/namespaces/shop/deadletters", { plural: "deadletters", namespace: "shop" }],
  ["/namespaces/shop/deliveries/my.orders", { plural: "deliveries", namespace: "shop", name: "my.orders" }],
  [
    "/namespaces/shop/deadletters/5/replay",
    { plural: "deadletters", namespace: "shop", name: "5", subresource: "replay" },
  ],
])("%s is understood", (path, target) => {
  expect(readTarget(base + path)).toEqual(target);
});

test.each([
  `${base}/namespaces/shop/deadletters/`,
  `${base}/namespaces/shop/deadletters/5/replay/more`,
  `${base}/namespaces/sh%6fp/deadletters`,
  `${base}/namespaces/../deadletters`,
  `${base}//deadletters`,
  `${base}/namespaces/Shop/deadletters`,
  `${base}/namespaces/shop/deadletters/*`,
  "/apis/other.kyma-project.io/v1alpha1/deadletters",
  "/apis/deliveryxeventing.kyma-project.io/v1alpha1/deadletters",
  base,
])("%s names nothing", (path) => {
  expect(readTarget(path)).toBeUndefined();
});

test.each([
  ["", false],
  ["watch=false", false],
  ["watch=0", false],
  ["watch=true", true],
  ["watch=1", true],
  ["watch=", true],
  ["watch=yes", true],
])("%j is a watch: %j, as the API server sees it", (text, is) => {
  expect(isWatch(query(text))).toBe(is);
});

test.each([
  ["", 500],
  ["limit=0", 500],
  ["limit=20", 20],
  ["limit=100000", 500],
])("%j makes pages of %d", (text, limit) => {
  expect(readLimit(query(text))).toBe(limit);
});

test.each(["limit=-1", "limit=x", "limit=1e3", "limit=9999999999999999999999"])("%j is refused", (text) => {
  expect(() => readLimit(query(text))).toThrow("must be a whole number");
});

test("path, parameter and field selector narrow a selection together", () => {
  const target = { plural: "deadletters", namespace: "shop" };
  expect(readSelection(target, query("subscription=orders"))).toEqual({
    namespace: "shop",
    subscription: "orders",
  });
  expect(readSelection(target, query("fieldSelector=metadata.name=5,subscription==orders"))).toEqual({
    namespace: "shop",
    name: "5",
    subscription: "orders",
  });
});

test.each([
  ["labelSelector=a=b", "no labels"],
  ["fieldSelector=status=500", "is not known here"],
  ["fieldSelector=subscription!=orders", "is not known here"],
  ["fieldSelector=metadata.namespace=other", `cannot be "shop" and "other"`],
  ["subscription=a&fieldSelector=subscription=b", `cannot be "a" and "b"`],
])("a selector that would be passed over is refused: %s", (text, sentence) => {
  expect(() => readSelection({ plural: "deadletters", namespace: "shop" }, query(text))).toThrow(sentence);
});

test("a dry run is one in the query and in the body", () => {
  expect(readDeleteOptions(query("dryRun=All"), undefined)).toEqual({ dryRun: true });
  expect(readDeleteOptions(query(""), { dryRun: ["All"], preconditions: { uid: "u" } })).toEqual({
    dryRun: true,
    uid: "u",
  });
  expect(readDeleteOptions(query(""), { kind: "DeleteOptions" })).toEqual({ dryRun: false });
  expect(() => readDeleteOptions(query("dryRun=Some"), undefined)).toThrow(`can only be "All"`);
  expect(readDeleteOptions(query(""), { preconditions: null })).toEqual({ dryRun: false });
  for (const preconditions of [{ uid: 5 }, { resourceVersion: {} }])
    expect(() => readDeleteOptions(query(""), { preconditions })).toThrow("must be text");
});
