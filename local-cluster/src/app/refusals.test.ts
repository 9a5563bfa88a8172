import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Launcher } from "../testing/embedded.ts";

async function tempDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "kyma-refusal-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Runs a start that has to fail, and returns what it printed. */
async function refusal(...args: string[]): Promise<string> {
  const launcher = new Launcher(args);
  expect(await launcher.exited).toEqual({ code: 1, signal: null });
  return launcher.output.trim();
}

test("a wrong option is named in one line", async () => {
  expect(await refusal("--console-prot", "1")).toMatch(/^Unknown option '--console-prot'.*--help\.$/);
});

test("a data directory that cannot be written is named in one line", async () => {
  const file = join(await tempDir(), "file");
  await writeFile(file, "");
  const text = await refusal("--data-dir", join(file, "below"));
  expect(text).toMatch(
    /^The data directory .*\/file\/below cannot be written \(ENOTDIR\)\. Choose another .*$/,
  );
});

test("a port in use is named in one line, and nothing is left of the start", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const dataDir = await tempDir();
  const text = await refusal("--data-dir", dataDir, "--gateway-port", String(port));
  expect(text).toMatch(new RegExp(`^Port ${port} of 127\\.0\\.0\\.1 is in use\\..*--gateway-port\\.$`));
  expect(await readdir(join(dataDir, "run"))).toEqual([]);
});

test("a kubeconfig that is missing is named in one line", async () => {
  const file = join(await tempDir(), "none.yaml");
  expect(await refusal("--kubeconfig", file)).toMatch(/^cannot read kubeconfig .*none\.yaml: ENOENT$/);
});

test("the chosen cluster is named before it is asked, and said to be out of reach", async () => {
  const dir = await tempDir();
  const file = join(dir, "kubeconfig");
  const clusters = [{ name: "far", cluster: { server: "https://127.0.0.1:1" } }];
  const contexts = [{ name: "away", context: { cluster: "far", user: "me" } }];
  const users = [{ name: "me", user: {} }];
  await writeFile(file, JSON.stringify({ "current-context": "away", clusters, contexts, users }));
  const [first, second, ...rest] = (await refusal("--kubeconfig", file, "--data-dir", dir)).split("\n");
  expect(first).toContain(
    "Using context away: cluster far at https://127.0.0.1:1. Nothing is installed there",
  );
  expect(second).toMatch(/^The cluster at https:\/\/127\.0\.0\.1:1 cannot be used: /);
  expect(rest).toEqual([]);
});

test("help explains every option", async () => {
  const launcher = new Launcher(["--help"]);
  expect((await launcher.exited).code).toBe(0);
  for (const option of [
    "data-dir",
    "console-port",
    "gateway-port",
    "reset",
    "kubeconfig",
    "context",
    "install",
  ]) {
    expect(launcher.output).toContain(`--${option}`);
  }
});
