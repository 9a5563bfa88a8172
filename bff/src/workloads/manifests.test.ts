import { expect, test } from "vitest";
import { derivedName, rerunJob, rollbackPatch, triggeredJob } from "./manifests.ts";
import { nodeResources } from "./node-part.ts";
import { podAmounts } from "../resources/pod-amounts.ts";
import { selectorText } from "../resources/label-selector.ts";
import type { CronJob, Job, Pod } from "./workload-objects.ts";

const template = { metadata: { labels: { app: "x" } }, spec: { containers: [{ name: "a" }] } };

test("a triggered Job is what kubectl create job --from makes", () => {
  const cronJob: CronJob = {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: "nightly", namespace: "n", uid: "u" },
    spec: {
      schedule: "@daily",
      jobTemplate: { metadata: { labels: { l: "1" }, annotations: { a: "2" } }, spec: { template } },
    },
  };
  expect(triggeredJob(cronJob, "nightly-manual-1")).toEqual({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name: "nightly-manual-1",
      namespace: "n",
      labels: { l: "1" },
      annotations: { "cronjob.kubernetes.io/instantiate": "manual", a: "2" },
      ownerReferences: [
        { apiVersion: "batch/v1", kind: "CronJob", name: "nightly", uid: "u", controller: true },
      ],
    },
    spec: { template },
  });
});

test("a Job's copy has none of what was generated, and no owner", () => {
  const labels = { "batch.kubernetes.io/job-name": "j", "controller-uid": "u", "job-name": "j", mine: "1" };
  const job: Job = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "j", namespace: "n", uid: "u", labels, ownerReferences: [] },
    spec: {
      selector: { matchLabels: { "controller-uid": "u" } },
      suspend: true,
      backoffLimit: 2,
      template: { ...template, metadata: { labels: { ...labels } } },
    },
    status: { succeeded: 1 },
  };
  expect(rerunJob(job, "j-rerun-1")).toEqual({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "j-rerun-1", namespace: "n", labels: { mine: "1" }, annotations: {} },
    spec: { backoffLimit: 2, template: { ...template, metadata: { labels: { mine: "1" } } } },
  });
});

test("names never grow too long nor end badly before the suffix", () => {
  expect(derivedName("nightly", "manual", "abcde")).toBe("nightly-manual-abcde");
  const long = derivedName(`${"a".repeat(49)}-${"b".repeat(20)}`, "manual", "abcde");
  expect(long).toBe(`${"a".repeat(49)}-manual-abcde`);
});

test("a Deployment keeps its own annotations and gets the revision's change cause", () => {
  const object = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name: "d",
      resourceVersion: "7",
      annotations: {
        "deployment.kubernetes.io/revision": "3",
        "kubernetes.io/change-cause": "third",
        other: "now",
      },
    },
  };
  const annotations = { "deployment.kubernetes.io/revision": "1", "kubernetes.io/change-cause": "first" };
  expect(rollbackPatch(object, { template, annotations })).toEqual([
    { op: "replace", path: "/metadata/resourceVersion", value: "7" },
    { op: "replace", path: "/spec/template", value: template },
    {
      op: "add",
      path: "/metadata/annotations",
      value: { "deployment.kubernetes.io/revision": "3", "kubernetes.io/change-cause": "first" },
    },
  ]);
});

test("selectors as text", () => {
  const matchExpressions = [
    { key: "a", operator: "In", values: ["1", "2"] },
    { key: "b", operator: "NotIn", values: ["3"] },
    { key: "c", operator: "Exists" },
    { key: "d", operator: "DoesNotExist" },
  ];
  expect(selectorText({ matchLabels: { x: "y" }, matchExpressions })).toBe("x=y,a in (1,2),b notin (3),c,!d");
});

const container = (cpu: string, extra: object = {}) => ({
  name: cpu,
  resources: { requests: { cpu } },
  ...extra,
});

test("a pod's requests as the scheduler counts them", () => {
  const spec = {
    containers: [container("100m"), container("200m")],
    initContainers: [container("50m", { restartPolicy: "Always" }), container("500m")],
    overhead: { cpu: "10m" },
  };
  expect(podAmounts(spec, "requests").get("cpu")).toBeCloseTo(0.56);
  expect(
    podAmounts({ containers: [container("100m"), container("200m")] }, "requests").get("cpu"),
  ).toBeCloseTo(0.3);
  const limited = { containers: [{ name: "a", resources: { limits: { memory: "1Gi" } } }] };
  expect(podAmounts(limited, "requests").get("memory")).toBe(2 ** 30);
});

test("a node's resources against its living pods", () => {
  const node = {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: "n" },
    status: {
      capacity: { cpu: "4", pods: "110", "hugepages-2Mi": "0" },
      allocatable: { cpu: "3500m", pods: "110" },
    },
  };
  const pod = (phase: string): Pod => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: phase },
    spec: { containers: [container("500m")] },
    status: { phase },
  });
  expect(nodeResources(node, [pod("Running"), pod("Succeeded"), pod("Pending")])).toEqual([
    { name: "cpu", capacity: 4, allocatable: 3.5, requested: 1, limit: 0 },
    { name: "pods", capacity: 110, allocatable: 110, requested: 2, limit: null },
  ]);
  expect(nodeResources(node, undefined)[0]).toMatchObject({ requested: null, limit: null });
});
