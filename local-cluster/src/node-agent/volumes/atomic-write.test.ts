import { mkdtemp, readdir, readFile, readlink, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeAtomically } from "./atomic-write.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "kyma-volume-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const files = (content: Record<string, string>, mode = 0o644) =>
  new Map(Object.entries(content).map(([path, text]) => [path, { content: Buffer.from(text), mode }]));

test("files appear through one link, with their modes", async () => {
  await writeAtomically(directory, files({ a: "1", "deep/b": "2" }, 0o400));
  expect(await readFile(join(directory, "a"), "utf8")).toBe("1");
  expect(await readFile(join(directory, "deep/b"), "utf8")).toBe("2");
  expect((await stat(join(directory, "a"))).mode & 0o777).toBe(0o400);
  expect(await readlink(join(directory, "a"))).toBe("..data/a");
});

test("an update swaps everything: new, changed and removed files; the old version is gone", async () => {
  await writeAtomically(directory, files({ a: "1", gone: "x" }));
  await writeAtomically(directory, files({ a: "2", added: "y" }));
  expect((await readdir(directory)).filter((name) => !name.startsWith("..")).sort()).toEqual(["a", "added"]);
  expect(await readFile(join(directory, "a"), "utf8")).toBe("2");
  expect((await readdir(directory)).filter((name) => name.startsWith(".."))).toHaveLength(2);
});

test("a volume without files is an empty directory", async () => {
  await writeAtomically(directory, files({}));
  expect((await readdir(directory)).filter((name) => !name.startsWith(".."))).toEqual([]);
});
