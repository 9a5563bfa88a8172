import { expect, test } from "vitest";
import { SampleRing } from "../metrics/ring.ts";
import { parseLabelSelector } from "./label-selector.ts";
import { answerMetrics } from "./routes.ts";

const now = Date.UTC(2026, 0, 1);
const node = { name: "local", labels: { "kubernetes.io/os": "linux" } };

function ringOf(...values: [at: number, cores: number, bytes: number][]): SampleRing {
  const ring = new SampleRing(240);
  for (const [at, cpuCores, memoryBytes] of values) ring.push({ at, cpuCores, memoryBytes });
  return ring;
}

function podOf(name: string, namespace: string, app: string) {
  const samples = ringOf([now - 20_000, 0.1, 2 ** 20], [now - 5000, 0.25, 2 ** 21]);
  return {
    pod: {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace, labels: { app } },
      spec: { containers: [] },
    },
    containers: [{ name: "main", windowMs: 15_000, cpuSeconds: 9, samples }],
  };
}

const source = {
  pods: () => [podOf("a", "one", "web"), podOf("b", "one", "db"), podOf("c", "two", "web")],
  machine: () => ({ windowMs: 15_000, cpuSeconds: 100, samples: ringOf([now - 5000, 1.5, 2 ** 30]) }),
};
const ask = (path: string, wantsTable = false) =>
  answerMetrics(new URL(path, "https://metrics"), source, node, { now, wantsTable });
const names = (path: string) =>
  (ask(path) as { body: { items: { metadata: { name: string } }[] } }).body.items.map(
    ({ metadata }) => metadata.name,
  );

test("a pod's newest interval is told as metrics.k8s.io does", () => {
  expect(ask("/apis/metrics.k8s.io/v1beta1/namespaces/one/pods/a")).toEqual({
    status: 200,
    body: {
      kind: "PodMetrics",
      apiVersion: "metrics.k8s.io/v1beta1",
      metadata: {
        name: "a",
        namespace: "one",
        labels: { app: "web" },
        creationTimestamp: "2026-01-01T00:00:00Z",
      },
      timestamp: "2025-12-31T23:59:55Z",
      window: "15.000s",
      containers: [{ name: "main", usage: { cpu: "250000000n", memory: "2048Ki" } }],
    },
  });
  expect(ask("/apis/metrics.k8s.io/v1beta1/nodes/local")?.body).toMatchObject({
    kind: "NodeMetrics",
    usage: { cpu: "1500000000n", memory: "1048576Ki" },
  });
});

test("the hour is told oldest first", () => {
  expect(ask("/apis/history.metrics.kyma-project.io/v1/namespaces/one/pods/a")?.body).toMatchObject({
    kind: "PodMetricsHistory",
    samples: [
      {
        timestamp: "2025-12-31T23:59:40Z",
        containers: [{ name: "main", usage: { cpu: "100000000n", memory: "1024Ki" } }],
      },
      {
        timestamp: "2025-12-31T23:59:55Z",
        containers: [{ name: "main", usage: { cpu: "250000000n", memory: "2048Ki" } }],
      },
    ],
  });
  expect(ask("/apis/history.metrics.kyma-project.io/v1/nodes")?.body).toMatchObject({
    kind: "NodeMetricsHistoryList",
    items: [{ samples: [{ usage: { cpu: "1500000000n" } }] }],
  });
});

test("lists are narrowed by namespace, labels and name", () => {
  expect(names("/apis/metrics.k8s.io/v1beta1/pods")).toEqual(["a", "b", "c"]);
  expect(names("/apis/metrics.k8s.io/v1beta1/namespaces/one/pods")).toEqual(["a", "b"]);
  expect(names("/apis/metrics.k8s.io/v1beta1/pods?labelSelector=app%3Dweb")).toEqual(["a", "c"]);
  expect(names("/apis/metrics.k8s.io/v1beta1/pods?fieldSelector=metadata.name%3Db")).toEqual(["b"]);
});

test("a table has a row for each", () => {
  const { body } = ask("/apis/metrics.k8s.io/v1beta1/namespaces/one/pods", true) as {
    body: { rows: { cells: string[] }[] };
  };
  expect(body.rows.map(({ cells }) => cells)).toEqual([
    ["a", "250m", "2Mi", "15.000s"],
    ["b", "250m", "2Mi", "15.000s"],
  ]);
});

test.each([
  ["/apis/metrics.k8s.io/v1beta1/namespaces/one/pods/none", 404],
  ["/apis/metrics.k8s.io/v1beta1/pods?labelSelector=%21%21", 400],
  ["/apis/metrics.k8s.io/v1beta1/pods?fieldSelector=spec.x%3D1", 400],
  ["/apis/metrics.k8s.io/v1beta1/pods?watch=true", 405],
])("%s is answered with %d", (path, status) => {
  expect(ask(path)).toMatchObject({ status, body: { kind: "Status", code: status } });
});

test.each([
  "/apis/metrics.k8s.io/v1beta1/namespaces/one/nodes",
  "/apis/metrics.k8s.io/v1/pods",
  "/apis/other.k8s.io/v1beta1/pods",
  "/apis/metrics.k8s.io/v1beta1/pods/a",
])("%s is no path of ours", (path) => {
  expect(ask(path)).toBeUndefined();
});

test.each([
  ["a=b", true],
  ["a==b,c!=x", true],
  ["a!=b", false],
  ["a in (x, b)", true],
  ["a notin (x,b)", false],
  ["missing notin (x)", true],
  ["a,!d", true],
  ["!a", false],
  ["", true],
  ["kyma.io/name=x-1", true],
])("the selector %j fits: %j", (selector, fits) => {
  expect(parseLabelSelector(selector)({ a: "b", c: "d", "kyma.io/name": "x-1" })).toBe(fits);
});
