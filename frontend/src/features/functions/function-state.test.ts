import { describe, expect, it } from "vitest";
import { functionState } from "./function-state.ts";
import type { FunctionStatus, KymaFunction } from "./kyma-function.ts";

function fn(
  status?: FunctionStatus,
  more: Partial<KymaFunction["metadata"]> = {},
  replicas?: number,
): KymaFunction {
  return {
    apiVersion: "serverless.kyma-project.io/v1alpha2",
    kind: "Function",
    metadata: { name: "hello", namespace: "shop", generation: 2, ...more },
    spec: {
      runtime: "nodejs24",
      source: { inline: { source: "x" } },
      ...(replicas === undefined ? {} : { replicas }),
    },
    ...(status ? { status } : {}),
  };
}
const valid = { type: "ConfigurationReady", status: "True", reason: "FunctionSpecValidated" } as const;
const ready = { type: "Running", status: "True", reason: "DeploymentReady" } as const;

describe("functionState", () => {
  it("is new before the controller has seen it", () => {
    expect(functionState(fn())).toMatchObject({ label: "New", health: "progress" });
  });
  it("is updating while observedGeneration lags, although the last version runs", () => {
    const state = functionState(fn({ observedGeneration: 1, conditions: [valid, ready] }));
    expect(state).toMatchObject({ label: "Updating", health: "progress" });
  });
  it("runs when the newest generation is observed and Running is True", () => {
    const state = functionState(fn({ observedGeneration: 2, conditions: [valid, ready] }));
    expect(state).toMatchObject({ label: "Running", health: "ok" });
  });
  it("is invalid with the controller's sentence, although an earlier version still runs", () => {
    const invalid = {
      ...valid,
      status: "False",
      reason: "InvalidFunctionSpec",
      message: "env FUNC_PORT is reserved",
    } as const;
    const state = functionState(fn({ observedGeneration: 2, conditions: [invalid, ready] }));
    expect(state).toMatchObject({ label: "Invalid", health: "error" });
    expect(state.text).toContain("env FUNC_PORT is reserved");
  });
  it("has failed with the reason of the pods", () => {
    const failed = { ...ready, status: "False", reason: "DeploymentFailed", message: "no main" } as const;
    expect(functionState(fn({ observedGeneration: 2, conditions: [valid, failed] }))).toMatchObject({
      label: "Failed",
      text: "no main",
    });
  });
  it("explains a start in plain words", () => {
    const starting = { ...ready, status: "Unknown", reason: "MinReplicasNotAvailable" } as const;
    const state = functionState(fn({ observedGeneration: 2, conditions: [valid, starting] }));
    expect(state).toMatchObject({ label: "Starting", text: "Not enough of its pods are ready yet." });
  });
  it("warns about a deprecated runtime", () => {
    const warned = { ...valid, message: "Warning: nodejs20 is deprecated" } as const;
    expect(functionState(fn({ observedGeneration: 2, conditions: [warned, ready] })).health).toBe("warning");
  });
  it("says so when it is scaled to zero or being deleted", () => {
    const status = { observedGeneration: 2, conditions: [valid, ready] };
    expect(functionState(fn(status, {}, 0)).label).toBe("Scaled to zero");
    expect(functionState(fn(status, { deletionTimestamp: "2026-01-01T00:00:00Z" })).label).toBe("Deleting");
  });
});
