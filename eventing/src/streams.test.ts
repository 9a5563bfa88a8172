import { expect, test } from "vitest";
import { defaultDeliveryConfig } from "./delivery-config.ts";
import { consumerConfig, orderedBacklog } from "./streams.ts";

const key = { namespace: "shop", name: "orders" };
const config = (more = {}) => consumerConfig(key, "kyma.shop.a.b", { ...defaultDeliveryConfig, ...more });

test("without a key the consumer itself bounds what a sink may be working on, over all dispatchers", () => {
  expect(config({ maxInFlight: 7 })).toMatchObject({ max_ack_pending: 7, max_deliver: -1 });
  expect(config()).not.toHaveProperty("priority_groups");
});

test("with a key one dispatcher reads, and may hold back later events of a key while others go on", () => {
  const ordered = config({ maxInFlight: 7, orderingKey: "subject" });
  expect(ordered).toMatchObject({ max_ack_pending: orderedBacklog, priority_policy: "pinned_client" });
  expect(config({ maxInFlight: 5000, orderingKey: "subject" }).max_ack_pending).toBe(5000);
});
