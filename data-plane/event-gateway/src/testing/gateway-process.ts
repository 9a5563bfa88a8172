import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** The gateway as a process of its own, as in its pod. */
export interface GatewayProcess {
  child: ChildProcess;
  /** All that it wrote. */
  output: () => string;
  /** Its exit code. */
  exited: Promise<number | null>;
  /** Resolves with the ports on which it listens; rejects when it ends instead. */
  listening: Promise<{ port: number; adminPort: number }>;
}

export function startGatewayProcess(env: Record<string, string>): GatewayProcess {
  const main = join(import.meta.dirname, "../main.ts");
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main], {
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const exited = once(child, "exit").then(([code]) => code as number | null);
  const listening = new Promise<{ port: number; adminPort: number }>((resolve, reject) => {
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      const line = output.split("\n").find((one) => one.includes("the event gateway listens"));
      if (line) resolve(JSON.parse(line) as { port: number; adminPort: number });
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    void exited.then(() => reject(new Error(`the gateway ended: ${output}`)));
  });
  listening.catch(() => undefined);
  return { child, output: () => output, exited, listening };
}
