import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { text } from "node:stream/consumers";

/** What a finished kubectl said. */
export interface KubectlResult {
  stdout: string;
  stderr: string;
  code: number | null;
}

export type KubectlProcess = ChildProcessWithoutNullStreams & { result: Promise<KubectlResult> };
export type Kubectl = (args: string[], env?: Record<string, string>) => KubectlProcess;

/** Both ways in which kubectl reaches the API server: WebSockets, and SPDY as versions before 1.31 do. */
export const kubectlWays = [
  {},
  { KUBECTL_REMOTE_COMMAND_WEBSOCKETS: "false", KUBECTL_PORT_FORWARD_WEBSOCKETS: "false" },
];

/** Runs the real kubectl with `base` arguments before each call's own. */
export function kubectlWith(program: string, base: string[]): Kubectl {
  return (args, env = {}) => {
    const child = spawn(program, [...base, ...args], { env: { ...process.env, ...env } });
    const result = Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((resolve) => child.once("close", resolve)),
    ]).then(([stdout, stderr, code]) => ({ stdout, stderr, code }));
    child.stdin.on("error", () => {});
    return Object.assign(child, { result });
  };
}

/** Ids of processes on this machine, other than kubectl's, whose command line contains `words`. */
export function processesWith(words: string): string[] {
  return readdirSync("/proc").filter((id) => {
    if (!/^\d+$/.test(id)) return false;
    try {
      const line = readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ");
      return line.includes(words) && !line.includes("kubectl");
    } catch {
      return false;
    }
  });
}
