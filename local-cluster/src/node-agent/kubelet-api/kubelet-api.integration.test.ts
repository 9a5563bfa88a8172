import type { KubeObject } from "@kyma/kube/objects.ts";
import { pods, services } from "@kyma/kube/resource-types.ts";
import { execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import * as http from "node:http";
import * as https from "node:https";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { layoutOf } from "../../control-plane/layout.ts";
import { readinessProbe, testContainer, TestNode, until } from "../testing/test-node.ts";

const run = promisify(execFile);
let node: TestNode;
beforeAll(async () => {
  node = await TestNode.start();
}, 120_000);
afterAll(() => node.stop(), 60_000);

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
  // What the API server could be talked into dialling (a Service's or webhook's address) ends here.
  const statuses = await Promise.all(
    ["127.0.0.1:22", "192.168.1.1:80", "10.96.0.1:443"].map(connectThroughEgress),
  );
  expect(statuses).toEqual([403, 403, 403]);
});

function connectThroughEgress(path: string): Promise<number> {
  const { egressSocket } = layoutOf(node.controlPlane.dataDir);
  return new Promise((resolve, reject) => {
    const request = http.request({ socketPath: egressSocket, method: "CONNECT", path });
    request.once("connect", (answer, socket) => {
      socket.destroy();
      resolve(answer.statusCode ?? 0);
    });
    request.once("error", reject).end();
  });
}

function askKubelet(path: string, pair: string | undefined): Promise<number> {
  const pki = (file: string): Buffer => readFileSync(join(node.controlPlane.dataDir, "pki", file));
  const identity = pair ? { cert: pki(`${pair}.crt`), key: pki(`${pair}.key`) } : {};
  return new Promise((resolve, reject) => {
    const options = {
      host: "127.0.0.1",
      port: node.kubeletPort,
      path,
      ca: pki("ca.crt"),
      agent: false,
      ...identity,
    };
    https.get(options, (answer) => resolve(answer.resume().statusCode ?? 0)).once("error", reject);
  });
}

test("the kubelet API is closed to all but the API server's certificate", async () => {
  expect(await askKubelet("/healthz", "apiserver-kubelet-client")).toBe(200);
  for (const path of ["/pods", "/stats/summary", "/metrics/resource"])
    expect(await askKubelet(path, "apiserver-kubelet-client")).toBe(200);
  expect(await askKubelet("/exec/a/b/c", "apiserver-kubelet-client")).toBe(400);
  expect(await askKubelet("/containerLogs/none/none/none", "apiserver-kubelet-client")).toBe(404);
  await expect(askKubelet("/pods", undefined)).rejects.toThrow(/alert|certificate|reset|hang up/i);
  // A client of the API server is none of the kubelet.
  await expect(askKubelet("/pods", "node")).rejects.toThrow(/alert|certificate|reset|hang up/i);
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
  const recent = await text(await node.client.logs({ namespace, name: "p" }, { sinceSeconds: 1 }));
  expect(recent.split("\n").length).toBeLessThan(120);
  await expect(run(kubectl, [...base, "--previous"])).rejects.toThrow("previous terminated container");
});
