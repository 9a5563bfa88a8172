import type { KubeObject } from "@kyma/kube/objects.ts";
import { deployments } from "@kyma/kube/resource-types.ts";
import { readFileSync } from "node:fs";
import * as https from "node:https";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Kubectl, kubectlWith } from "../testing/kubectl.ts";
import { TestNode, until } from "../testing/test-node.ts";
import type { Metrics, MetricsHistory } from "./objects.ts";

let node: TestNode;
let namespace: string;
let kubectl: Kubectl;
beforeAll(async () => {
  node = await TestNode.start();
  namespace = await node.namespace();
  const base = ["--kubeconfig", node.controlPlane.kubeconfig, "-n", namespace];
  kubectl = kubectlWith(join(inject("toolsDir"), "kubectl"), base);
  await node.installMetrics();
  const labels = { app: "burn" };
  const container = {
    name: "main",
    image: "kyma.local/test:1",
    command: [
      "node",
      "-e",
      "for (;;) { const end = Date.now() + 30; while (Date.now() < end); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 70); }",
    ],
    resources: { requests: { cpu: "10m" } },
  };
  await node.client.create(deployments, {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "burn", namespace },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { automountServiceAccountToken: false, containers: [container] },
      },
    },
  } as KubeObject);
}, 120_000);
afterAll(() => node.stop(), 60_000);

async function read<T>(path: string): Promise<T> {
  const answer = await node.client.raw(path);
  if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}: ${await answer.text()}`);
  return answer.json<T>();
}

test("the aggregated APIs are available and discovered", async () => {
  for (const name of ["v1beta1.metrics.k8s.io", "v1.history.metrics.kyma-project.io"]) {
    await until(`${name} is available`, async () => {
      const { status } = await read<{ status?: { conditions?: { type: string; status: string }[] } }>(
        `/apis/apiregistration.k8s.io/v1/apiservices/${name}`,
      );
      return status?.conditions?.some((one) => one.type === "Available" && one.status === "True") ?? false;
    });
  }
  let listed = { stdout: "", stderr: "" };
  await until("kubectl discovers them", async () => {
    listed = await kubectl(["api-resources", "--api-group=metrics.k8s.io", "--cached=false"]).result;
    return listed.stdout.includes("PodMetrics");
  });
  expect(listed.stderr).toBe("");
}, 60_000);

test("kubectl top and history tell what a pod uses", async () => {
  const podsPath = `/apis/metrics.k8s.io/v1beta1/namespaces/${namespace}/pods`;
  await until(
    "the pod is measured",
    async () => (await read<{ items: Metrics[] }>(`${podsPath}?labelSelector=app%3Dburn`)).items.length === 1,
    45_000,
  );
  const { stdout } = await kubectl(["top", "pods"]).result;
  const [, cpu, memory] = /burn-\S+\s+(\d+)m\s+(\d+)Mi/.exec(stdout) ?? [];
  expect(Number(cpu)).toBeGreaterThan(10);
  expect(Number(cpu)).toBeLessThan(600);
  expect(Number(memory)).toBeGreaterThan(5);
  expect((await kubectl(["top", "nodes"]).result).stdout).toMatch(/local\s+\d+m\s+\d+%\s+\d+Mi/);
  expect((await read<{ items: Metrics[] }>(`${podsPath}?labelSelector=app%3Dother`)).items).toEqual([]);
  expect((await kubectl(["get", "pods.metrics.k8s.io"]).result).stdout).toMatch(/NAME\s+CPU\s+MEMORY/);

  const history = await read<{ kind: string; items: MetricsHistory[] }>(
    `/apis/history.metrics.kyma-project.io/v1/namespaces/${namespace}/pods`,
  );
  expect(history.kind).toBe("PodMetricsHistoryList");
  expect(history.items[0]?.samples[0]?.containers?.[0]).toMatchObject({
    name: "main",
    usage: {
      cpu: expect.stringMatching(/^\d+n$/) as string,
      memory: expect.stringMatching(/^\d+Ki$/) as string,
    },
  });
}, 60_000);

test("an autoscaler adds pods under load", async () => {
  const made = await kubectl(["autoscale", "deployment", "burn", "--cpu=50%", "--min=1", "--max=3"]).result;
  expect(made).toMatchObject({ code: 0 });
  await until(
    "there is more than one pod",
    async () => {
      const { stdout } = await kubectl(["get", "deployment", "burn", "-o", "jsonpath={.spec.replicas}"])
        .result;
      return Number(stdout) > 1;
    },
    150_000,
  );
}, 160_000);

test("who may view may read metrics, nobody else may, and none but the API server reaches the agent", async () => {
  const as = (user: string): string[] => [
    "--as",
    user,
    "get",
    "--raw",
    `/apis/metrics.k8s.io/v1beta1/namespaces/${namespace}/pods`,
  ];
  const refused = await kubectl(as("nobody")).result;
  expect(refused.stderr).toContain("Forbidden");
  await kubectl(["create", "rolebinding", "v", "--clusterrole=view", "--user=viewer"]).result;
  await until("the viewer may", async () => (await kubectl(as("viewer")).result).code === 0);

  const pki = (file: string): Buffer => readFileSync(join(node.controlPlane.dataDir, "pki", file));
  const ask = (identity: object): Promise<number> =>
    new Promise((resolve, reject) => {
      const options = {
        host: "127.244.0.1",
        port: node.kubeletPort,
        path: "/apis",
        rejectUnauthorized: false,
        agent: false,
      };
      https
        .get({ ...options, ...identity }, (answer) => resolve(answer.resume().statusCode ?? 0))
        .once("error", reject);
    });
  const pair = (name: string): object => ({ cert: pki(`${name}.crt`), key: pki(`${name}.key`) });
  expect(await ask(pair("front-proxy-client"))).toBe(200);
  await expect(ask({})).rejects.toThrow(/alert|certificate|reset|hang up/i);
  await expect(ask(pair("admin"))).rejects.toThrow(/alert|certificate|reset|hang up/i);
});
