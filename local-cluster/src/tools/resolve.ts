import { missingTools, type Tools, toolsCacheDir, toolsIn } from "./cache.ts";

/** Finds the programs of the control plane. */
export async function resolveTools(): Promise<Tools> {
  const dir = await toolsCacheDir();
  const missing = await missingTools(dir);
  if (missing.length > 0) throw new Error(`${missing.join(", ")} missing in ${dir}`);
  return toolsIn(dir);
}
