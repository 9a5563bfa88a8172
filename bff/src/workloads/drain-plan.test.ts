import { toApiError } from "@kyma/kube/errors.ts";
import { expect, test } from "vitest";
import { drainPod } from "./drain-plan.ts";
import { outcomeOf } from "./evict.ts";
import type { Pod } from "./workload-objects.ts";

function pod(
  owner: string | undefined,
  more: { volumes?: object[]; phase?: string; annotations?: object } = {},
): Pod {
  const owners = owner
    ? [{ apiVersion: "apps/v1", kind: owner, name: "o", uid: `${owner}-uid`, controller: true }]
    : [];
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: "p",
      namespace: "n",
      uid: "u",
      ownerReferences: owners,
      annotations: { ...more.annotations },
    },
    spec: { containers: [], volumes: (more.volumes ?? []) as never },
    status: { phase: more.phase ?? "Running" },
  };
}
const none = new Set<string>();
const cache = { volumes: [{ name: "cache", emptyDir: {} }] };

test("a drain sorts pods as kubectl does", () => {
  expect(drainPod(pod("ReplicaSet"), none)).toMatchObject({
    controller: "ReplicaSet o",
    skipped: null,
    isUnmanaged: false,
    emptyDirs: [],
  });
  expect(drainPod(pod("DaemonSet", cache), none)).toMatchObject({
    skipped: "DaemonSet o would put it back at once.",
    emptyDirs: [],
  });
  expect(drainPod(pod("DaemonSet"), new Set(["DaemonSet-uid"]))).toMatchObject({
    skipped: null,
    isUnmanaged: true,
  });
  expect(drainPod(pod(undefined), none)).toMatchObject({
    controller: null,
    skipped: null,
    isUnmanaged: true,
  });
  expect(drainPod(pod("ReplicaSet", cache), none)).toMatchObject({ skipped: null, emptyDirs: ["cache"] });
  const mirror = { annotations: { "kubernetes.io/config.mirror": "x" } };
  expect(drainPod(pod(undefined, mirror), none)).toMatchObject({
    isUnmanaged: false,
    skipped: expect.stringContaining("static pod") as string,
  });
});

test("nothing is asked about pods that have ended", () => {
  for (const phase of ["Succeeded", "Failed"])
    expect(drainPod(pod(undefined, { ...cache, phase }), none)).toMatchObject({
      skipped: null,
      isUnmanaged: false,
      emptyDirs: [],
    });
});

test("what the API server's answers to an eviction mean", () => {
  const status = (code: number, more: object) =>
    toApiError(code, JSON.stringify({ kind: "Status", code, ...more }));
  const causes = [
    {
      reason: "DisruptionBudget",
      message: "The disruption budget web needs 2 healthy pods and has 2 currently",
    },
  ];
  const budget = status(429, {
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: { causes },
  });
  expect(outcomeOf(budget)).toEqual({
    outcome: "REFUSED",
    message:
      "Cannot evict pod as it would violate the pod's disruption budget. The disruption budget web needs 2 healthy pods and has 2 currently",
  });
  expect(outcomeOf(status(404, {})).outcome).toBe("GONE");
  expect(outcomeOf(status(403, { message: "no" }))).toEqual({ outcome: "FAILED", message: "no" });
  expect(outcomeOf(status(500, { message: "This pod has more than one PodDisruptionBudget" })).outcome).toBe(
    "FAILED",
  );
});
