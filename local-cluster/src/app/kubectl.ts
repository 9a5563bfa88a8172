import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { createProgress } from "../progress/progress.ts";
import { resolveTools } from "../tools/resolve.ts";
import { root } from "./components.ts";
import { kubectlArguments } from "./kubectl-arguments.ts";

/** kubectl of the local cluster's version, on the local cluster. */
async function main(): Promise<void> {
  const { dataDir, rest } = kubectlArguments(process.argv.slice(2), process.env["KYMA_DATA_DIR"]);
  const currentDir = process.env["INIT_CWD"] ?? process.cwd();
  const kubeconfig = join(dataDir ? resolve(currentDir, dataDir) : join(root, ".local"), "kubeconfig");
  if (!existsSync(kubeconfig)) {
    throw new Error(`There is no cluster: ${kubeconfig} is missing. Start one with npm start.`);
  }
  const progress = createProgress(process.stderr);
  const tools = await resolveTools((detail) => progress.report("kubectl", detail)).finally(() =>
    progress.close(),
  );
  const child = spawn(tools.kubectl, ["--kubeconfig", kubeconfig, ...rest], {
    stdio: "inherit",
    cwd: currentDir,
  });
  // The terminal sends Ctrl-C to both of us; kubectl decides what it means.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once("error", reject).once("close", (code) => resolve(code ?? 1));
  });
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
