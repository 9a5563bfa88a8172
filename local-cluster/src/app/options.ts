import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

/** What a person asked for on the command line. Paths are absolute. */
export interface Options {
  help: boolean;
  dataDir: string;
  consolePort: number;
  gatewayPort: number;
  reset: boolean;
  /** Serve the pages as they were built last, even when their sources have changed. */
  keepPages: boolean;
  /** A cluster that exists already, instead of a local one. */
  kubeconfig?: string;
  context?: string;
  install: boolean;
}

export const usage = `Usage: npm start -- [options]

Starts a local cluster with everything in it and prints the link of its console.

  --data-dir DIR        where certificates, cluster data and logs are kept (.local)
  --console-port PORT   port of the console (4000)
  --gateway-port PORT   port at which exposed Functions and Services answer (8080)
  --reset               forget all that the data directory holds, then start
  --keep-pages          serve the console's pages as last built, whatever has changed in their sources

  --kubeconfig FILE     use this cluster instead of a local one; nothing is installed in it
  --context NAME        which context of that file (its current one)
  --install             with --kubeconfig: install the CRDs there and run the controllers

  --help                show this

$KUBECONFIG and ~/.kube/config are never read.`;

/** Reads the command line. Throws a sentence that names the option that is wrong. Given paths are relative to `currentDir`. */
export function parseOptions(args: readonly string[], currentDir: string, root: string): Options {
  const { values } = parse(args);
  const { kubeconfig, context, install = false, reset = false } = values;
  if (!kubeconfig && context)
    throw new Error("--context needs --kubeconfig FILE, the file that has this context.");
  if (!kubeconfig && install)
    throw new Error("--install needs --kubeconfig FILE; a local cluster is always complete.");
  if (kubeconfig && reset)
    throw new Error("--reset is for the local cluster and cannot be used with --kubeconfig.");
  const options = {
    help: values.help ?? false,
    dataDir: values["data-dir"] ? resolve(currentDir, values["data-dir"]) : join(root, ".local"),
    consolePort: port("--console-port", values["console-port"] ?? "4000"),
    gatewayPort: port("--gateway-port", values["gateway-port"] ?? "8080"),
    reset,
    keepPages: values["keep-pages"] ?? false,
    install,
    ...(kubeconfig ? { kubeconfig: resolve(currentDir, kubeconfig) } : {}),
    ...(context ? { context } : {}),
  };
  if (options.consolePort === options.gatewayPort) {
    throw new Error(`--console-port and --gateway-port cannot both be ${options.consolePort}.`);
  }
  return options;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        help: { type: "boolean", short: "h" },
        "data-dir": { type: "string" },
        "console-port": { type: "string" },
        "gateway-port": { type: "string" },
        reset: { type: "boolean" },
        "keep-pages": { type: "boolean" },
        kubeconfig: { type: "string" },
        context: { type: "string" },
        install: { type: "boolean" },
      },
    });
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split(". ")[0] ?? "") : String(cause);
    throw new Error(`${reason.replace(/\.$/, "")}. See npm start -- --help.`, { cause });
  }
}

function port(option: string, text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 65_535) {
    throw new Error(`${option} must be a number from 1 to 65535, not "${text}".`);
  }
  return value;
}
