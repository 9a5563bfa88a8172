import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { spawn as spawnTerminal } from "@lydell/node-pty";
import { type Kubectl, kubectlWays, kubectlWith, processesWith } from "../testing/kubectl.ts";
import { testContainer, TestNode, until } from "../testing/test-node.ts";

let node: TestNode;
let namespace: string;
let kubectl: Kubectl;
beforeAll(async () => {
  node = await TestNode.start();
  namespace = await node.namespace();
  kubectl = kubectlWith(kubectlPath, ["--kubeconfig", node.controlPlane.kubeconfig, "-n", namespace]);
  await node.pod(namespace, "p", { containers: [testContainer("main", ["serve"])] });
  await node.podIs(namespace, "p", "runs", ({ status }) => status?.phase === "Running");
}, 120_000);
afterAll(() => node.stop(), 60_000);

const kubectlPath = join(inject("toolsDir"), "kubectl");

test.each(kubectlWays)(
  "a command runs as the container does, and its code and both outputs come back (%j)",
  async (env) => {
    const script = "id -u; pwd; echo $FROM_IMAGE; echo bad >&2; exit 7";
    const { stdout, stderr, code } = await kubectl(["exec", "p", "--", "sh", "-c", script], env).result;
    expect({ stdout, code }).toEqual({ stdout: "1000\n/program\nyes\n", code: 7 });
    expect(stderr).toContain("bad\n");
    expect((await kubectl(["exec", "p", "--", "true"], env).result).code).toBe(0);
  },
);

test.each(kubectlWays)("ten megabytes go in and come out unchanged (%j)", async (env) => {
  const bytes = randomBytes(10 * 1024 * 1024);
  const hash = createHash("sha256").update(bytes).digest("hex");
  const counted = kubectl(["exec", "-i", "p", "--", "sha256sum"], env);
  counted.stdin.end(bytes);
  expect((await counted.result).stdout).toBe(`${hash}  -\n`);
  const echoed = kubectl(["exec", "-i", "p", "--", "cat"], env);
  const out = createHash("sha256");
  echoed.stdout.on("data", (chunk: Buffer) => out.update(chunk));
  echoed.stdin.end(bytes);
  await echoed.result;
  expect(out.digest("hex")).toBe(hash);
});

test("a program that is not there is told as a runtime tells it", async () => {
  const { stderr, code } = await kubectl(["exec", "p", "--", "no-such"]).result;
  expect(stderr).toContain('exec: "no-such": executable file not found in $PATH');
  expect(code).toBe(127);
  const { stderr: other, code: otherCode } = await kubectl(["exec", "p", "--", "/program/program.mjs"])
    .result;
  expect(other).toContain("permission denied");
  expect(otherCode).toBe(126);
});

test("a terminal has the size of the client's, also after it changed", async () => {
  const base = ["--kubeconfig", node.controlPlane.kubeconfig, "-n", namespace];
  const terminal = spawnTerminal(kubectlPath, [...base, "exec", "-it", "p", "--", "sh"], {
    cols: 91,
    rows: 33,
  });
  let seen = "";
  terminal.onData((data) => (seen += data));
  const ended = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
  await until("there is a prompt", () => seen.includes("$ "));
  terminal.write("stty size; test -t 0 && echo on-a-$TERM\r");
  await until("the size is told", () => seen.includes("33 91") && seen.includes("on-a-xterm"));
  terminal.resize(120, 40);
  await until("the new size is told", () => {
    if (!seen.includes("40 120")) terminal.write("stty size\r");
    return seen.includes("40 120");
  });
  terminal.write("sleep 1000\r");
  await until("it sleeps", () => processesWith("sleep 1000").length > 0);
  terminal.write("\u0003");
  await until("Ctrl-C ends it", () => processesWith("sleep 1000").length === 0);
  terminal.write("exit 5\r");
  expect(await ended, seen).toBe(5);
});

test.each(kubectlWays)("what was started ends when its client goes (%j)", async (env) => {
  const sleep = `sleep ${7777 + Object.keys(env).length}`;
  const left = kubectl(["exec", "p", "--", "sh", "-c", `trap '' HUP; ${sleep}`], env);
  await until("it runs", () => processesWith(sleep).length > 0);
  left.kill("SIGKILL");
  await until("it has ended", () => processesWith(sleep).length === 0);
  expect(processesWith(sleep)).toEqual([]);
});

test("what was started ends with its container", async () => {
  await node.pod(namespace, "short", { containers: [testContainer("main", ["serve"])] });
  await node.podIs(namespace, "short", "runs", ({ status }) => status?.phase === "Running");
  const running = kubectl(["exec", "short", "--", "sleep", "8888"]);
  await until("it runs", () => processesWith("sleep 8888").length > 0);
  await kubectl(["delete", "pod", "short"]).result;
  expect((await running.result).code).not.toBe(0);
  expect(processesWith("sleep 8888")).toEqual([]);
});
