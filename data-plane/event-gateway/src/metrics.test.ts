import { expect, test } from "vitest";
import { GatewayMetrics } from "./metrics.ts";

test("has Kyma's names", async () => {
  const metrics = new GatewayMetrics("nats://n:4222", () => true);
  metrics.countRequest("POST", "/publish", 204, 0.003);
  metrics.observeBackend(204, 2);
  metrics.countEvent("order.created.v1", "shop");
  const text = await metrics.registry.metrics();
  for (const line of [
    `eventing_epp_requests_total{code="204",method="POST",path="/publish"} 1`,
    `eventing_epp_requests_duration_seconds_bucket{le="0.004",code="204",method="POST",path="/publish"} 1`,
    `eventing_epp_backend_duration_milliseconds_count{code="204",destination_service="nats://n:4222"} 1`,
    `eventing_epp_event_type_published_total{event_type="order.created.v1",event_source="shop",code="204"} 1`,
    `eventing_epp_health 1`,
  ])
    expect(text).toContain(`${line}\n`);
});

test("senders who make up types do not make it grow without end", async () => {
  const metrics = new GatewayMetrics("nats://n:4222", () => false);
  for (let index = 0; index < 5000; index++) metrics.countEvent(`type.${index}`, `source${index % 7}`);
  metrics.countEvent("type.3", "source3");
  const series = (await metrics.registry.metrics())
    .split("\n")
    .filter((line) => line.startsWith("eventing_epp_event"));
  expect(series).toHaveLength(1001);
  expect(series).toContain(
    `eventing_epp_event_type_published_total{event_type="other",event_source="other",code="204"} 4000`,
  );
  expect(series).toContain(
    `eventing_epp_event_type_published_total{event_type="type.3",event_source="source3",code="204"} 2`,
  );
});
