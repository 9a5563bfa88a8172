import { pods } from "@kyma/kube/resource-types.ts";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { podUrl, readinessProbe, testContainer, TestNode, until } from "../testing/test-node.ts";
import type { ContainerStatus, Pod } from "./pod.ts";

let node: TestNode;
beforeAll(async () => {
  node = await TestNode.start();
}, 120_000);
afterAll(() => node.stop(), 60_000);

const statusOf = (pod: Pod): ContainerStatus | undefined => pod.status?.containerStatuses?.[0];
const json = async <T>(url: string): Promise<T> => (await fetch(url)).json() as Promise<T>;
const logsOf = async (namespace: string, name: string, options = {}): Promise<string> =>
  text(await node.client.logs({ namespace, name }, options));

test("the node is Ready, with its addresses, kubelet port and Lease", async () => {
  const answer = await node.client.raw("/api/v1/nodes/local");
  const { status } = await answer.json<{ status: Record<string, unknown> }>();
  expect(status).toMatchObject({
    addresses: [
      { type: "InternalIP", address: "127.0.0.1" },
      { type: "Hostname", address: "local" },
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: node.kubeletPort } },
    nodeInfo: { kubeletVersion: "v1.36.3", operatingSystem: "linux" },
  });
  const lease = await node.client.raw("/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/local");
  expect((await lease.json<{ spec: object }>()).spec).toMatchObject({
    holderIdentity: "local",
    leaseDurationSeconds: 40,
  });
});

test("a pod is scheduled, runs, becomes ready, and ends within its grace when deleted", async () => {
  const namespace = await node.namespace();
  await node.pod(namespace, "web", { containers: [testContainer("main", ["serve"], { readinessProbe })] });
  const pod = await node.podReady(namespace, "web");
  expect(pod.status).toMatchObject({
    phase: "Running",
    hostIP: "127.0.0.1",
    podIP: expect.stringMatching(/^10\.244\./),
  });
  expect(await (await fetch(podUrl(pod))).text()).toBe("hello from web");
  // Open before the pod goes: a follower that comes later finds no pod.
  const follower = text(await node.client.logs({ namespace, name: "web" }, { follow: true }));
  await node.client.delete(pods, { namespace, name: "web" });
  await until(
    "the pod is gone",
    async () => (await node.client.list(pods, { namespace })).items.length === 0,
  );
  // SIGTERM reached it: a follower saw its last words, and the stream ended with it.
  expect(await follower).toBe("listening\nending\n");
  await expect(fetch(podUrl(pod))).rejects.toThrow("fetch failed");
  await until(
    "nothing of it is left on disk",
    () => !existsSync(join(node.dataDir, "pods", pod.metadata.uid ?? "")),
  );
  const events = await node.events(namespace, "web");
  expect(events.filter((event) => !event.startsWith("Scheduled: ")).sort()).toEqual([
    "Created: Created container: main",
    "Killing: Stopping container main",
    'Pulled: Container image "kyma.local/test:1" already present on machine',
    "Started: Started container main",
  ]);
});

test("a pod that does not listen to SIGTERM is killed after its grace", async () => {
  const namespace = await node.namespace();
  await node.pod(namespace, "web", {
    terminationGracePeriodSeconds: 1,
    containers: [testContainer("main", ["stubborn"], { readinessProbe })],
  });
  const pod = await node.podReady(namespace, "web");
  const began = Date.now();
  await node.client.delete(pods, { namespace, name: "web" });
  await until(
    "the pod is gone",
    async () => (await node.client.list(pods, { namespace })).items.length === 0,
  );
  expect(Date.now() - began).toBeGreaterThan(900);
  await expect(fetch(podUrl(pod))).rejects.toThrow("fetch failed");
});

test("init containers run in order and share an emptyDir with the others", async () => {
  const namespace = await node.namespace();
  const volumeMounts = [{ name: "shared", mountPath: "/shared" }];
  await node.pod(namespace, "p", {
    restartPolicy: "Never",
    volumes: [{ name: "shared", emptyDir: {} }],
    initContainers: [
      testContainer("first", ["write", "/shared/a=1"], { volumeMounts }),
      testContainer("second", ["write", "/shared/b=2"], { volumeMounts }),
    ],
    containers: [testContainer("main", ["serve"], { volumeMounts, readinessProbe })],
  });
  const pod = await node.podReady(namespace, "p");
  expect(await json(podUrl(pod, "/file?path=/shared"))).toMatchObject({ content: ["a", "b"] });
  const ends = pod.status?.initContainerStatuses?.map(({ state }) => state.terminated?.reason);
  expect(ends).toEqual(["Completed", "Completed"]);
});

test("only our own images run; any other is refused with a sentence", async () => {
  const namespace = await node.namespace();
  await node.pod(namespace, "p", { containers: [{ name: "main", image: "nginx:1" }] });
  const pod = await node.podIs(
    namespace,
    "p",
    "cannot be pulled",
    (pod) => statusOf(pod)?.state.waiting?.reason === "ErrImagePull",
  );
  expect(statusOf(pod)?.state.waiting?.message).toContain('image "nginx:1" cannot run here');
  await until("an Event says so", async () =>
    (await node.events(namespace, "p")).some((event) =>
      event.startsWith('Failed: Failed to pull image "nginx:1"'),
    ),
  );
  await node.podIs(
    namespace,
    "p",
    "backs off",
    (pod) => statusOf(pod)?.state.waiting?.reason === "ImagePullBackOff",
    30_000,
  );
}, 60_000);

test("a crashing container is restarted with backoff and its end is told", async () => {
  const namespace = await node.namespace();
  const main = testContainer("main", ["fail", "the reason"]);
  await node.pod(namespace, "p", { containers: [main] });
  const pod = await node.podIs(
    namespace,
    "p",
    "is in a crash loop",
    (pod) => statusOf(pod)?.state.waiting?.reason === "CrashLoopBackOff",
  );
  expect(statusOf(pod)).toMatchObject({
    restartCount: 1,
    lastState: { terminated: { exitCode: 3, reason: "Error", message: "the reason" } },
    state: { waiting: { message: expect.stringContaining("back-off 10s restarting failed container=main") } },
  });
  await node.podIs(
    namespace,
    "p",
    "was tried again",
    (pod) => (statusOf(pod)?.restartCount ?? 0) >= 2,
    20_000,
  );
}, 60_000);

test("a Job's pod succeeds or fails for good, and its log stays", async () => {
  const namespace = await node.namespace();
  await node.pod(namespace, "good", {
    restartPolicy: "Never",
    containers: [testContainer("main", ["exit", "0"])],
  });
  await node.pod(namespace, "bad", {
    restartPolicy: "Never",
    containers: [testContainer("main", ["exit", "7"], { terminationMessagePolicy: "FallbackToLogsOnError" })],
  });
  await node.podIs(namespace, "good", "succeeded", ({ status }) => status?.phase === "Succeeded");
  const bad = await node.podIs(namespace, "bad", "failed", ({ status }) => status?.phase === "Failed");
  expect(statusOf(bad)?.state.terminated).toMatchObject({ exitCode: 7, message: "exiting with 7" });
  expect(await logsOf(namespace, "good")).toBe("exiting with 0\n");
});

test.each(["heap", "buffers"])(
  "memory beyond the limit (%s) is OOMKilled",
  async (kind) => {
    const namespace = await node.namespace();
    const resources = { limits: { memory: "64Mi" } };
    await node.pod(namespace, "p", {
      restartPolicy: "Never",
      containers: [testContainer("main", [kind], { resources })],
    });
    const pod = await node.podIs(
      namespace,
      "p",
      "failed",
      ({ status }) => status?.phase === "Failed",
      40_000,
    );
    expect(statusOf(pod)?.state.terminated).toMatchObject({ exitCode: 137, reason: "OOMKilled" });
  },
  60_000,
);

test("a startup probe delays readiness; a failing liveness probe restarts the container", async () => {
  const namespace = await node.namespace();
  const httpGet = { path: "/health", port: "http" };
  const main = testContainer("main", ["serve", "700"], {
    ports: [{ name: "http", containerPort: 8080 }],
    startupProbe: { httpGet, periodSeconds: 10, failureThreshold: 3 },
    livenessProbe: { httpGet, periodSeconds: 1, failureThreshold: 1 },
  });
  await node.pod(namespace, "p", { containers: [main] });
  // With its period of ten seconds alone it would not be ready in time.
  const pod = await node.podIs(
    namespace,
    "p",
    "is ready",
    (pod) => statusOf(pod)?.started === true && statusOf(pod)?.ready === true,
    8000,
  );
  await fetch(podUrl(pod, "/break"));
  await node.podIs(
    namespace,
    "p",
    "was restarted",
    (pod) => statusOf(pod)?.restartCount === 1 && statusOf(pod)?.ready === true,
  );
  const events = await node.events(namespace, "p");
  expect(events).toContain("Unhealthy: Liveness probe failed: HTTP probe failed with statuscode: 500");
  expect(events).toContain("Killing: Container main failed liveness probe, will be restarted");
}, 60_000);
