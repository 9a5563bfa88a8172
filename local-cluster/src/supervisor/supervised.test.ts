import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Probe } from "./probe.ts";
import { type Component, Supervised } from "./supervised.ts";

const alwaysReady: Probe = () => Promise.resolve();
const neverReady: Probe = () => Promise.reject(new Error("the port is closed"));

async function supervise(
  script: string,
  ready: Probe = alwaysReady,
  limits: Pick<Component, "startLimitMs" | "stopGraceMs" | "needsRestart"> = {
    startLimitMs: 10_000,
    stopGraceMs: 2_000,
  },
) {
  const dir = await mkdtemp(join(tmpdir(), "kyma-supervised-"));
  const supervised = new Supervised(
    {
      command: {
        name: "worker",
        file: "/bin/sh",
        arguments: ["-c", script],
        logFile: join(dir, "worker.log"),
        signalOnParentDeath: "KILL",
      },
      ready,
      ...limits,
    },
    () => undefined,
  );
  onTestFinished(async () => {
    await supervised.stop();
    await rm(dir, { recursive: true });
  });
  return { supervised, log: () => readFile(join(dir, "worker.log"), "utf8") };
}

test("a process that is killed is started again and counted", async () => {
  const { supervised } = await supervise("sleep 60");
  await supervised.start();
  const first = supervised.pid!;
  process.kill(first, "SIGKILL");
  await vi.waitFor(() => expect(supervised.state).toMatchObject({ state: "RESTARTING", restarts: 1 }));
  expect(supervised.state.message).toContain("worker was ended by SIGKILL");
  await vi.waitFor(() => expect(supervised.state).toMatchObject({ state: "READY", message: "" }), 5_000);
  expect(supervised.pid).not.toBe(first);
});

test("a process that always ends at once is given up with the reason from its log", async () => {
  const { supervised } = await supervise("echo 'Error: the disk is full'; exit 3", neverReady);
  await expect(supervised.start()).rejects.toThrow(/worker ended with code 3.*Error: the disk is full/);
  expect(supervised.state.state).toBe("FAILED");
});

test("a process that runs but never becomes ready is given up with what it answers", async () => {
  const { supervised } = await supervise("sleep 60", neverReady, { startLimitMs: 300, stopGraceMs: 100 });
  await expect(supervised.start()).rejects.toThrow(/worker is not ready after 0.3 s/);
});

test("a process that only a new start can mend is started anew", async () => {
  const mended = { done: false };
  const complains: Probe = () => (mended.done ? Promise.resolve() : Promise.reject(new Error("stuck")));
  const { supervised } = await supervise("sleep 60", complains, {
    startLimitMs: 10_000,
    stopGraceMs: 2_000,
    needsRestart: (complaint) => {
      mended.done = (complaint as Error).message === "stuck";
      return Promise.resolve(mended.done);
    },
  });
  await supervised.start();
  expect(supervised.state).toMatchObject({ state: "READY", restarts: 1 });
});

test("stop asks first, and kills a process that does not listen", async () => {
  const { supervised, log } = await supervise(
    "trap 'echo asked' TERM; echo up; while :; do sleep 0.05; done",
    alwaysReady,
    { startLimitMs: 10_000, stopGraceMs: 400 },
  );
  await supervised.start();
  await vi.waitFor(async () => expect(await log()).toContain("up"));
  await supervised.stop();
  expect(await log()).toContain("asked");
  expect(supervised.state.state).toBe("STOPPED");
  expect(supervised.pid).toBeUndefined();
});
