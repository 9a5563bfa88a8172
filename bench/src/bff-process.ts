import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { findFreePorts } from "@kyma/local-cluster/supervisor/ports.ts";

/** A console server of its own, started as the launcher starts it. */
export interface BffProcess {
  process: ChildProcess;
  signInFile: string;
  stop(): Promise<void>;
}

/** As in local-cluster/src/app/components.ts. */
const launcherFlags = ["--disable-warning=ExperimentalWarning", "--max-semi-space-size=2"];
/** e.g. --cpu-prof, while working on it. */
const extraFlags = (process.env["KYMA_BENCH_NODE_FLAGS"] ?? "").split(" ").filter(Boolean);
const startLimitMs = 20_000;

export async function startBff(kubeconfig: string): Promise<BffProcess> {
  const directory = await mkdtemp(join(tmpdir(), "kyma-bench-bff-"));
  const signInFile = join(directory, "console-url");
  const [port] = await findFreePorts(1);
  const args = ["--kubeconfig", kubeconfig, "--port", String(port), "--sign-in-file", signInFile];
  const env = {
    ...process.env,
    NODE_ENV: "production",
    NODE_COMPILE_CACHE: join(tmpdir(), "kyma-bench-compiled"),
  };
  const child = spawn(process.execPath, [...launcherFlags, ...extraFlags, "bff/src/app/main.ts", ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    env,
  });
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
    await rm(directory, { recursive: true, force: true });
  };
  const end = performance.now() + startLimitMs;
  while (performance.now() < end) {
    if (await readFile(signInFile, "utf8").catch(() => "")) return { process: child, signInFile, stop };
    await delay(50);
  }
  await stop();
  throw new Error("the BFF did not start");
}

/** User and system time; a clock tick is 10 ms on Linux. */
export function cpuSeconds({ pid }: { pid?: number | undefined }): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

export function rssMegabytes({ pid }: { pid?: number | undefined }): number {
  const match = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(match?.[1] ?? 0) / 1000;
}
