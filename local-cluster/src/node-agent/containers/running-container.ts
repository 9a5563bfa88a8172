import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { IsolationMode } from "../isolation/mode.ts";
import { ContainerLog } from "../logs/container-log.ts";
import { readLog } from "../logs/read-log.ts";
import type { Container } from "../pods/pod.ts";
import { ContainerProbes, type ProbeListener } from "../probes/container-probes.ts";
import type { Command } from "../sessions/command.ts";
import { enterContainer } from "../sessions/container-entry.ts";
import type { ContainerProcess, ProcessEnd } from "./container-process.ts";
import { describeExit } from "./exit.ts";
import type { MemoryWatch } from "./memory-watch.ts";
import { terminationLogName } from "./prepare.ts";
import { settlesWithin } from "./pull.ts";
import type { ContainerExit } from "./record.ts";
import { memoryLimit } from "./start-settings.ts";

const longestMessage = 4096;

/** One start of one container, from the moment its process exists: its log, probes, memory, and its end. */
export class RunningContainer {
  readonly process: ContainerProcess;
  readonly log: ContainerLog;
  /** What was started in it beside its own process. */
  readonly #commands = new Set<Command>();
  readonly #container: Container;
  readonly #startedAt: number;
  readonly #containerId: string;
  #probes: ContainerProbes | undefined;
  #unwatch: (() => void) | undefined;
  #outOfMemory = false;
  #asked = false;

  constructor(
    container: Container,
    process: ContainerProcess,
    of: { startedAt: number; containerId: string },
  ) {
    this.#container = container;
    this.process = process;
    this.log = new ContainerLog(process.directory);
    this.#startedAt = of.startedAt;
    this.#containerId = of.containerId;
  }

  /** Begins to watch log, memory and probes, for a new or an adopted process. */
  async observe(
    memory: MemoryWatch,
    probes: { podIp: string; started: boolean; listener: ProbeListener },
  ): Promise<void> {
    await this.log.open();
    this.#watchMemory(memory);
    this.#probes = new ContainerProbes(this.#container, probes.podIp, probes.listener);
    this.#probes.start(this.#startedAt, probes.started);
  }

  /** Resolves with how it ended, once its log is complete. */
  async end(): Promise<ContainerExit> {
    const end = await this.process.ended;
    this.#probes?.stop();
    this.#unwatch?.();
    this.process.kill();
    for (const command of this.#commands) command.kill();
    await this.log.close();
    return this.#describe(end);
  }

  /** The processes from which all others in it descend. */
  get roots(): number[] {
    const own = this.process.shim?.pid;
    return [...(own === undefined ? [] : [own]), ...[...this.#commands].map(({ pid }) => pid)];
  }

  /** Starts another command in the container; it ends with it at the latest. */
  async exec(mode: IsolationMode, wanted: { command: string[]; tty: boolean }): Promise<Command> {
    const command = await enterContainer(mode, this.process, wanted);
    this.#commands.add(command);
    void command.ended.catch(() => {}).finally(() => this.#commands.delete(command));
    return command;
  }

  /** SIGTERM at the first call, and SIGKILL when it is not gone after `graceMs`. Later calls can bring the end forward. */
  async stop(graceMs: number): Promise<void> {
    this.#probes?.stop();
    const asked = this.#asked || (graceMs > 0 && this.process.terminate());
    this.#asked = true;
    if (!asked || !(await settlesWithin(this.process.ended, graceMs))) this.process.kill();
    await this.process.ended.catch(() => {});
  }

  #watchMemory(memory: MemoryWatch): void {
    const limit = memoryLimit(this.#container);
    const group = this.process.shim?.pid;
    if (!limit) return;
    if (group === undefined) {
      // The shim has not come so far as to write its id.
      setTimeout(() => this.process.shim && this.#watchMemory(memory), 200).unref();
      return;
    }
    this.#unwatch = memory.watch(group, limit, () => {
      this.#outOfMemory = true;
      this.process.kill();
    });
  }

  async #describe(end: ProcessEnd): Promise<ContainerExit> {
    const { directory } = this.process;
    const message = await readFile(join(directory, terminationLogName), "utf8").catch(() => "");
    return describeExit({
      exitCode: end.exitCode,
      startedAt: this.#startedAt,
      finishedAt: end.finishedAt,
      containerId: this.#containerId,
      outOfMemory: this.#outOfMemory,
      messageFile: message.slice(0, longestMessage),
      logTail: await logTail(this.log),
      policy: this.#container.terminationMessagePolicy ?? "File",
    });
  }
}

async function logTail(log: ContainerLog): Promise<string> {
  const query = { follow: false, timestamps: false, tailLines: 80, limitBytes: 256 * 1024 };
  try {
    return Buffer.concat(await Array.fromAsync(readLog(log, query, new AbortController().signal))).toString();
  } catch {
    return "";
  }
}
