import { execFile, spawn } from "node:child_process";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { type Report, type ToolName, toolsModuleDir } from "./cache.ts";
import { readVersions, type Versions } from "./versions.ts";

/** The package of each program; Go names the file after its last part. */
const packages: Record<ToolName, { path: string; file: string }> = {
  etcd: { path: "go.etcd.io/etcd/server/v3", file: "server" },
  "kube-apiserver": { path: "k8s.io/kubernetes/cmd/kube-apiserver", file: "kube-apiserver" },
  "kube-controller-manager": {
    path: "k8s.io/kubernetes/cmd/kube-controller-manager",
    file: "kube-controller-manager",
  },
  "kube-scheduler": { path: "k8s.io/kubernetes/cmd/kube-scheduler", file: "kube-scheduler" },
  kubectl: { path: "k8s.io/kubernetes/cmd/kubectl", file: "kubectl" },
  "nats-server": { path: "github.com/nats-io/nats-server/v2", file: "nats-server" },
};

const run = promisify(execFile);

/**
 * Compiles programs from the pinned modules into `dir`. Go keeps what it has compiled, so after an interruption the next call goes on
 * from there. Rejects with a sentence that says what is missing or what the compiler said last.
 */
export async function buildTools(
  tools: readonly ToolName[],
  dir: string,
  report: Report,
  signal?: AbortSignal,
): Promise<void> {
  const versions = await readVersions();
  const environment = { ...process.env, ...goEnvironment(await goVersion(signal), versions.go) };
  const paths = tools.map((tool) => packages[tool].path);
  const total = await countPackages(paths, environment, report, signal);
  const partial = `${dir}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  let finished = 0;
  report(`compiling ${total} packages (once; kept for all later starts)`);
  const args = ["build", "-v", "-trimpath", "-ldflags", linkerFlags(versions), "-o", `${partial}/`, ...paths];
  await go(args, environment, signal, (line) => {
    if (line.startsWith("go: downloading")) return report(line.slice(4));
    finished += 1;
    const step = finished < total ? `compiling, ${finished} of ${total} packages` : "linking";
    report(`${step} (once; kept for all later starts)`);
  });
  for (const tool of tools) await rename(join(partial, packages[tool].file), join(dir, tool));
  await rm(partial, { recursive: true, force: true });
}

/** What to add to the environment of Go. `installed` and `needed` are like "1.26.3". */
export function goEnvironment(installed: string, needed: string): Record<string, string> {
  const base = { CGO_ENABLED: "0", GOWORK: "off" };
  if (compareVersions(installed, "1.21") < 0) {
    throw new Error(`Go ${installed} is too old to fetch the release it needs: install Go 1.21 or newer.`);
  }
  // Only then: where the installed Go will do, a person's own GOTOOLCHAIN is respected.
  return compareVersions(installed, needed) < 0 ? { ...base, GOTOOLCHAIN: "auto" } : base;
}

/** Negative when `a` is older than `b`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split(".").map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Makes the programs tell the version that they are. */
export function linkerFlags(versions: Versions): string {
  const [major, minor] = versions.kubernetes.slice(1).split(".");
  const set = { gitVersion: versions.kubernetes, gitMajor: major, gitMinor: minor, gitTreeState: "clean" };
  const flags = Object.entries(set).map(
    ([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`,
  );
  return ["-s", "-w", ...flags].join(" ");
}

async function goVersion(signal: AbortSignal | undefined): Promise<string> {
  try {
    const { stdout } = await run("go", ["env", "GOVERSION"], {
      cwd: "/",
      env: { ...process.env, GOTOOLCHAIN: "local" },
      signal,
    });
    return /^go([\d.]+)/.exec(stdout)?.[1] ?? "0";
  } catch (cause) {
    signal?.throwIfAborted();
    throw new Error("Go is not installed (the command go is not found).", { cause });
  }
}

async function countPackages(
  paths: readonly string[],
  environment: NodeJS.ProcessEnv,
  report: Report,
  signal: AbortSignal | undefined,
): Promise<number> {
  let count = 0;
  report("fetching Go modules");
  await go(["list", "-deps", ...paths], environment, signal, (line) => {
    if (line.startsWith("go: downloading")) report(line.slice(4));
    else count += 1;
  });
  return count;
}

/** Runs Go in the module of the tools and hands over each line that it prints. */
async function go(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
  onLine: (line: string) => void,
): Promise<void> {
  // A group of its own, so that an interruption ends the compilers that it runs too.
  const child = spawn("go", args, {
    cwd: toolsModuleDir,
    env: environment,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const interrupt = (): void => {
    if (child.pid) process.kill(-child.pid, "SIGTERM");
  };
  signal?.addEventListener("abort", interrupt, { once: true });
  let last = "";
  const read = async (stream: NodeJS.ReadableStream): Promise<void> => {
    for await (const line of createInterface(stream)) {
      onLine(line);
      if (line.trim()) last = line.trim();
    }
  };
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  const [code] = await Promise.all([ended, read(child.stdout), read(child.stderr)]);
  signal?.removeEventListener("abort", interrupt);
  signal?.throwIfAborted();
  if (code !== 0) throw new Error(`go ${args[0]} failed: ${last || `code ${code}`}`);
}
