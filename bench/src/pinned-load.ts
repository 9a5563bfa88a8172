/** Servers pinned to one core and HTTP load from another, for figures that two processes do not share. */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { promisify } from "node:util";

/** What a server is asked: one request, over and over. */
export interface Scenario {
  method: "GET" | "POST";
  body?: string;
  connections: number;
  seconds: number;
}

export interface LoadResult {
  requestsPerSecond: number;
  p99Milliseconds: number;
}

const serverCore = "0";
const loadCore = "1";

/** Starts a server on its core and resolves once it answers. */
export async function startPinned(
  command: string[],
  env: NodeJS.ProcessEnv,
  url: string,
): Promise<ChildProcess> {
  const server = spawn("taskset", ["-c", serverCore, ...command], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const deadline = performance.now() + 20_000;
  while (!(await answers(url))) {
    if (server.exitCode !== null || performance.now() > deadline) {
      server.kill("SIGKILL");
      throw new Error(`The server ${command.join(" ")} does not answer at ${url}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return server;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

export async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill("SIGKILL");
  await once(server, "exit");
}

/** Runs autocannon on the other core. Fails on any answer that is not 2xx: such figures mean nothing. */
export async function measure(
  url: string,
  { method, body, connections, seconds }: Scenario,
): Promise<LoadResult> {
  const autocannon = createRequire(import.meta.url).resolve("autocannon");
  const args = [
    "-c",
    loadCore,
    process.execPath,
    autocannon,
    "--json",
    "-c",
    `${connections}`,
    "-d",
    `${seconds}`,
  ];
  if (body !== undefined) args.push("-H", "content-type: application/json", "-b", body);
  const { stdout } = await promisify(execFile)("taskset", [...args, "-m", method, url]);
  const result = JSON.parse(stdout) as {
    requests: { average: number };
    latency: { p99: number };
    non2xx: number;
    errors: number;
  };
  if (result.non2xx + result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} requests failed.`);
  }
  return { requestsPerSecond: result.requests.average, p99Milliseconds: result.latency.p99 };
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
