import { configMaps, secrets } from "@kyma/kube/resource-types.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { podUrl, readinessProbe, testContainer, TestNode, until } from "../testing/test-node.ts";

let node: TestNode;
beforeAll(async () => {
  node = await TestNode.start();
}, 120_000);
afterAll(() => node.stop(), 60_000);

const json = async <T>(url: string): Promise<T> => (await fetch(url)).json() as Promise<T>;

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
    const { waiting } = pod.status?.containerStatuses?.[0]?.state ?? {};
    return waiting?.reason === "CreateContainerConfigError" && waiting.message === 'secret "later" not found';
  });
  await node.client.create(secrets, {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "later", namespace },
    stringData: { key: "x" },
  } as KubeObject);
  expect(await json(podUrl(await node.podReady(namespace, "p"), "/env"))).toMatchObject({ S: "x" });
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
