import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { lock, tryLock } from "./lock.ts";

async function tempDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "kyma-lock-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  return dir;
}

test("a second taker gets nothing until the first lets go", async () => {
  const dir = await tempDir();
  const first = await tryLock(dir);
  expect(await tryLock(dir)).toBeUndefined();
  const waited = vi.fn();
  const second = lock(dir, waited);
  await vi.waitFor(() => expect(waited).toHaveBeenCalledTimes(1));
  first?.release();
  (await second).release();
  expect(await tryLock(dir)).toBeDefined();
});

test("a waiter can give up", async () => {
  const dir = await tempDir();
  await tryLock(dir);
  const giveUp = new AbortController();
  const waiting = lock(dir, () => undefined, giveUp.signal);
  giveUp.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
});

test("the lock of a killed process is free at once", async () => {
  const dir = await tempDir();
  const module = join(import.meta.dirname, "lock.ts");
  const script = `import(${JSON.stringify(module)}).then(async ({ tryLock }) => { await tryLock(${JSON.stringify(dir)}); console.log("held"); setInterval(() => {}, 1e6); })`;
  const holder = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "-e", script]);
  await new Promise((resolve) => holder.stdout.once("data", resolve));
  expect(await tryLock(dir)).toBeUndefined();
  holder.kill("SIGKILL");
  (await lock(dir, () => undefined)).release();
});
