import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Container, PodSpec } from "../pods/pod.ts";
import { podUrl, TestNode } from "../testing/test-node.ts";

let node: TestNode;
beforeAll(async () => {
  node = await TestNode.start({ script: "main.ts" });
}, 120_000);
afterAll(() => node.stop(), 60_000);

/** The pod that the Functions controller makes, in short. */
function functionPod(
  major: number,
  source: string,
  dependencies = "",
): Partial<PodSpec> & { containers: Container[] } {
  const image = `kyma.local/function-runtime-nodejs${major}:1`;
  const volumeMounts = [
    { name: "sources", mountPath: "/usr/src/app/function" },
    { name: "tmp", mountPath: "/tmp" },
  ];
  const container: Container = {
    name: "function",
    image,
    env: [
      { name: "FUNC_NAME", value: "f" },
      { name: "FUNC_RUNTIME", value: `nodejs${major}` },
      { name: "FUNC_HANDLER_SOURCE", value: source },
      { name: "FUNC_HANDLER_DEPENDENCIES", value: dependencies },
    ],
    volumeMounts,
    startupProbe: { httpGet: { path: "/healthz", port: 8080 }, periodSeconds: 1, failureThreshold: 30 },
    resources: { limits: { memory: "128Mi" } },
    securityContext: { readOnlyRootFilesystem: true, runAsNonRoot: true },
  };
  const install: Container = {
    name: "dependencies",
    image,
    args: ["install"],
    env: [{ name: "FUNC_HANDLER_DEPENDENCIES", value: dependencies }],
    volumeMounts,
  };
  return {
    securityContext: { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 },
    ...(dependencies ? { initContainers: [install] } : {}),
    containers: [container],
    volumes: [
      { name: "sources", emptyDir: {} },
      { name: "tmp", emptyDir: {} },
    ],
  };
}

test.each([24, 22, 20])(
  "a Function answers on Node.js %i, fetched when it is not here",
  async (major) => {
    const namespace = await node.namespace();
    const source = `module.exports = { main: (event) => "node " + process.versions.node.split(".")[0] };`;
    await node.pod(namespace, "f", functionPod(major, source));
    const pod = await node.podReady(namespace, "f", 180_000);
    expect(await (await fetch(podUrl(pod))).text()).toBe(`node ${major}`);
  },
  200_000,
);

test("a Function reads its own files and /tmp, and nothing of this machine", async () => {
  const namespace = await node.namespace();
  const source = `
    const fs = require("fs");
    const attempt = (run) => { try { return String(run()); } catch (error) { return error.code; } };
    module.exports = { main: () => ({
      tmp: attempt(() => { fs.writeFileSync("/tmp/x", "1"); return fs.readFileSync("/tmp/x"); }),
      passwd: attempt(() => fs.readFileSync("/etc/passwd")),
      data: attempt(() => fs.readdirSync(${JSON.stringify(node.dataDir)})),
      spawn: attempt(() => require("child_process").execFileSync("/bin/true")),
      environ: attempt(() => fs.readFileSync("/proc/1/environ")),
    }) };`;
  await node.pod(namespace, "f", functionPod(24, source));
  const pod = await node.podReady(namespace, "f");
  expect(await (await fetch(podUrl(pod))).json()).toEqual({
    tmp: "1",
    passwd: "ERR_ACCESS_DENIED",
    // It would lie below /tmp, which the Function may read: but that is its own /tmp.
    data: "ENOENT",
    spawn: "ERR_ACCESS_DENIED",
    environ: "ERR_ACCESS_DENIED",
  });
});

test("dependencies are installed before the Function starts, and a wrong one is named in its status", async () => {
  const namespace = await node.namespace();
  const source = `const isOdd = require("is-odd"); module.exports = { main: () => String(isOdd(3)) };`;
  await node.pod(namespace, "good", functionPod(24, source, `{"dependencies":{"is-odd":"3.0.1"}}`));
  await node.pod(
    namespace,
    "bad",
    functionPod(24, source, `{"dependencies":{"@kyma-none/not-there":"1.0.0"}}`),
  );
  const pod = await node.podReady(namespace, "good", 60_000);
  expect(await (await fetch(podUrl(pod))).text()).toBe("true");
  const bad = await node.podIs(
    namespace,
    "bad",
    "names the dependency",
    ({ status }) => {
      const { state, lastState } = status?.initContainerStatuses?.[0] ?? {};
      return (state?.terminated ?? lastState?.terminated)?.message?.includes("@kyma-none/not-there") ?? false;
    },
    60_000,
  );
  expect(bad.status?.phase).toBe("Pending");
}, 150_000);

test("exhausted memory is OOMKilled", async () => {
  const namespace = await node.namespace();
  const source = `const hoard = []; module.exports = { main: () => { for (;;) hoard.push({ n: hoard.length }); } };`;
  await node.pod(namespace, "f", functionPod(24, source));
  const pod = await node.podReady(namespace, "f");
  await fetch(podUrl(pod)).catch(() => undefined);
  const ended = await node.podIs(
    namespace,
    "f",
    "was restarted",
    ({ status }) => (status?.containerStatuses?.[0]?.restartCount ?? 0) > 0,
    40_000,
  );
  expect(ended.status?.containerStatuses?.[0]?.lastState.terminated).toMatchObject({
    reason: "OOMKilled",
    exitCode: 137,
  });
  await text(await node.client.logs({ namespace, name: "f" }, { previous: true }));
}, 90_000);
