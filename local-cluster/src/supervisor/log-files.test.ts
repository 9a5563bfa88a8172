import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { boundLogs, lastWords, tellingLine } from "./log-files.ts";

async function tempDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "kyma-logs-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  return dir;
}

test("a log over the limit becomes the older part and begins anew; others stay", async () => {
  const dir = await tempDir();
  await writeFile(join(dir, "big.log"), "x".repeat(200));
  await writeFile(join(dir, "small.log"), "kept");
  await boundLogs(dir, 100);
  expect((await stat(join(dir, "big.log"))).size).toBe(0);
  expect((await readFile(join(dir, "big.log.1"), "utf8")).length).toBe(200);
  expect(await readFile(join(dir, "small.log"), "utf8")).toBe("kept");
});

test("the line that names the error is preferred to a stack and to Node's farewell", () => {
  const crash =
    "starting\nTypeError: x is not a function\n    at main (file:///a.ts:1:1)\n\nNode.js v24.0.0\n";
  expect(tellingLine(crash)).toBe("TypeError: x is not a function");
  expect(tellingLine("one\ntwo\n\n")).toBe("two");
  expect(tellingLine("")).toBe("");
});

test("a missing log has no last words and a long line is cut", async () => {
  const dir = await tempDir();
  expect(await lastWords(join(dir, "none.log"))).toBe("");
  await writeFile(join(dir, "long.log"), `first\n${"y".repeat(20_000)}\n`);
  expect((await lastWords(join(dir, "long.log"))).length).toBe(500);
});
