import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildImage, permissionFlags } from "../../build-image.ts";

/** How a Function of a test is started. */
export interface FunctionOptions {
  env?: Record<string, string>;
  /** Node binary; the running one unless given. */
  node?: string;
  /** Under Node's permission model, as the node agent runs it. */
  isConfined?: boolean;
  args?: string[];
  /** Files of the function directory, written before the start. */
  files?: Record<string, string>;
}

/** How a process ended. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A Function in a real process of its own, started from a freshly built image. */
export class FunctionProcess {
  readonly process: ChildProcess;
  readonly functionDir: string;
  readonly ended: Promise<Ending>;
  url = "";
  output = "";
  /** What the termination log held at the end. */
  terminationMessage = "";
  readonly #terminationLog: string;

  constructor(source: string | undefined, options: FunctionOptions) {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "kyma-function-"));
    this.functionDir = path.join(directory, "function");
    this.#terminationLog = path.join(directory, "termination-log");
    fs.mkdirSync(this.functionDir);
    fs.writeFileSync(this.#terminationLog, "");
    for (const [name, text] of Object.entries(options.files ?? {})) this.#write(name, text);
    const node = options.node ?? process.execPath;
    const flags = options.isConfined === true ? this.#permissionFlags(node) : [];
    this.process = spawn(node, [...flags, path.join(image(), "main.js"), ...(options.args ?? [])], {
      env: { PATH: process.env["PATH"], ...this.#environment(source), ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (this.output += text));
    }
    this.ended = once(this.process, "close").then(([code, signal]) => {
      this.terminationMessage = fs.readFileSync(this.#terminationLog, "utf8");
      fs.rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
      return { code: code as number | null, signal: signal as NodeJS.Signals | null };
    });
  }

  async ready(): Promise<this> {
    await Promise.race([this.waitForOutput(/listens on (\S+)\.\n/), this.ended]);
    const address = /listens on (\S+)\.\n/.exec(this.output)?.[1];
    if (address === undefined) throw new Error(`The Function did not get ready: ${this.output}`);
    this.url = address;
    return this;
  }

  /** Resolves once the output matches. */
  async waitForOutput(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.output)) {
      await Promise.race([once(this.process.stdout!, "data"), once(this.process.stderr!, "data")]);
    }
  }

  async stop(): Promise<void> {
    this.process.kill("SIGKILL");
    await this.ended;
  }

  #write(name: string, text: string): void {
    const file = path.join(this.functionDir, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }

  #permissionFlags(node: string): string[] {
    return permissionFlags(nodeMajor(node), {
      imageDir: image(),
      readable: [],
      writable: [this.functionDir, this.#terminationLog],
    });
  }

  #environment(source: string | undefined): Record<string, string> {
    return {
      FUNC_NAME: "greeter",
      FUNC_RUNTIME: "nodejs24",
      SERVICE_NAMESPACE: "demo",
      LISTEN_ADDRESS: "127.0.33.1",
      FUNC_PORT: "0",
      FUNCTION_DIR: this.functionDir,
      TERMINATION_LOG: this.#terminationLog,
      ...(source === undefined ? {} : { FUNC_HANDLER_SOURCE: source }),
    };
  }
}

/** Starts a Function and resolves when it is ready for calls. */
export function startFunction(source: string, options: FunctionOptions = {}): Promise<FunctionProcess> {
  return new FunctionProcess(source, options).ready();
}

/** A handler module whose `main` has this body. */
export function mainWith(body: string): string {
  return `module.exports = { main: async function (event, context, callback) { ${body} } };`;
}

/** The running Node and, where the machine has another, the one that its PATH names. */
export function nodesOfThisMachine(): string[] {
  const found = new Map([[process.version, process.execPath]]);
  for (const directory of (process.env["PATH"] ?? "").split(path.delimiter)) {
    const file = path.join(directory, "node");
    if (!fs.existsSync(file)) continue;
    const real = fs.realpathSync(file);
    const version = `v${nodeMajor(real)}`;
    if (![...found.keys()].some((known) => known.startsWith(version))) found.set(version, real);
  }
  return [...found.values()];
}

function nodeMajor(node: string): number {
  return node === process.execPath
    ? Number(process.versions.node.split(".")[0])
    : Number(/^v(\d+)/.exec(execFileSync(node, ["--version"], { encoding: "utf8" }))?.[1]);
}

let imageDir: string | undefined;

function image(): string {
  if (imageDir !== undefined) return imageDir;
  const created = fs.mkdtempSync(path.join(os.tmpdir(), "kyma-function-image-"));
  buildImage(created);
  process.once("exit", () => fs.rmSync(created, { recursive: true, force: true }));
  imageDir = created;
  return created;
}
