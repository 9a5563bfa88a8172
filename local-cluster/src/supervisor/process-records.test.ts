import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { endLeftovers, isRunning, recordOf, writeRecords } from "./process-records.ts";

async function recordsFile(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "kyma-records-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  return join(dir, "processes.json");
}

function sleeper(): number {
  const child = spawn("sleep", ["60"], { stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child.pid!;
}

test("a recorded process that still runs is ended", async () => {
  const file = await recordsFile();
  const record = recordOf("sleeper", sleeper())!;
  await writeRecords(file, [record]);
  expect(await endLeftovers(file)).toEqual(["sleeper"]);
  expect(isRunning(record)).toBe(false);
});

test("a process that has got the pid of a recorded one is left alone", async () => {
  const file = await recordsFile();
  const record = recordOf("sleeper", sleeper())!;
  await writeRecords(file, [{ ...record, startTime: String(Number(record.startTime) - 1) }]);
  expect(await endLeftovers(file)).toEqual([]);
  expect(isRunning(record)).toBe(true);
});

test.each(["", "not json", '[{"name":"x","pid":-1,"startTime":"1"},{"name":"y","pid":1,"startTime":"1"}]'])(
  "a damaged file ends nothing: %j",
  async (text) => {
    const file = await recordsFile();
    await writeFile(file, text);
    expect(await endLeftovers(file)).toEqual([]);
  },
);
