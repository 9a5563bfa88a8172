import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { downloadTool } from "./download.ts";
import type { Release } from "./releases.ts";

const program = Buffer.from("#!/bin/sh\necho hello\n");
const sha256 = (data: Buffer): string => createHash("sha256").update(data).digest("hex");

async function tempDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "kyma-download-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  return dir;
}

async function serve(listener: RequestListener): Promise<Release> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `${base}/file`, checksumUrl: `${base}/sum`, checksum: (text) => text.trim() || undefined };
}

const download = (release: Release, dir: string, signal?: AbortSignal) =>
  downloadTool("kubectl", release, dir, () => undefined, signal);

test("a program with the right checksum becomes executable", async () => {
  const dir = await tempDir();
  const release = await serve((request, response) =>
    response.end(request.url === "/sum" ? sha256(program) : program),
  );
  await download(release, dir);
  expect(await readFile(join(dir, "kubectl"))).toEqual(program);
  expect((await stat(join(dir, "kubectl"))).mode & 0o111).toBe(0o111);
});

test("a program is taken out of an archive", async () => {
  const dir = await tempDir();
  await mkdir(join(dir, "pack/v1"), { recursive: true });
  await writeFile(join(dir, "pack/v1/kubectl"), program);
  const archive = execFileSync("tar", ["-cz", "-C", join(dir, "pack"), "v1/kubectl"]);
  const release = await serve((request, response) =>
    response.end(request.url === "/sum" ? sha256(archive) : archive),
  );
  await download({ ...release, member: "v1/kubectl" }, dir);
  expect(await readFile(join(dir, "kubectl"))).toEqual(program);
});

test("a wrong checksum is refused and leaves nothing", async () => {
  const dir = await tempDir();
  const release = await serve((request, response) =>
    response.end(request.url === "/sum" ? sha256(Buffer.from("other")) : program),
  );
  await expect(download(release, dir)).rejects.toThrow(/checksum/);
  expect(await readdir(dir)).toEqual([]);
});

test("a missing release is named with its answer", async () => {
  const release = await serve((_, response) => response.writeHead(404).end());
  await expect(download(release, await tempDir())).rejects.toThrow(/answers 404/);
});

test("a server that is silent is given up after three seconds", async () => {
  const release = await serve(() => undefined);
  const started = Date.now();
  await expect(download(release, await tempDir())).rejects.toThrow(/does not answer/);
  expect(Date.now() - started).toBeLessThan(4_500);
});

test("an interruption ends the download", async () => {
  const dir = await tempDir();
  const interrupt = new AbortController();
  const release = await serve((request, response) => {
    if (request.url === "/sum") response.end(sha256(program));
    else {
      response.write("half");
      interrupt.abort(new Error("interrupted"));
    }
  });
  await expect(download(release, dir, interrupt.signal)).rejects.toThrow("interrupted");
  expect(await readdir(dir)).toEqual([]);
});
