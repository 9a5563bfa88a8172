import type { FunctionStatus, KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import { expect, test } from "vitest";
import type { Deployment } from "./kinds.ts";
import { defaultFunctionOptions } from "./options.ts";
import type { RolloutState } from "./rollout.ts";
import { storedFunction } from "./sample.ts";
import { conditionEvents, statusOf } from "./status.ts";

const now = "2026-01-01T12:00:00Z";
const running: RolloutState = { status: "True", reason: "DeploymentReady", message: "The Function runs." };
const valid = { problems: [], warnings: [] };
const deployment: Deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "hello", annotations: { "serverless.kyma-project.io/generation": "2" } },
  spec: { replicas: 1 },
  status: { replicas: 1 },
};

function statusFor(fn: KymaFunction, findings: Partial<Parameters<typeof statusOf>[1]>): FunctionStatus {
  return statusOf(
    fn,
    { validation: valid, deployment, rollout: running, now, ...findings },
    defaultFunctionOptions,
  );
}

test("a running Function", () => {
  const fn = storedFunction({ annotations: { a: "b" }, podSecurityContext: { runAsUser: 7 } });
  expect(statusFor(fn, {})).toMatchObject({
    observedGeneration: 3,
    replicas: 1,
    runtime: "nodejs24",
    runtimeImage: "kyma.local/function-runtime-nodejs24:0.1.0",
    functionResourceProfile: "XS",
    functionAnnotations: { a: "b" },
    podSecurityContext: { runAsUser: 7, runAsGroup: 1000 },
    podSelector:
      "serverless.kyma-project.io/function-name=hello,serverless.kyma-project.io/managed-by=function-controller,serverless.kyma-project.io/resource=deployment,serverless.kyma-project.io/uuid=uid-1",
    conditions: [
      {
        type: "ConfigurationReady",
        status: "True",
        reason: "FunctionSpecValidated",
        observedGeneration: 3,
        lastTransitionTime: now,
      },
      {
        type: "Running",
        status: "True",
        reason: "DeploymentReady",
        observedGeneration: 3,
        lastTransitionTime: now,
      },
    ],
  });
});

test("explicit resources are called custom", () => {
  const resources = { limits: { memory: "64Mi" } };
  const fn = storedFunction({ resourceConfiguration: { function: { resources } } });
  expect(statusFor(fn, {}).functionResourceProfile).toBe("custom");
});

test("with an invalid spec, the rest of the status still speaks of what runs", () => {
  const before = statusFor(storedFunction(), {});
  const fn = { ...storedFunction({ runtime: "python312" }), status: before };
  const status = statusFor(fn, { validation: { problems: ["one", "two"], warnings: [] } });
  expect(status.runtime).toBe("nodejs24");
  expect(status.conditions).toMatchObject([
    {
      type: "ConfigurationReady",
      status: "False",
      reason: "InvalidFunctionSpec",
      message: "one. two",
      observedGeneration: 3,
    },
    { type: "Running", status: "True", observedGeneration: 2 },
  ]);
});

test("the transition time moves with the status only", () => {
  const fn = storedFunction();
  const before = statusFor(fn, {});
  const later = "2026-01-01T13:00:00Z";
  const same = statusFor(
    { ...fn, status: before },
    { now: later, rollout: { ...running, message: "Still." } },
  );
  expect(same.conditions?.map((condition) => condition.lastTransitionTime)).toEqual([now, now]);
  const down = statusFor({ ...fn, status: before }, { now: later, rollout: { ...running, status: "False" } });
  expect(down.conditions?.map((condition) => condition.lastTransitionTime)).toEqual([now, later]);
});

test("messages are cut at the API's limit", () => {
  const status = statusFor(storedFunction(), { rollout: { ...running, message: "x".repeat(40_000) } });
  expect(status.conditions?.[1]?.message).toHaveLength(32_768);
});

test("each changed condition makes one Event, of the right type", () => {
  const fn = storedFunction();
  const before = statusFor(fn, {});
  expect(conditionEvents(undefined, before).map(({ type, reason }) => [type, reason])).toEqual([
    ["Normal", "FunctionSpecValidated"],
    ["Normal", "DeploymentReady"],
  ]);
  expect(conditionEvents(before, before)).toEqual([]);
  const warned = statusFor(
    { ...fn, status: before },
    { validation: { problems: [], warnings: ["old runtime"] } },
  );
  expect(conditionEvents(before, warned)).toEqual([
    { type: "Warning", reason: "FunctionSpecValidated", message: "Warning: old runtime" },
  ]);
});
