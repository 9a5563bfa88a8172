/**
 * Overhead of the Function runtime per request: hello world on one core, against a bare `node:http` server and
 * against @google-cloud/functions-framework. All run at once and are loaded in turns, so that each round's
 * ratios come from the same minute.
 */
import type { ChildProcess } from "node:child_process";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildImage, permissionFlags } from "@kyma/function-runtime/build-image.ts";
import { measure, median, startPinned, stop, type LoadResult, type Scenario } from "./pinned-load.ts";
import type { BenchResult } from "./result.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 5);
const load = { connections: 50, seconds: 3 };
const scenarios: Record<string, Scenario> = {
  GET: { method: "GET", ...load },
  "POST of 27 bytes of JSON": { method: "POST", body: '{"name":"world","count":42}', ...load },
};
const ports = { ours: 18_081, bare: 18_082, framework: 18_083 };
type Peer = keyof typeof ports;
const peers = Object.keys(ports) as Peer[];
const address = "127.0.0.1";

/** Gates: at least 0.8 of bare node:http and 4 times functions-framework, in requests per second. */
export async function run(): Promise<BenchResult[]> {
  const directory = await mkdtemp(path.join(tmpdir(), "kyma-bench-runtime-"));
  const servers: ChildProcess[] = [];
  try {
    servers.push(await startOurs(directory), await startBare(), await startFramework(directory));
    const results: BenchResult[] = [];
    for (const [name, scenario] of Object.entries(scenarios))
      results.push(...(await compare(name, scenario)));
    return results;
  } finally {
    await Promise.all(servers.map(stop));
    await rm(directory, { recursive: true, force: true });
  }
}

async function compare(name: string, scenario: Scenario): Promise<BenchResult[]> {
  for (const peer of peers) await measure(urlOf(peer), { ...scenario, seconds: 2 });
  const runs: Record<Peer, LoadResult[]> = { ours: [], bare: [], framework: [] };
  for (let round = 0; round < rounds; round++) {
    for (const peer of peers) runs[peer].push(await measure(urlOf(peer), scenario));
  }
  const rate = (peer: Peer) => median(runs[peer].map((run) => run.requestsPerSecond));
  const ratio = (peer: Peer) =>
    median(
      runs.ours.map(
        (run, round) => run.requestsPerSecond / (runs[peer][round]?.requestsPerSecond ?? Number.NaN),
      ),
    );
  const row = (peer: Peer, label: string, gate: number): BenchResult => ({
    name: `hello world, ${name}`,
    value: Math.round(rate("ours")),
    unit: "req/s",
    ratio: Number(ratio(peer).toFixed(2)),
    peer: `${label}: ${Math.round(rate(peer))} req/s`,
    gate: `ratio ≥ ${gate}`,
    note: `one core, ${scenario.connections} connections, median of ${rounds}; p99 ${p99(runs.ours)} ms against ${p99(runs[peer])} ms`,
  });
  return [row("bare", "bare node:http", 0.8), row("framework", "functions-framework", 4)];
}

function p99(runs: LoadResult[]): number {
  return median(runs.map((run) => run.p99Milliseconds));
}

/** As the node runs it: from the built image, under the permission model. */
async function startOurs(directory: string): Promise<ChildProcess> {
  const imageDir = path.join(directory, "image");
  const functionDir = path.join(directory, "function");
  await mkdir(functionDir);
  buildImage(imageDir);
  const flags = permissionFlags(24, { imageDir, readable: [], writable: [functionDir] });
  const env = {
    FUNC_NAME: "hello",
    FUNC_RUNTIME: "nodejs24",
    FUNCTION_DIR: functionDir,
    FUNC_HANDLER_SOURCE: 'module.exports = { main: function (event, context) { return "Hello World!"; } };',
    LISTEN_ADDRESS: address,
    FUNC_PORT: `${ports.ours}`,
  };
  return startPinned([process.execPath, ...flags, path.join(imageDir, "main.js")], env, urlOf("ours"));
}

function startBare(): Promise<ChildProcess> {
  const script = path.join(import.meta.dirname, "bare-server.ts");
  return startPinned([process.execPath, script, address, `${ports.bare}`], {}, urlOf("bare"));
}

async function startFramework(directory: string): Promise<ChildProcess> {
  const source = path.join(directory, "framework");
  await mkdir(source);
  await writeFile(
    path.join(source, "index.js"),
    'exports.hello = (request, response) => response.send("Hello World!");\n',
  );
  await writeFile(path.join(source, "package.json"), '{ "main": "index.js" }\n');
  const main = createRequire(import.meta.url).resolve("@google-cloud/functions-framework");
  const script = path.join(path.dirname(main), "main.js");
  const args = [`--source=${source}`, "--target=hello", `--port=${ports.framework}`];
  return startPinned([process.execPath, script, ...args], { NODE_ENV: "production" }, urlOf("framework"));
}

function urlOf(peer: Peer): string {
  return `http://${address}:${ports[peer]}/`;
}
