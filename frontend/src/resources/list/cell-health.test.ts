import { expect, it } from "vitest";
import { cellHealth } from "./cell-health.ts";

it.each([
  ["Status", "Running", "ok"],
  ["Status", "CrashLoopBackOff", "error"],
  ["Status", "Init:ImagePullBackOff", "error"],
  ["Status", "Init:0/2", "progress"],
  ["Status", "Ready,SchedulingDisabled", "ok"],
  ["Status", "NotReady", "error"],
  ["Status", "Completed", "none"],
  ["Ready", "1/3", "warning"],
  ["Ready", "3/3", undefined],
  ["Type", "Warning", "warning"],
  ["Type", "Normal", undefined],
  ["Type", "ClusterIP", undefined],
  ["Name", "Running", undefined],
  ["Status", "SomethingNew", undefined],
])("%s %s is %s", (column, text, health) => {
  expect(cellHealth(column, text)).toBe(health);
});
