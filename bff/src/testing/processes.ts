import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Starts a program of this repository and waits for a line of its output; returns it with that line. */
export async function startProgram(
  program: string,
  args: string[],
  options: { env?: Record<string, string>; until: RegExp },
): Promise<{ child: ChildProcess; line: string }> {
  const file = fileURLToPath(new URL(`../../../${program}`, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, NODE_NO_WARNINGS: "1", ...options.env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`${program} ended with ${code ?? "a signal"}: ${output}`)));
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const line = output.split("\n").find((one) => options.until.test(one));
      if (line) resolve({ child, line });
    });
  });
}
