import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Dispatcher } from "undici";
import type { Report, ToolName } from "./cache.ts";
import type { Release } from "./releases.ts";

const answerLimitMs = 3_000;
const stallLimitMs = 15_000;
const largestText = 1024 * 1024;
const run = promisify(execFile);

/**
 * Downloads the official release of a program into `dir` and checks it. Rejects when nobody answers within three seconds, when the
 * download stalls, or when its checksum is not the published one; then nothing is left.
 */
export async function downloadTool(
  tool: ToolName,
  release: Release,
  dir: string,
  report: Report,
  signal?: AbortSignal,
): Promise<void> {
  const download = join(dir, `${tool}.download`);
  try {
    const expected = release.checksum(await fetchText(release.checksumUrl, signal));
    if (!expected) throw new Error(`${release.checksumUrl} holds no checksum of ${tool}`);
    const actual = await fetchFile(
      release.url,
      download,
      (share) => report(`downloading ${tool} ${share}`),
      signal,
    );
    if (actual !== expected)
      throw new Error(`the checksum of ${release.url} is ${actual} and should be ${expected}`);
    if (release.member) {
      await run("tar", ["-xzf", download, "-C", dir, "--strip-components=1", release.member]);
    } else await rename(download, join(dir, tool));
    await chmod(join(dir, tool), 0o755);
  } finally {
    await rm(download, { force: true });
  }
}

async function fetchText(url: string, signal: AbortSignal | undefined): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  await fetchChunks(url, signal, (chunk) => {
    size += chunk.length;
    if (size > largestText) throw new Error(`${url} is larger than ${largestText} bytes`);
    chunks.push(chunk);
  });
  return Buffer.concat(chunks).toString("utf8");
}

/** Returns the SHA-256 of what was written, in hex. */
async function fetchFile(
  url: string,
  file: string,
  onShare: (share: string) => void,
  signal: AbortSignal | undefined,
): Promise<string> {
  const hash = createHash("sha256");
  const handle = await open(file, "w");
  let size = 0;
  try {
    await fetchChunks(url, signal, async (chunk, total) => {
      hash.update(chunk);
      await handle.write(chunk);
      size += chunk.length;
      onShare(
        total
          ? `${Math.floor((100 * size) / total)} % of ${Math.round(total / 1e6)} MB`
          : `${Math.round(size / 1e6)} MB`,
      );
    });
  } finally {
    await handle.close();
  }
  return hash.digest("hex");
}

async function fetchChunks(
  url: string,
  signal: AbortSignal | undefined,
  onChunk: (chunk: Buffer, total: number) => Promise<void> | void,
): Promise<void> {
  const silence = new AbortController();
  const giveUp = (): void => silence.abort(new Error(`${new URL(url).host} does not answer`));
  let timer = setTimeout(giveUp, answerLimitMs);
  try {
    const { fetch } = await import("undici");
    const response = await fetch(url, {
      signal: signal ? AbortSignal.any([signal, silence.signal]) : silence.signal,
      dispatcher: await environmentProxy(),
    });
    if (!response.ok || !response.body) throw new Error(`${url} answers ${response.status}`);
    const total = Number(response.headers.get("content-length") ?? 0);
    for await (const chunk of response.body) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, stallLimitMs);
      await onChunk(Buffer.from(chunk as Uint8Array), total);
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw silence.signal.aborted ? silence.signal.reason : rootCause(error);
  } finally {
    clearTimeout(timer);
  }
}

let proxy: Dispatcher | undefined;

/** Honours HTTPS_PROXY and NO_PROXY, as curl does. */
async function environmentProxy(): Promise<Dispatcher> {
  const { EnvHttpProxyAgent } = await import("undici");
  proxy ??= new EnvHttpProxyAgent({ connect: { timeout: answerLimitMs } });
  return proxy;
}

/** "fetch failed" says nothing; its cause does. */
function rootCause(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? error.cause : error;
}
