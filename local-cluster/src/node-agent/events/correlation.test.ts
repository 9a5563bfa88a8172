import { expect, test } from "vitest";
import { EventCorrelator, type Occurrence } from "./correlation.ts";

const backOff: Occurrence = {
  type: "Warning",
  reason: "BackOff",
  message: "back-off",
  fieldPath: "spec.containers{a}",
};
let names = 0;
const newName = (): string => `event-${++names}`;

test("equal Events are counted under one name", () => {
  const correlator = new EventCorrelator();
  const first = correlator.count("pod", backOff, newName, 1000);
  const second = correlator.count("pod", backOff, newName, 2000);
  expect(second).toEqual({ eventName: first?.eventName, count: 2, first: 1000, last: 2000 });
});

test("another pod, container or message is another Event", () => {
  const correlator = new EventCorrelator();
  const all = [
    correlator.count("pod", backOff, newName, 0),
    correlator.count("other", backOff, newName, 0),
    correlator.count("pod", { ...backOff, fieldPath: "spec.containers{b}" }, newName, 0),
    correlator.count("pod", { ...backOff, message: "another" }, newName, 0),
  ];
  expect(all.map((counted) => counted?.count)).toEqual([1, 1, 1, 1]);
});

test("after a burst one pod gets one Event in five minutes; others are not touched", () => {
  const correlator = new EventCorrelator();
  const counts = Array.from({ length: 30 }, () => correlator.count("pod", backOff, newName, 0)?.count);
  expect(counts.filter(Boolean)).toHaveLength(25);
  expect(correlator.count("other", backOff, newName, 0)).toBeDefined();
  expect(correlator.count("pod", backOff, newName, 299_000)).toBeUndefined();
  expect(correlator.count("pod", backOff, newName, 301_000)?.count).toBe(26);
});

test("what the API server has forgotten begins anew", () => {
  const correlator = new EventCorrelator();
  const first = correlator.count("pod", backOff, newName, 0);
  correlator.forget(first?.eventName ?? "");
  expect(correlator.count("pod", backOff, newName, 1)?.count).toBe(1);
});
