import { join, relative } from "node:path";
import { createProgress } from "../progress/progress.ts";
import { root } from "./components.ts";
import { startOnCluster } from "./external-cluster.ts";
import { startLocalCluster } from "./local-cluster.ts";
import { type Options, parseOptions, usage } from "./options.ts";
import { checkPlatform } from "./platform.ts";
import type { Running, StartContext } from "./running.ts";
import { summaryText } from "./summary.ts";

const startedAt = performance.now();

/** Starts what the command line asks for and returns when the person has stopped it. Rejects with a sentence when it cannot start. */
export async function start(args: readonly string[]): Promise<void> {
  // npm changes to the root of the repository; the person's own directory is in INIT_CWD.
  const options = parseOptions(args, process.env["INIT_CWD"] ?? process.cwd(), root);
  if (options.help) return console.log(usage);
  checkPlatform(process.platform, process.arch);
  const stopping = new AbortController();
  let kill = (): void => undefined;
  onInterrupt(stopping, () => kill());
  const progress = createProgress(process.stdout);
  try {
    const context = {
      ...progress,
      signal: stopping.signal,
      onKillable: (action: () => void) => (kill = action),
    };
    const running = await bringUp(options, context);
    progress.say(summary(options, running));
    await untilAborted(stopping.signal);
    progress.report("Stopping", "Ctrl-C again ends everything at once");
    await running.stop();
  } catch (error) {
    // What an interruption interrupts is no error.
    if (!stopping.signal.aborted) throw error;
  } finally {
    progress.close();
  }
  console.log("Stopped.");
}

function bringUp(options: Options, context: StartContext): Promise<Running> {
  const { kubeconfig } = options;
  return kubeconfig
    ? startOnCluster({ ...options, kubeconfig }, context)
    : startLocalCluster(options, context);
}

function summary(options: Options, running: Running): string {
  const standardDir = join(root, ".local");
  const dataDirArgument = options.dataDir === standardDir ? "" : `--data-dir ${options.dataDir} `;
  const local = {
    gatewayPort: options.gatewayPort,
    kubeconfig: shortPath(join(options.dataDir, "kubeconfig")),
    kubectlArguments: dataDirArgument,
  };
  return summaryText({
    consoleUrl: running.consoleUrl,
    seconds: (performance.now() - startedAt) / 1000,
    logs: shortPath(join(options.dataDir, "logs")),
    ...(options.kubeconfig ? {} : { local }),
  });
}

/** Relative to the current directory for what lies in it. */
function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}

/** The first signal stops things in order; the second, by an impatient person, ends them at once. */
function onInterrupt(stopping: AbortController, kill: () => void): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) {
        kill();
        process.exit(130);
      }
      stopping.abort(new Error("The start was interrupted."));
    });
  }
  // The terminal may go away before we do.
  process.stdout.on("error", () => undefined);
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    // An abort listener alone does not keep the process alive.
    const timer = setInterval(() => undefined, 2 ** 30);
    signal.addEventListener("abort", () => {
      clearInterval(timer);
      resolve();
    });
  });
}
