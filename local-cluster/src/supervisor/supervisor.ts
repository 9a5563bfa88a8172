import { rename, writeFile } from "node:fs/promises";
import type { ComponentState } from "./component-state.ts";
import { boundLogs } from "./log-files.ts";
import { recordOf, writeRecords } from "./process-records.ts";
import { type Component, Supervised } from "./supervised.ts";

/** Where the supervisor keeps what others read. */
export interface SupervisorFiles {
  /** States of all components, for the console. */
  components: string;
  /** Pids of all running processes, for the next start. */
  processes: string;
  logs: string;
}

const logCheckMs = 15_000;

/** Runs the components of one cluster. */
export class Supervisor {
  readonly #files: SupervisorFiles;
  readonly #supervised = new Map<string, Supervised>();
  readonly #logTimer: NodeJS.Timeout;
  #writing: Promise<void> | undefined;
  #dirty = false;
  #stopping = false;

  constructor(components: readonly Component[], files: SupervisorFiles) {
    this.#files = files;
    for (const component of components) {
      this.#supervised.set(component.command.name, new Supervised(component, () => this.#publish()));
    }
    this.#logTimer = setInterval(() => void boundLogs(files.logs).catch(() => undefined), logCheckMs).unref();
    this.#publish();
  }

  get states(): ComponentState[] {
    return [...this.#supervised.values()].map((supervised) => supervised.state);
  }

  has(name: string): boolean {
    return this.#supervised.has(name);
  }

  /** Starts one component and resolves when it is ready; rejects with a sentence when it will not be. */
  async start(name: string): Promise<void> {
    if (this.#stopping) throw new Error(`${name} is not started: everything is being stopped.`);
    await this.#get(name).start();
  }

  /** Ends all components, the last group first; those of one group together. */
  async stop(groups: readonly (readonly string[])[]): Promise<void> {
    this.#stopping = true;
    for (const group of groups.toReversed()) {
      await Promise.all(
        group.filter((name) => this.#supervised.has(name)).map((name) => this.#get(name).stop()),
      );
    }
    clearInterval(this.#logTimer);
    await this.#writing;
  }

  /** Ends all processes at once. */
  kill(): void {
    for (const supervised of this.#supervised.values()) supervised.kill();
  }

  #get(name: string): Supervised {
    const supervised = this.#supervised.get(name);
    if (!supervised) throw new Error(`There is no component ${name}.`);
    return supervised;
  }

  /** Writes both files; changes that come while it writes are written once more at the end. */
  #publish(): void {
    this.#dirty = true;
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  async #write(): Promise<void> {
    while (this.#dirty) {
      this.#dirty = false;
      const running = [...this.#supervised].flatMap(([name, { pid }]) => (pid ? [recordOf(name, pid)] : []));
      await writeRecords(
        this.#files.processes,
        running.filter((record) => record !== undefined),
      );
      await writeFile(`${this.#files.components}.new`, `${JSON.stringify(this.states, undefined, 2)}\n`);
      await rename(`${this.#files.components}.new`, this.#files.components);
    }
  }
}
