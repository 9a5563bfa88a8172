import { spawn as spawnTerminal } from "@lydell/node-pty";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Kubectl, kubectlWith } from "../testing/kubectl.ts";
import { testContainer, TestNode, until } from "../testing/test-node.ts";

let node: TestNode;
let namespace: string;
let kubectl: Kubectl;
let base: string[];
const program = join(inject("toolsDir"), "kubectl");
beforeAll(async () => {
  node = await TestNode.start();
  namespace = await node.namespace();
  base = ["--kubeconfig", node.controlPlane.kubeconfig, "-n", namespace];
  kubectl = kubectlWith(program, base);
  await node.pod(namespace, "web", { containers: [testContainer("main", ["serve"])] });
  await node.podIs(namespace, "web", "runs", ({ status }) => status?.phase === "Running");
}, 120_000);
afterAll(() => node.stop(), 60_000);

test("kubectl debug opens a shell that sees its target's processes and files", async () => {
  const args = ["debug", "-it", "web", "--image=kyma.local/debug:latest", "--target=main", "-c", "debugger"];
  const terminal = spawnTerminal(program, [...base, ...args], { cols: 100, rows: 30 });
  let seen = "";
  terminal.onData((data) => (seen += data));
  const ended = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
  await until("there is a prompt", () => {
    terminal.write("\r");
    return /\$ /.test(seen);
  });
  terminal.write("tr '\\0' ' ' < /proc/1/cmdline; ls /proc/1/root/program; echo done-$((40+2))\r");
  await until("the target is seen", () => seen.includes("done-42"));
  expect(seen).toContain("/program/program.mjs serve");
  expect(seen).toContain("program.mjs");
  terminal.resize(111, 33);
  await until("the terminal follows", () => {
    if (!seen.includes("33 111")) terminal.write("stty size\r");
    return seen.includes("33 111");
  });
  terminal.write("exit 3\r");
  await ended;
  const pod = await node.podIs(
    namespace,
    "web",
    "tells how the shell ended",
    ({ status }) => status?.ephemeralContainerStatuses?.[0]?.state.terminated !== undefined,
  );
  expect(pod.status?.ephemeralContainerStatuses?.[0]).toMatchObject({
    name: "debugger",
    image: "kyma.local/debug:latest",
    restartCount: 0,
    state: { terminated: { exitCode: 3 } },
  });
  expect(pod.status).toMatchObject({
    phase: "Running",
    containerStatuses: [{ ready: true, restartCount: 0 }],
  });
});

test("who has no right to exec is refused by the API server", async () => {
  await kubectl(["create", "rolebinding", "v", "--clusterrole=view", "--user=viewer"]).result;
  for (const env of [{}, { KUBECTL_REMOTE_COMMAND_WEBSOCKETS: "false" }]) {
    const { stderr, code } = await kubectl(["--as=viewer", "exec", "web", "--", "id"], env).result;
    expect(stderr).toMatch(/viewer" cannot (create|get) resource "pods\/exec"/);
    expect(code).toBe(1);
  }
});
