import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ContainerLog, logPath, readIndex } from "./container-log.ts";
import { type LogQuery, readLog } from "./read-log.ts";

let directory: string;
let log: ContainerLog;
const never = new AbortController().signal;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "kyma-log-"));
  writeFileSync(logPath(directory), "");
  log = new ContainerLog(directory);
  await log.open();
});

afterEach(async () => {
  await log.close();
  rmSync(directory, { recursive: true, force: true });
});

async function read(query: Partial<LogQuery>): Promise<string> {
  const chunks = await Array.fromAsync(readLog(log, { follow: false, timestamps: false, ...query }, never));
  return Buffer.concat(chunks).toString();
}

function write(text: string): void {
  appendFileSync(logPath(directory), text);
}

/** Writes and waits until the agent has noted it, so that later writes get a later time. */
async function writeNoted(text: string): Promise<number> {
  const noted = new Promise<void>((resolve) => {
    const stop = log.onGrowth(() => {
      stop();
      resolve();
    });
  });
  write(text);
  await noted;
  return Date.now();
}

test("tailLines counts an unfinished last line and takes all when there are fewer", async () => {
  write("one\ntwo\nthree");
  expect(await read({ tailLines: 1 })).toBe("three");
  expect(await read({ tailLines: 2 })).toBe("two\nthree");
  expect(await read({ tailLines: 9 })).toBe("one\ntwo\nthree");
  expect(await read({ tailLines: 0 })).toBe("");
});

test("tailLines finds its lines across chunks and empty lines", async () => {
  const lines = Array.from({ length: 5000 }, (_, index) =>
    index % 7 === 0 ? "" : `${index} ${"x".repeat(index % 90)}`,
  );
  write(`${lines.join("\n")}\n`);
  expect(await read({ tailLines: 3000 })).toBe(`${lines.slice(-3000).join("\n")}\n`);
});

test("a line longer than every buffer comes out whole, with one time", async () => {
  const long = "y".repeat(300_000);
  await writeNoted(`${long}\nshort\n`);
  expect(await read({ tailLines: 2 })).toBe(`${long}\nshort\n`);
  expect(await read({ timestamps: true })).toMatch(/^\S+Z y{300000}\n\S+Z short\n$/);
});

test("limitBytes cuts, also inside a line", async () => {
  write("0123456789\n0123456789\n");
  expect(await read({ limitBytes: 13 })).toBe("0123456789\n01");
});

test("since leaves out what was written before, and never begins inside a line", async () => {
  await writeNoted("early\nhalf a ");
  const since = Date.now() + 1;
  await new Promise((resolve) => setTimeout(resolve, 5));
  await writeNoted("line\nlate\n");
  expect(await read({ since })).toBe("late\n");
});

test("each line carries the time of its writing", async () => {
  const before = Date.now();
  await writeNoted("a\n");
  await writeNoted("b\n");
  const lines = (await read({ timestamps: true })).trimEnd().split("\n");
  const times = lines.map((line) => Date.parse(line.split(" ")[0] ?? ""));
  expect(lines.map((line) => line.split(" ")[1])).toEqual(["a", "b"]);
  expect(times[0]).toBeGreaterThanOrEqual(before);
  expect(times[1]).toBeGreaterThanOrEqual(times[0] ?? 0);
});

test("follow gives what comes later and ends with the container", async () => {
  write("first\n");
  const seen: string[] = [];
  const reading = (async () => {
    for await (const chunk of readLog(log, { follow: true, timestamps: false }, never))
      seen.push(chunk.toString());
  })();
  await writeNoted("second\n");
  write("last words");
  await log.close();
  await reading;
  expect(seen.join("")).toBe("first\nsecond\nlast words");
});

test("follow stops when its reader goes away", async () => {
  const gone = new AbortController();
  const reading = Array.fromAsync(readLog(log, { follow: true, timestamps: false }, gone.signal));
  gone.abort();
  expect(await reading).toEqual([]);
});

test("a new agent goes on where the old one stopped and dates what came meanwhile", async () => {
  await writeNoted("before\n");
  await log.close();
  write("meanwhile\n");
  log = new ContainerLog(directory);
  await log.open();
  await writeNoted("after\n");
  expect(await read({})).toBe("before\nmeanwhile\nafter\n");
  await log.close();
  expect((await readIndex(directory)).records).toHaveLength(3);
});

test("above 20 MiB the older half is thrown away at a line end and its disk space is free", async () => {
  const line = `${"z".repeat(1023)}\n`;
  for (let part = 0; part < 21; part++) await writeNoted(line.repeat(1024));
  await log.close();
  const index = await readIndex(directory);
  expect(index.start).toBeGreaterThan(10 * 1024 * 1024);
  expect(index.start % 1024).toBe(0);
  expect(statSync(logPath(directory)).blocks * 512).toBeLessThan(12 * 1024 * 1024);
  expect((await read({})).length).toBe(21 * 1024 * 1024 - index.start);
});

test("who does not follow gets what was there when he asked, however fast it grows", async () => {
  write("one\ntwo\n");
  const reading = readLog(log, { follow: false, timestamps: false, tailLines: 1 }, never);
  const first = await reading.next();
  write("three\n");
  expect([first.value?.toString(), (await reading.next()).done]).toEqual(["two\n", true]);
});
