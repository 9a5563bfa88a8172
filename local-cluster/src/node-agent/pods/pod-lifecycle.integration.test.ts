import type { KubeObject } from "@kyma/kube/objects.ts";
import { configMaps, pods, secrets, services } from "@kyma/kube/resource-types.ts";
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { podUrl, testContainer, TestNode, until } from "../testing/test-node.ts";
import type { ContainerStatus, Pod } from "./pod.ts";

const run = promisify(execFile);
const readinessProbe = { httpGet: { path: "/health", port: 8080 }, periodSeconds: 1 };
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
  const follower = node.client.logs({ namespace, name: "web" }, { follow: true }).then(text);
  await node.client.delete(pods, { namespace, name: "web" });
  await until(
    "the pod is gone",
    async () => (await node.client.list(pods, { namespace })).items.length === 0,
  );
  // SIGTERM reached it: a follower saw its last words, and the stream ended with it.
  expect(await follower).toBe("listening\nending\n");
  await expect(fetch(podUrl(pod))).rejects.toThrow();
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
  await expect(fetch(podUrl(pod))).rejects.toThrow();
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

test("env comes from values, fields, resources, ConfigMaps and Secrets", async () => {
  const namespace = await node.namespace();
  await node.client.create(configMaps, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "c", namespace },
    data: { a: "1", b: "2" },
  } as KubeObject);
  await node.client.create(secrets, {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "s", namespace },
    stringData: { key: "hidden" },
  } as KubeObject);
  const env = [
    { name: "PLAIN", value: "v" },
    { name: "JOINED", value: "$(PLAIN)-$(MISSING)-$$(PLAIN)" },
    { name: "NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
    { name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
    { name: "LIMIT", valueFrom: { resourceFieldRef: { resource: "limits.memory", divisor: "1Mi" } } },
    { name: "FROM_MAP", valueFrom: { configMapKeyRef: { name: "c", key: "a" } } },
    { name: "FROM_SECRET", valueFrom: { secretKeyRef: { name: "s", key: "key" } } },
    { name: "ABSENT", valueFrom: { secretKeyRef: { name: "none", key: "key", optional: true } } },
  ];
  const envFrom = [{ prefix: "C_", configMapRef: { name: "c" } }];
  const resources = { limits: { memory: "256Mi" } };
  await node.pod(namespace, "p", {
    containers: [testContainer("main", ["serve"], { env, envFrom, resources, readinessProbe })],
  });
  const pod = await node.podReady(namespace, "p");
  const seen = await json<Record<string, string>>(podUrl(pod, "/env"));
  expect(seen).toMatchObject({
    JOINED: "v-$(MISSING)-$(PLAIN)",
    NAME: "p",
    POD_IP: pod.status?.podIP,
    LIMIT: "256",
    FROM_MAP: "1",
    FROM_SECRET: "hidden",
    C_a: "1",
    C_b: "2",
    HOSTNAME: "p",
    FROM_IMAGE: "yes",
  });
  expect(seen).not.toHaveProperty("ABSENT");
});

test("volumes show ConfigMaps, Secrets, tokens and fields at their real paths, and follow changes", async () => {
  const namespace = await node.namespace();
  await node.client.create(configMaps, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "c", namespace },
    data: { a: "old" },
  } as KubeObject);
  await node.client.create(secrets, {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "s", namespace },
    stringData: { key: "hidden" },
  } as KubeObject);
  const volumeMounts = [
    { name: "config", mountPath: "/etc/config" },
    { name: "secret", mountPath: "/etc/secret/deep" },
    { name: "config", mountPath: "/one/file", subPath: "a" },
    { name: "info", mountPath: "/info" },
  ];
  await node.pod(namespace, "p", {
    automountServiceAccountToken: true,
    volumes: [
      { name: "config", configMap: { name: "c" } },
      {
        name: "secret",
        secret: { secretName: "s", defaultMode: 0o440, items: [{ key: "key", path: "inner/key" }] },
      },
      { name: "info", downwardAPI: { items: [{ path: "name", fieldRef: { fieldPath: "metadata.name" } }] } },
    ],
    securityContext: { fsGroup: 2000 },
    containers: [testContainer("main", ["serve"], { volumeMounts, readinessProbe })],
  });
  const pod = await node.podReady(namespace, "p");
  const file = (path: string) => json<{ content: string; mode: string }>(podUrl(pod, `/file?path=${path}`));
  expect(await file("/etc/config/a")).toMatchObject({ content: "old" });
  expect(await file("/etc/secret/deep/inner/key")).toEqual({ content: "hidden", mode: "440" });
  expect(await file("/one/file")).toMatchObject({ content: "old" });
  expect(await file("/info/name")).toMatchObject({ content: "p" });
  const account = "/var/run/secrets/kubernetes.io/serviceaccount";
  expect((await file(`${account}/token`)).content.split(".")).toHaveLength(3);
  expect((await file(`${account}/ca.crt`)).content).toContain("BEGIN CERTIFICATE");
  expect((await file(`${account}/namespace`)).content).toBe(namespace);
  await node.client.patch(configMaps, { namespace, name: "c" }, { data: { a: "new" } }, { type: "merge" });
  await until("the change is seen", async () => (await file("/etc/config/a")).content === "new");
});

test("a missing Secret is named; the pod starts when it comes", async () => {
  const namespace = await node.namespace();
  const env = [{ name: "S", valueFrom: { secretKeyRef: { name: "later", key: "key" } } }];
  await node.pod(namespace, "p", { containers: [testContainer("main", ["serve"], { env, readinessProbe })] });
  await node.podIs(namespace, "p", "names the Secret", (pod) => {
    const { waiting } = statusOf(pod)?.state ?? {};
    return waiting?.reason === "CreateContainerConfigError" && waiting.message === 'secret "later" not found';
  });
  await node.client.create(secrets, {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "later", namespace },
    stringData: { key: "x" },
  } as KubeObject);
  await node.podReady(namespace, "p");
});

test("the process is another user, alone in its namespaces, without this machine's files", async () => {
  const namespace = await node.namespace();
  await node.pod(namespace, "p", { containers: [testContainer("main", ["serve"], { readinessProbe })] });
  const pod = await node.podReady(namespace, "p");
  expect(await json(podUrl(pod, "/id"))).toMatchObject({
    pid: 1,
    uid: 1000,
    gid: 1000,
    groups: [1000],
    cwd: "/program",
  });
  for (const hidden of [
    node.controlPlane.kubeconfig,
    node.dataDir,
    import.meta.dirname,
    "/root",
    "/var/log",
    "/.host/etc",
  ]) {
    expect(await json(podUrl(pod, `/file?path=${hidden}`))).toEqual({ error: "ENOENT" });
  }
  const proc = await json<{ content: string[] }>(podUrl(pod, "/file?path=/proc"));
  expect(proc.content.filter((name) => /^\d+$/.test(name))).toEqual(["1"]);
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

test("the API server's proxy reaches a Service's pods, and nothing else of this machine", async () => {
  const namespace = await node.namespace();
  const labels = { app: "web" };
  await node.client.create(services, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace },
    spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
  } as KubeObject);
  const containers = [testContainer("main", ["serve"], { readinessProbe })];
  await node.client.create(pods, {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web", namespace, labels },
    spec: { containers },
  } as KubeObject);
  await node.podReady(namespace, "web");
  await until("the Service answers", async () => {
    const answer = await node.client.raw(`/api/v1/namespaces/${namespace}/services/web:80/proxy/hello`);
    return (await answer.text()) === "hello from web";
  });
});

test("kubectl logs follows, counts, dates and tells the previous start", async () => {
  const namespace = await node.namespace();
  await node.pod(namespace, "p", { containers: [testContainer("main", ["count", "20"])] });
  await node.podIs(namespace, "p", "runs", ({ status }) => status?.phase === "Running");
  const kubectl = join(inject("toolsDir"), "kubectl");
  const base = ["--kubeconfig", node.controlPlane.kubeconfig, "-n", namespace, "logs", "p"];
  const following = spawn(kubectl, [...base, "-f"]);
  let seen = "";
  following.stdout.on("data", (chunk: Buffer) => (seen += chunk.toString()));
  await until("following shows new lines", () => seen.split("\n").length > 20);
  following.kill();
  expect(seen.split("\n").slice(0, 2)).toEqual(["line 0", "line 1"]);
  const { stdout } = await run(kubectl, [...base, "--tail=2", "--timestamps"]);
  expect(stdout).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z line \d+\n\S+ line \d+\n$/);
  const recent = await logsOf(namespace, "p", { sinceSeconds: 1 });
  expect(recent.split("\n").length).toBeLessThan(120);
  await expect(run(kubectl, [...base, "--previous"])).rejects.toThrow("previous terminated container");
});
