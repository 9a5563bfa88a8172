import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const ownMajor = Number(process.versions.node.split(".")[0]);
const fetchLimitMs = 300_000;

/** The Node program of one major version: our own, or one that npm fetches into the cache once. */
export class NodeBinary {
  readonly major: number;
  readonly #cacheDir: string;
  #fetching: Promise<string> | undefined;

  constructor(major: number, cacheDir: string) {
    this.major = major;
    this.#cacheDir = join(cacheDir, "node", `${major}-${process.arch}`);
  }

  /** Its path if it is here already. */
  get present(): string | undefined {
    if (this.major === ownMajor) return process.execPath;
    const path = join(this.#cacheDir, "bin", "node");
    return existsSync(path) ? path : undefined;
  }

  /** Fetches it if it is not here; all who ask meanwhile wait for the same fetch. Throws a sentence. */
  async fetch(): Promise<string> {
    if (this.present) return this.present;
    this.#fetching ??= this.#install().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #install(): Promise<string> {
    const name = packageName(process.arch);
    await mkdir(dirname(this.#cacheDir), { recursive: true });
    const unfinished = await mkdtemp(`${this.#cacheDir}-`);
    const args = [
      "install",
      "--prefix",
      unfinished,
      "--no-save",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      `${name}@${this.major}`,
    ];
    try {
      await run("npm", args, { timeout: fetchLimitMs, maxBuffer: 16 * 2 ** 20 });
      await rm(this.#cacheDir, { recursive: true, force: true });
      await rename(join(unfinished, "node_modules", name), this.#cacheDir);
    } catch (error) {
      const said = ((error as { stderr?: string }).stderr ?? "")
        .trim()
        .split("\n")
        .find((line) => /npm error/i.test(line));
      throw new Error(
        `Node.js ${this.major} could not be fetched with npm (package ${name}): ${said ?? (error as Error).message}`,
        { cause: error },
      );
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
    if (!this.present) throw new Error(`package ${name}@${this.major} holds no bin/node`);
    return this.present;
  }
}

/** The npm package that carries Node for a processor. */
export function packageName(arch: string): string {
  if (arch !== "x64" && arch !== "arm64")
    throw new Error(`there is no Node.js package for ${arch} processors: use x64 or arm64`);
  return `node-linux-${arch}`;
}
