import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { podUrl, testContainer, TestNode } from "../testing/test-node.ts";

let node: TestNode;
beforeAll(async () => {
  node = await TestNode.start();
}, 120_000);
afterAll(() => node.stop(), 60_000);

test("a pod is scheduled, runs, becomes ready, answers, logs and ends", async () => {
  const namespace = await node.namespace();
  const readinessProbe = { httpGet: { path: "/health", port: 8080 } };
  const began = Date.now();
  await node.pod(namespace, "web", { containers: [testContainer("main", ["serve"], { readinessProbe })] });
  const pod = await node.podReady(namespace, "web");
  console.log("ready after", Date.now() - began);
  expect(pod.status?.podIP).toMatch(/^10\.244\./);
  expect(await (await fetch(podUrl(pod))).text()).toBe("hello from web");
  const log = await node.client.logs({ namespace, name: "web" }, {});
  expect(await text(log)).toBe("listening\n");
});
