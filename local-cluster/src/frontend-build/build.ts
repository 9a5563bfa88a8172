import { spawn } from "node:child_process";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { lock } from "../supervisor/lock.ts";
import { sourcesHash } from "./sources-hash.ts";

const frontendDir = join(import.meta.dirname, "../../../frontend");
const hashFile = ".sources-hash";

/**
 * Builds the console's pages into `distDir` unless they are there and made of the present sources (with `keep`, of any). The old pages
 * stay until the new ones are complete. Rejects with a sentence that ends with what the build said last.
 */
export async function ensureFrontend(
  distDir: string,
  keep: boolean,
  report: (detail: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (keep && (await builtHash(distDir))) return;
  const hash = await sourcesHash(frontendDir);
  if ((await builtHash(distDir)) === hash) return;
  const held = await lock(
    frontendDir,
    () => report("waiting for another start that is building them"),
    signal,
  );
  try {
    if ((await builtHash(distDir)) === hash) return;
    await build(distDir, hash, report, signal);
  } finally {
    held.release();
  }
}

async function build(
  distDir: string,
  hash: string,
  report: (detail: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const workDir = join(frontendDir, ".cache");
  const fresh = join(workDir, "dist");
  const old = join(workDir, "dist.old");
  await rm(workDir, { recursive: true, force: true });
  await mkdir(workDir, { recursive: true });
  report("building");
  await runVite(fresh, report, signal);
  await writeFile(join(fresh, hashFile), hash);
  await rename(distDir, old).catch(() => undefined);
  await rename(fresh, distDir);
  await rm(workDir, { recursive: true, force: true });
}

async function builtHash(distDir: string): Promise<string | undefined> {
  return readFile(join(distDir, hashFile), "utf8").catch(() => undefined);
}

async function runVite(outDir: string, report: (detail: string) => void, signal: AbortSignal): Promise<void> {
  const vite = join(
    dirname(createRequire(join(frontendDir, "package.json")).resolve("vite/package.json")),
    "bin/vite.js",
  );
  const child = spawn(process.execPath, [vite, "build", "--outDir", outDir, "--emptyOutDir"], {
    cwd: frontendDir,
    env: { ...process.env, NO_COLOR: "1", NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    signal,
  });
  const lines: string[] = [];
  const read = async (stream: NodeJS.ReadableStream): Promise<void> => {
    for await (const line of createInterface(stream)) {
      if (!line.trim()) continue;
      lines.push(line.trim());
      // The last step says nothing by itself.
      report(line.includes("built in") ? "compressing" : line.trim().slice(0, 80));
    }
  };
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  const [code] = await Promise.all([ended, read(child.stdout), read(child.stderr)]);
  if (code === 0) return;
  const start = lines.findIndex((line) => line.startsWith("error during build"));
  const reason = lines.slice(start < 0 ? -1 : start + 1).join(" ") || `vite ended with code ${code}`;
  throw new Error(
    `The console's pages could not be built (npm run build shows all): ${reason.slice(0, 500)}`,
  );
}
