import { mkdir } from "node:fs/promises";
import { lock } from "../supervisor/lock.ts";
import { missingTools, type Report, type ToolName, type Tools, toolsCacheDir, toolsIn } from "./cache.ts";
import { downloadTool } from "./download.ts";
import { buildTools } from "./go-build.ts";
import { releaseOf } from "./releases.ts";
import { readVersions } from "./versions.ts";

/**
 * Finds the programs of the control plane: in the cache, else as official releases, else compiled from the pinned modules. Two starts at
 * once share the work. Rejects with a sentence that says what could not be had and why.
 */
export async function resolveTools(report: Report = () => undefined, signal?: AbortSignal): Promise<Tools> {
  const dir = await toolsCacheDir();
  if ((await missingTools(dir)).length > 0) {
    await mkdir(dir, { recursive: true });
    const held = await lock(dir, () => report("waiting for another start that is preparing it"), signal);
    try {
      await fill(dir, report, signal);
    } finally {
      held.release();
    }
  }
  return toolsIn(dir);
}

async function fill(dir: string, report: Report, signal: AbortSignal | undefined): Promise<void> {
  const wanted = await missingTools(dir);
  const refusals = await download(wanted, dir, report, signal);
  const missing = await missingTools(dir);
  if (missing.length === 0) return;
  try {
    await buildTools(missing, dir, report, signal);
  } catch (cause) {
    signal?.throwIfAborted();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `${missing.join(", ")} could not be had. Official releases: ${refusals.join("; ")}. Building them: ${reason}`,
      { cause },
    );
  }
}

/** Downloads what is to be had and returns why the rest is not, each reason once. */
async function download(
  tools: readonly ToolName[],
  dir: string,
  report: Report,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const versions = await readVersions();
  report("looking for official releases");
  const refusals = new Set<string>();
  await Promise.all(
    tools.map(async (tool) => {
      try {
        await downloadTool(tool, releaseOf(tool, versions, process.arch), dir, report, signal);
      } catch (error) {
        refusals.add(error instanceof Error ? error.message : String(error));
      }
    }),
  );
  signal?.throwIfAborted();
  return [...refusals];
}
