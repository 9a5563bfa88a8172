import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { dataDir } from "./fixtures.ts";

const run = promisify(execFile);

/** The publisher's Service, forwarded to this machine as `kubectl port-forward` does. */
export interface ForwardedPublisher {
  /** Posts an event with curl; resolves with the HTTP status. */
  post(event: object): Promise<string>;
  close(): void;
}

export async function forwardPublisher(): Promise<ForwardedPublisher> {
  const program = ["--disable-warning=ExperimentalWarning", "local-cluster/src/app/kubectl.ts"];
  const forward = ["-n", "kyma-system", "port-forward", "service/eventing-publisher-proxy", ":80"];
  const child = spawn(process.execPath, [...program, "--data-dir", dataDir(), ...forward], {
    cwd: join(import.meta.dirname, "../.."),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await forwardedPort(child.stdout);
  return {
    post: async (event) => {
      const url = `http://127.0.0.1:${port}/publish`;
      const type = "content-type: application/cloudevents+json";
      const format = ["-s", "-o", "/dev/null", "-w", "%{http_code}"];
      const { stdout } = await run("curl", [...format, "-H", type, "-d", JSON.stringify(event), url]);
      return stdout;
    },
    close: () => void child.kill(),
  };
}

async function forwardedPort(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(output)) {
    const port = /^Forwarding from 127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port !== undefined) return port;
  }
  throw new Error("kubectl port-forward ended before it was ready");
}
