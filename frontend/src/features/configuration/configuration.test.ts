import { expect, test } from "vitest";
import { base64Bytes, textBytes } from "./byte-size.ts";
import { metricText } from "./metric-text.ts";
import { parseQuantity } from "#ui/parse-quantity.ts";
import { usedPercent } from "./quantities.ts";

test("sizes are those of the bytes, not of the text", () => {
  expect(textBytes("größe")).toBe(7);
  expect(base64Bytes(btoa("hello"))).toBe(5);
  expect(base64Bytes("")).toBe(0);
});

test("quota bars compare quantities of different units", () => {
  expect(parseQuantity("250m")).toBe(0.25);
  expect(parseQuantity("constructor")).toBeUndefined();
  expect(usedPercent("500m", "2")).toBe(25);
  expect(usedPercent("1Gi", "2048Mi")).toBe(50);
  expect(usedPercent("1", "0")).toBe(100);
  expect(usedPercent(undefined, "1")).toBeUndefined();
});

test("a metric is told with what it is and what it should be", () => {
  const cpu = {
    type: "Resource",
    resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } },
  };
  const now = {
    type: "Resource",
    resource: { name: "cpu", current: { averageUtilization: 35, averageValue: "35m" } },
  };
  expect(metricText(cpu, now)).toEqual({ name: "cpu of all containers", current: "35 %", target: "80 %" });
  expect(metricText(cpu, undefined)).toMatchObject({ current: "unknown" });
});
