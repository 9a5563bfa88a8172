import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { cacheHome } from "../tools/cache.ts";

// Before anything of weight is loaded: from the second start on, nothing has to be compiled.
enableCompileCache(join(cacheHome(), "node-compile-cache"));

try {
  const { start } = await import("./start.ts");
  await start(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
// Nothing that is still open may keep a finished start alive.
process.exit();
