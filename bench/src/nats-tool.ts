import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheHome } from "@kyma/local-cluster/tools/cache.ts";
import type { NatsAccess } from "@kyma/eventing/nats.ts";

const run = promisify(execFile);
const moduleDir = join(import.meta.dirname, "../tools");

/** The `nats` command line of the pinned version: compiled once and kept, as the programs of the control plane are. */
export async function natsTool(): Promise<string> {
  const hash = createHash("sha256").update(process.arch);
  for (const file of ["go.mod", "go.sum"]) hash.update(await readFile(join(moduleDir, file)));
  const directory = join(cacheHome(), "bench", hash.digest("hex").slice(0, 16));
  const file = join(directory, "nats");
  if (existsSync(file)) return file;
  console.log("compiling nats (once; kept for all later runs)");
  await mkdir(directory, { recursive: true });
  const args = [
    "build",
    "-trimpath",
    "-ldflags",
    "-s -w",
    "-o",
    `${file}.new`,
    "github.com/nats-io/natscli/nats",
  ];
  await run("go", args, { cwd: moduleDir, env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off" } });
  await rename(`${file}.new`, file);
  return file;
}

export interface NatsBench {
  tool: string;
  access: NatsAccess;
  stream: string;
  subject: string;
  clients: number;
  messages: number;
  /** Bytes. */
  size: number;
}

/** `nats bench js pub sync`: messages per second. Each client waits for each acknowledgement. */
export async function benchSyncPublish(bench: NatsBench): Promise<number> {
  const { tool, access, stream, subject, clients, messages, size } = bench;
  const options = {
    stream,
    clients,
    msgs: messages,
    size: `${size}B`,
    "inbox-prefix": `_INBOX.${access.user}`,
    timeout: "30s",
  };
  const flags = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const { stdout } = await run(tool, ["bench", "js", "pub", "sync", "--no-progress", ...flags, subject], {
    env: {
      ...process.env,
      NATS_URL: access.url,
      NATS_USER: access.user,
      NATS_PASSWORD: access.password,
    },
  });
  const totals = stdout.split("\n").find((line) => /stats: [\d,]+ msgs\/sec/.test(line));
  const rate = /stats: ([\d,]+) msgs\/sec/.exec(totals ?? "")?.[1];
  if (!rate) throw new Error(`nats bench tells no rate: ${stdout}`);
  return Number(rate.replaceAll(",", ""));
}
