import { expect, test } from "vitest";
import { defaultDeliveryConfig, readDeliveryConfig, retryDelayMs } from "./delivery-config.ts";

test("without config the defaults count, and keys of another backend do no harm", () => {
  expect(readDeliveryConfig(undefined)).toEqual({ config: defaultDeliveryConfig, problems: [] });
  expect(readDeliveryConfig({ qos: "AT_LEAST_ONCE", protocol: "BEB" }).problems).toEqual([]);
});

test("every key is read", () => {
  const { config, problems } = readDeliveryConfig({
    maxInFlightMessages: "5",
    retryCount: "0",
    retryBackoff: "250ms",
    retryMaxBackoff: "2m",
    timeout: "5s",
    deadLetterSink: "http://parked.shop.svc.cluster.local",
    orderingKey: "subject",
    deliverFrom: "2026-01-31T12:00:00+02:00",
  });
  expect(problems).toEqual([]);
  expect(config).toEqual({
    maxInFlight: 5,
    retryCount: 0,
    retryBackoffMs: 250,
    retryMaxBackoffMs: 120_000,
    timeoutMs: 5000,
    deadLetterSink: "http://parked.shop.svc.cluster.local",
    orderingKey: "subject",
    deliverFrom: { policy: "time", since: "2026-01-31T10:00:00.000Z" },
  });
});

test.each([
  ["maxInFlightMessages", "ten", "whole number from 1 to 10000"],
  ["maxInFlightMessages", "0", "whole number from 1 to 10000"],
  ["retryCount", "-1", "whole number"],
  ["retryBackoff", "5", "duration"],
  ["timeout", "25h", "duration"],
  ["orderingKey", "Not An Attribute", "name of an event's attribute"],
  ["deliverFrom", "2026-02-31", "RFC 3339"],
  ["maxInFlight", "1", "is not known; there are: maxInFlightMessages"],
  ["__proto__x", "1", "is not known"],
  ["constructor", "1", "is not known"],
])("config.%s %s is refused with a sentence", (key, value, sentence) => {
  const { problems } = readDeliveryConfig({ [key]: value });
  const field = `config.${key}`;
  expect(problems).toEqual([{ field, message: expect.stringContaining(sentence) as string }]);
  expect(problems[0]?.message).toContain(`${field} `);
});

test("pauses double up to the longest one, and spread by a tenth", () => {
  const { config } = readDeliveryConfig({ retryBackoff: "1s", retryMaxBackoff: "10s" });
  expect([2, 3, 4, 5, 6, 200].map((attempt) => retryDelayMs(config, attempt, 0.5))).toEqual([
    1000, 2000, 4000, 8000, 10_000, 10_000,
  ]);
  expect(retryDelayMs(config, 2, 0)).toBe(900);
  expect(retryDelayMs(config, 2, 1)).toBe(1100);
});
