import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ComponentState } from "../supervisor/component-state.ts";
import type { ProcessRecord } from "../supervisor/process-records.ts";
import { findFreePorts } from "../supervisor/ports.ts";

const entry = join(import.meta.dirname, "../app/main.ts");

/** Where a test wants its embedded cluster; all is chosen freely by default. */
export interface EmbeddedOptions {
  /** A directory that outlives `stop()`, for tests that start twice. */
  dataDir?: string;
  consolePort?: number;
  gatewayPort?: number;
  /** Use the console's pages as last built: for tests that are not about the browser. */
  keepPages?: boolean;
  extraArguments?: readonly string[];
  /** Default 180 s: the first start of a checkout builds the console's pages. */
  limitMs?: number;
}

/** The embedded default as `npm start` brings it up. */
export interface EmbeddedCluster {
  dataDir: string;
  /** A cluster-admin's kubeconfig. */
  kubeconfig: string;
  consolePort: number;
  gatewayPort: number;
  launcher: Launcher;
  /** The one-time link that is valid now. */
  consoleUrl(): Promise<string>;
  /** What components.json says. */
  components(): Promise<ComponentState[]>;
  /** The running processes that the launcher started, by name. */
  pids(): Promise<Record<string, number>>;
  /** Ctrl-C, then waits until all has ended. */
  stop(): Promise<void>;
}

/** Starts the embedded default and resolves when it is ready; rejects with all that was printed when it ends instead. */
export async function startEmbedded(options: EmbeddedOptions = {}): Promise<EmbeddedCluster> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "kyma-embedded-")));
  const [freeConsole, freeGateway] = await findFreePorts(2);
  const consolePort = options.consolePort ?? freeConsole!;
  const gatewayPort = options.gatewayPort ?? freeGateway!;
  const launcher = new Launcher([
    `--data-dir=${dataDir}`,
    `--console-port=${consolePort}`,
    `--gateway-port=${gatewayPort}`,
    ...(options.keepPages ? ["--keep-pages"] : []),
    ...(options.extraArguments ?? []),
  ]);
  const stop = async (): Promise<void> => {
    await launcher.stop();
    if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await launcher.printed("Kyma is ready", options.limitMs ?? 180_000);
  } catch (error) {
    await stop();
    throw error;
  }
  const readJson = async (file: string): Promise<unknown> =>
    JSON.parse(await readFile(join(dataDir, "run", file), "utf8"));
  return {
    dataDir,
    kubeconfig: join(dataDir, "kubeconfig"),
    consolePort,
    gatewayPort,
    launcher,
    consoleUrl: async () => (await readFile(join(dataDir, "console-url"), "utf8")).trim(),
    components: async () => (await readJson("components.json")) as ComponentState[],
    pids: async () => {
      const records = (await readJson("processes.json")) as ProcessRecord[];
      return Object.fromEntries(records.map(({ name, pid }) => [name, pid]));
    },
    stop,
  };
}

/** One run of the program behind `npm start`, with all that it prints. */
export class Launcher {
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly #process: ChildProcess;
  #output = "";
  #running = true;

  constructor(args: readonly string[]) {
    this.#process = spawn(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", "--max-semi-space-size=2", entry, ...args],
      {
        stdio: ["ignore", "pipe", "pipe"],
        // Its own defaults, not those of the test runner.
        env: { ...process.env, INIT_CWD: undefined, NODE_ENV: undefined, VITEST: undefined },
      },
    );
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on("data", (chunk: Buffer) => (this.#output += chunk.toString()));
    }
    this.exited = new Promise((resolve) => {
      this.#process.once("close", (code, signal) => {
        this.#running = false;
        resolve({ code, signal });
      });
    });
  }

  get pid(): number {
    return this.#process.pid!;
  }

  get output(): string {
    return this.#output;
  }

  signal(signal: NodeJS.Signals): void {
    if (this.#running) this.#process.kill(signal);
  }

  /** Resolves when it has printed a text; rejects with all that it printed when it ends without or needs too long. */
  async printed(text: string, limitMs: number): Promise<void> {
    const end = Date.now() + limitMs;
    while (!this.#output.includes(text)) {
      if (!this.#running) throw new Error(`npm start ended:\n${this.#output}`);
      if (Date.now() > end)
        throw new Error(`npm start did not print "${text}" in ${limitMs} ms:\n${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Ctrl-C, then waits for its end. */
  async stop(): Promise<void> {
    this.signal("SIGINT");
    await this.exited;
  }
}
