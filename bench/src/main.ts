/**
 * `npm run bench [-- name …]`: figures and ratios, each with its peer or floor measured in the same run.
 * Writes docs/benchmarks.md; the section of a benchmark that did not run is kept.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { mergeReport } from "./report.ts";
import type { BenchResult } from "./result.ts";

const benchmarks: Record<string, () => Promise<{ run(): Promise<BenchResult[]> }>> = {
  "function-runtime": () => import("./function-runtime.ts"),
  controllers: () => import("./controllers.ts"),
  platform: () => import("./platform.ts"),
  lists: () => import("./lists.ts"),
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

async function main(names: string[]): Promise<void> {
  for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
    const load = benchmarks[name];
    if (!load) throw new Error(`no benchmark "${name}"; there are: ${Object.keys(benchmarks).join(", ")}`);
    console.log(`── ${name}`);
    const results = await (await load()).run();
    console.table(results);
    const date = new Date().toISOString().slice(0, 10);
    writeFileSync(file, mergeReport(read(), { name, date, machine: machine(), results }));
  }
}

await main(process.argv.slice(2));
