import { expect, test } from "vitest";
import { conditionHelp, isGood } from "./condition-help.ts";

test("for some conditions True is the bad answer", () => {
  expect(isGood("Ready", "True")).toBe(true);
  expect(isGood("Ready", "False")).toBe(false);
  expect(isGood("MemoryPressure", "False")).toBe(true);
  expect(isGood("SomethingFailed", "True")).toBe(false);
  expect(isGood("Ready", "Unknown")).toBeUndefined();
});

test("names from objects reach nothing but the table", () => {
  expect(conditionHelp("Available")).toContain("up");
  expect(conditionHelp("constructor")).toBeUndefined();
  expect(conditionHelp("__proto__")).toBeUndefined();
});
