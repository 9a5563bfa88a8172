import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Traces what a process writes and syncs. */
export interface Trace {
  /** Ends it and gives what `strace` wrote. */
  end(): Promise<string>;
}

/** Resolves when the process is traced. Rejects with a sentence when `strace` is not to be had or may not trace. */
export async function trace(pid: number, file: string): Promise<Trace> {
  await ensureStrace();
  const calls = "trace=write,writev,pwrite64,fsync,fdatasync";
  const args = ["-f", "-y", "-xx", "-s", "10000000", "-e", calls, "-o", file, "-p", String(pid)];
  const tracer = spawn("strace", args, { stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(tracer, "exit");
  let said = "";
  await new Promise<void>((resolve, reject) => {
    tracer.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("attached")) resolve();
    });
    void exited.then(() => reject(new Error(`strace cannot trace process ${pid}: ${said.trim()}`)));
  });
  return {
    async end() {
      tracer.kill("SIGINT");
      await exited;
      return readFile(file, "utf8");
    },
  };
}

/** Installs it where that is possible: it comes in no npm package. */
async function ensureStrace(): Promise<void> {
  if (isOnPath("strace")) return;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && isOnPath("apt-get")) {
    const install = (): Promise<unknown> => run("apt-get", ["install", "--yes", "strace"]);
    await install().catch(async () => {
      await run("apt-get", ["update"]);
      await install();
    });
  }
  if (!isOnPath("strace")) throw new Error("strace is missing: install it with your package manager.");
}

function isOnPath(program: string): boolean {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.some((folder) => existsSync(join(folder, program)));
}
