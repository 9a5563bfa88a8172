/**
 * `npm run bench [-- name … --pods N --minutes N]`: figures and ratios, each with its peer or floor measured in the same run.
 * Writes docs/benchmarks.md; the section of a benchmark that did not run is kept.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { availableParallelism, cpus, totalmem } from "node:os";
import { mergeReport } from "./report.ts";
import type { BenchOptions, BenchResult } from "./result.ts";

const benchmarks: Record<string, () => Promise<{ run(options: BenchOptions): Promise<BenchResult[]> }>> = {
  "function-runtime": () => import("./function-runtime.ts"),
  controllers: () => import("./controllers.ts"),
  platform: () => import("./platform.ts"),
  lists: () => import("./lists.ts"),
  logs: () => import("./logs.ts"),
  pages: () => import("./pages.ts"),
  eventing: () => import("./eventing.ts"),
};

const file = "docs/benchmarks.md";

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  return `${availableParallelism()} cores (${model}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
}

function read(): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

async function main(names: string[], options: BenchOptions): Promise<void> {
  for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
    const load = benchmarks[name];
    if (!load) throw new Error(`no benchmark "${name}"; there are: ${Object.keys(benchmarks).join(", ")}`);
    console.log(`── ${name}`);
    const results = await (await load()).run(options);
    console.table(results);
    const date = new Date().toISOString().slice(0, 10);
    const section = [name, ...Object.entries(options).map(([option, value]) => `--${option} ${value}`)].join(
      " ",
    );
    writeFileSync(file, mergeReport(read(), { name: section, date, machine: machine(), results }));
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pods: { type: "string" }, minutes: { type: "string" } },
});
await main(positionals, {
  ...(values.pods !== undefined && { pods: Number(values.pods) }),
  ...(values.minutes !== undefined && { minutes: Number(values.minutes) }),
});
