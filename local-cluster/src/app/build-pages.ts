import { ensureFrontend } from "../frontend-build/build.ts";
import { createProgress } from "../progress/progress.ts";
import { staticDir } from "./components.ts";

/** `npm run build`: builds the console's pages, unless those that are there are made of the present sources. */
const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => interrupted.abort());
const progress = createProgress(process.stdout);
try {
  await ensureFrontend(
    staticDir,
    false,
    (detail) => progress.report("Console pages", detail),
    interrupted.signal,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  progress.close();
}
