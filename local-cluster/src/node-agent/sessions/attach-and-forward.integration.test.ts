import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Kubectl, type KubectlProcess, kubectlWays, kubectlWith } from "../testing/kubectl.ts";
import { testContainer, TestNode, until } from "../testing/test-node.ts";

let node: TestNode;
let namespace: string;
let kubectl: Kubectl;
const scratch = mkdtempSync(join(tmpdir(), "kyma-sessions-"));
beforeAll(async () => {
  node = await TestNode.start();
  namespace = await node.namespace();
  kubectl = kubectlWith(join(inject("toolsDir"), "kubectl"), [
    "--kubeconfig",
    node.controlPlane.kubeconfig,
    "-n",
    namespace,
  ]);
  await node.pod(namespace, "web", { containers: [testContainer("main", ["serve"])] });
  await node.podIs(namespace, "web", "runs", ({ status }) => status?.phase === "Running");
}, 120_000);
afterAll(async () => {
  rmSync(scratch, { recursive: true });
  await node.stop();
}, 60_000);

/** A process's output as it grows. */
function listen(child: KubectlProcess): () => string {
  let seen = "";
  child.stdout.on("data", (chunk: Buffer) => (seen += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (seen += chunk.toString()));
  return () => seen;
}

test("attach tells what a container writes from now on", async () => {
  await node.pod(namespace, "counter", { containers: [testContainer("main", ["count", "100"])] });
  await node.podIs(namespace, "counter", "runs", ({ status }) => status?.phase === "Running");
  await until("it has written", async () =>
    (await kubectl(["logs", "counter"]).result).stdout.includes("line 2"),
  );
  const attached = kubectl(["attach", "counter"]);
  const seen = listen(attached);
  await until("lines come", () => /line \d+\nline \d+\n/.test(seen()));
  expect(seen()).not.toContain("line 0\n");
  attached.kill();
});

test("a container's own input is the client's, and ends with it", async () => {
  const container = { ...testContainer("main", []), command: ["cat"], stdin: true, stdinOnce: true };
  await node.pod(namespace, "cat", { restartPolicy: "Never", containers: [container] });
  await node.podIs(namespace, "cat", "runs", ({ status }) => status?.phase === "Running");
  const attached = kubectl(["attach", "-i", "cat"]);
  attached.stdin.end("to the container\n");
  expect((await attached.result).stdout).toContain("to the container\n");
  await node.podIs(namespace, "cat", "is over", ({ status }) => status?.phase === "Succeeded");
});

test("input that is not one client's alone stays open when a client goes", async () => {
  const container = { ...testContainer("main", []), command: ["cat"], stdin: true };
  await node.pod(namespace, "shared", { containers: [container] });
  await node.podIs(namespace, "shared", "runs", ({ status }) => status?.phase === "Running");
  for (const word of ["first", "second"]) {
    const attached = kubectl(["attach", "-i", "shared"]);
    const seen = listen(attached);
    attached.stdin.write(`${word}\n`);
    await until(`${word} comes back`, () => seen().includes(word));
    attached.kill();
    await attached.result;
  }
  const { stdout } = await kubectl(["logs", "shared"]).result;
  expect(stdout).toBe("first\nsecond\n");
});

async function forward(pod: string, ports: string[], env: Record<string, string>) {
  const child = kubectl(["port-forward", `pod/${pod}`, ...ports], env);
  const seen = listen(child);
  await until("ports are forwarded", () => seen().split("Forwarding from 127.0.0.1").length > ports.length);
  const local = [...seen().matchAll(/127\.0\.0\.1:(\d+) ->/g)].map((match) => Number(match[1]));
  return { child, seen, local };
}

test.each(kubectlWays)("port-forward carries connections in parallel (%j)", async (env) => {
  const { child, seen, local } = await forward("web", [":8080", ":9999"], env);
  const answers = await Promise.all(
    Array.from({ length: 40 }, async () => (await fetch(`http://127.0.0.1:${local[0]}/`)).text()),
  );
  expect(new Set(answers)).toEqual(new Set(["hello from web"]));
  await expect(fetch(`http://127.0.0.1:${local[1]}/`)).rejects.toThrow("fetch failed");
  await until("the closed port is told of", () => seen().includes("connection refused"));
  child.kill();
});

test("port-forward carries fifty megabytes unchanged", async () => {
  const script = `require("http").createServer((q, s) => {
    const hash = require("crypto").createHash("sha256");
    q.on("data", (part) => hash.update(part)).on("end", () => s.end(hash.digest("hex")));
  }).listen(8080, process.env.LISTEN_ADDRESS)`;
  const container = { ...testContainer("main", []), command: ["node", "-e", script] };
  await node.pod(namespace, "hash", { containers: [container] });
  await node.podIs(namespace, "hash", "runs", ({ status }) => status?.phase === "Running");
  const { child, local } = await forward("hash", [":8080"], {});
  const body = randomBytes(50 * 1024 * 1024);
  const answer = await fetch(`http://127.0.0.1:${local[0]}/`, { method: "POST", body });
  expect(await answer.text()).toBe(createHash("sha256").update(body).digest("hex"));
  child.kill();
}, 60_000);

test("cp takes files in and out", async () => {
  const file = join(scratch, "in.bin");
  writeFileSync(file, randomBytes(3 * 1024 * 1024));
  const there = await kubectl(["cp", file, "web:/tmp/copied.bin"]).result;
  expect(there).toMatchObject({ code: 0 });
  const back = await kubectl(["cp", "web:/tmp/copied.bin", join(scratch, "out.bin")]).result;
  expect(back).toMatchObject({ code: 0 });
  expect(readFileSync(join(scratch, "out.bin")).equals(readFileSync(file))).toBe(true);
});
