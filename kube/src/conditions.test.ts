import { expect, it } from "vitest";
import { setCondition } from "./conditions.ts";

it("moves lastTransitionTime only when the status flips", () => {
  const ready = { type: "Ready", status: "True" as const, reason: "A", message: "" };
  const first = setCondition([], ready, "t1");
  const second = setCondition(first, { ...ready, reason: "B" }, "t2");
  expect(second).toEqual([{ ...ready, reason: "B", lastTransitionTime: "t1" }]);
  const third = setCondition(second, { ...ready, status: "False" }, "t3");
  expect(third).toEqual([{ ...ready, status: "False", lastTransitionTime: "t3" }]);
  expect(first[0]?.reason).toBe("A");
});
