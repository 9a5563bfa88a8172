import { readDeliveryConfig } from "@kyma/eventing/delivery-config.ts";
import { Registry } from "prom-client";
import { expect, test } from "vitest";
import { DispatcherMetrics } from "./metrics.ts";

const wanted = {
  consumer: "c1",
  type: "order.created.v1",
  subscription: { namespace: "shop", name: "orders" },
  config: readDeliveryConfig({}).config,
  sink: { url: new URL("http://orders.shop.svc.cluster.local"), service: undefined },
  deadLetterSink: undefined,
};
const delivered = { status: 204, text: "", retryAfter: undefined, failure: undefined, durationMs: 5 };

test("a consumer's figures stay while anybody still counts for it, and then go", async () => {
  const registry = new Registry();
  const metrics = new DispatcherMetrics(registry, () => true);
  const lines = async (): Promise<string[]> =>
    (await registry.metrics()).split("\n").filter((line) => line.includes('consumer_name="c1"'));
  // The Service went and returned while a call was under way.
  const ending = metrics.open(wanted);
  ending.attempted(delivered, "http://orders/");
  ending.parked("refused");
  const next = metrics.open(wanted);
  next.attempted(delivered, "http://orders/");
  ending.close();
  next.attempted(delivered, "http://orders/");
  expect(await lines()).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^eventing_ec_nats_delivery_per_subscription_total\{.*response_code="204"\} 3$/),
      expect.stringMatching(/^eventing_ec_dead_letters_total\{.*reason="refused"\} 1$/),
    ]),
  );
  next.close();
  expect(await lines()).toEqual([]);
  metrics.open(wanted).attempted(delivered, "http://orders/");
  expect(await lines()).toContainEqual(expect.stringMatching(/_delivery_per_subscription_total\{.*\} 1$/));
});

test("what the controllers tell of Subscriptions is not told again by each dispatcher", async () => {
  const registry = new Registry();
  new DispatcherMetrics(registry, () => true).open(wanted);
  const text = await registry.metrics();
  expect(text).toContain("eventing_ec_health 1");
  expect(text).not.toMatch(/subscription_status|event_type_subscribed/);
});
