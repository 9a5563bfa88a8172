import type { ApiRuleStatus } from "@kyma/crds/generated/api-rules.gen.ts";
import { expect, test } from "vitest";
import { sampleApiRule } from "./sample.ts";
import { statusOf, success } from "./status.ts";

const before = "2026-01-01T00:00:00Z";
const now = new Date("2026-01-02T03:04:05.678Z");
const ready: ApiRuleStatus = { ...success, lastProcessedTime: before, observedGeneration: 1 };

function outcome(status: ApiRuleStatus | undefined, generation: number, wrote: boolean) {
  const apiRule = { ...sampleApiRule({}, { generation }), ...(status && { status }) };
  return statusOf(apiRule, success, wrote, now);
}

test("nothing new leaves the status as it is", () => {
  expect(outcome(ready, 1, false)).toBe(ready);
});

test.each<[string, ApiRuleStatus | undefined, number, boolean]>([
  ["no status yet", undefined, 1, false],
  ["another outcome", { ...ready, state: "Error" }, 1, false],
  ["another text", { ...ready, description: "x" }, 1, false],
  ["a newer spec", ready, 2, false],
  ["a child had to be written", ready, 1, true],
])("%s moves the time", (_, status, generation, wrote) => {
  expect(outcome(status, generation, wrote)).toEqual({
    state: "Ready",
    description: "Reconciled successfully",
    lastProcessedTime: "2026-01-02T03:04:05Z",
    observedGeneration: generation,
  });
});
