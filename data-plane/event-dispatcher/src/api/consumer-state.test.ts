import { consumerName } from "@kyma/eventing/subjects.ts";
import { expect, test } from "vitest";
import { wantedConsumers } from "./consumer-state.ts";
import type { ServedSubscription } from "./parts.ts";
import { subscriptionOf } from "./subscription-subject.ts";

const key = { namespace: "shop", name: "orders" };
const subscription = (spec: object): ServedSubscription => ({
  metadata: key,
  spec: { sink: "", source: "com.shop", types: [], ...spec },
});

test("each type has the consumer that the controllers make for it", () => {
  const subject = "kyma.comshop.order.created.v1";
  expect(wantedConsumers(key, subscription({ types: ["order.created.v1"] }))).toEqual([
    { type: "order.created.v1", subject, consumer: consumerName(key, subject) },
  ]);
  const exact = wantedConsumers(key, subscription({ types: ["a.b"], typeMatching: "exact" }));
  expect(exact[0]?.subject).toBe("kyma.a.b");
});

test.each([{ types: null }, { types: "a" }, { source: 5, types: ["a.b"] }, { types: [5] }])(
  "%j, which today's schema refuses, has none",
  (spec) => {
    expect(wantedConsumers(key, subscription(spec))).toEqual([]);
  },
);

test("a subject names namespace and Subscription, whose name may have dots", () => {
  expect(subscriptionOf("delivery.shop.my.orders", "delivery.")).toEqual({
    namespace: "shop",
    name: "my.orders",
  });
  for (const subject of ["delivery.shop", "delivery.shop.", "delivery..a", "other.shop.a"])
    expect(subscriptionOf(subject, "delivery.")).toBeUndefined();
});
