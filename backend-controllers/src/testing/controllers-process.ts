import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const main = join(import.meta.dirname, "../app/main.ts");
const preload = join(import.meta.dirname, "kill-at-call.ts");

export interface SpawnOptions {
  /** As kill-at-call.ts reads it. */
  killAt?: string;
  /** File for --nats-access. */
  natsAccess?: string;
}

/** Starts the real controllers process. */
export function spawnControllers(
  kubeconfig: string,
  { killAt, natsAccess }: SpawnOptions = {},
): ChildProcess {
  const quiet = "--disable-warning=ExperimentalWarning";
  const loaded = killAt === undefined ? [] : ["--import", preload];
  const args = [
    quiet,
    ...loaded,
    main,
    "--kubeconfig",
    kubeconfig,
    "--no-leader-elect",
    "--log-level",
    "warn",
    ...(natsAccess === undefined ? [] : ["--nats-access", natsAccess]),
  ];
  return spawn(process.execPath, args, {
    env: { ...process.env, ...(killAt !== undefined && { KILL_AT_CALL: killAt }) },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** Waits for the end of a process; false when it still runs after the limit. */
export async function ended(child: ChildProcess, limitMs: number): Promise<boolean> {
  if (child.exitCode !== null || child.signalCode !== null) return true;
  const limit = AbortSignal.timeout(limitMs);
  try {
    await once(child, "exit", { signal: limit });
    return true;
  } catch {
    return false;
  }
}

/** Numbers that look random and are the same for the same seed (mulberry32); 0 ≤ n < 1. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
