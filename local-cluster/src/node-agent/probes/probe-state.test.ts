import { expect, test } from "vitest";
import type { Probe } from "../pods/pod.ts";
import { newProbeState, observe, type ProbeKind, probePeriodMs, type ProbeStep } from "./probe-state.ts";

const probe: Probe = { periodSeconds: 10, failureThreshold: 3, successThreshold: 1 };

function run(kind: ProbeKind, results: [at: number, ok: boolean][], with_: Probe = probe): ProbeStep[] {
  let state = newProbeState(0);
  return results.map(([at, ok]) => {
    const step = observe(kind, with_, state, ok, at);
    state = step.state;
    return step;
  });
}

test.each(["startup", "readiness"] as const)(
  "%s is asked every 100 ms until it passes, then in its period",
  (kind) => {
    expect(probePeriodMs(kind, probe, newProbeState(0))).toBe(100);
    const [passed] = run(kind, [[100, true]]);
    expect(probePeriodMs(kind, probe, passed?.state ?? newProbeState(0))).toBe(10_000);
  },
);

test("liveness keeps to its period from the start", () => {
  expect(probePeriodMs("liveness", probe, newProbeState(0))).toBe(10_000);
});

test("many early failures count once per period: the threshold still means three periods", () => {
  const results = Array.from({ length: 300 }, (_, index): [number, boolean] => [(index + 1) * 100, false]);
  const steps = run("startup", results);
  expect(steps.filter((step) => step.counted)).toHaveLength(3);
  expect(steps.findIndex((step) => step.verdict === "failed")).toBe(299);
});

test("one success resets the failures", () => {
  const steps = run("liveness", [
    [1, false],
    [2, false],
    [3, true],
    [4, false],
    [5, false],
    [6, false],
  ]);
  expect(steps.map((step) => step.verdict)).toEqual([
    undefined,
    undefined,
    "passed",
    undefined,
    undefined,
    "failed",
  ]);
});

test("a success threshold is reached by successes in a row only", () => {
  const steps = run(
    "readiness",
    [
      [1, true],
      [2, false],
      [3, true],
      [4, true],
    ],
    { ...probe, successThreshold: 2 },
  );
  expect(steps.map((step) => step.verdict)).toEqual([undefined, undefined, undefined, "passed"]);
});
