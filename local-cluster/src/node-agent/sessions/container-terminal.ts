import { closeSync, openSync, writeSync } from "node:fs";
import type { Writable } from "node:stream";
import type { TerminalSize } from "./command.ts";
import { startTerminal } from "./terminal.ts";

/** The terminal of a container's own process (tty: true). It is held by the agent: when that is killed, the line is cut. */
export class ContainerTerminal {
  readonly pid: number;
  readonly stdin: Writable;
  /** The exit code of the shim. */
  readonly ended: Promise<number>;
  readonly resize: (size: TerminalSize) => void;
  readonly #screens = new Set<Writable>();
  readonly #pause: () => void;
  readonly #goOn: () => void;

  private constructor(terminal: Awaited<ReturnType<typeof startTerminal>>, logFile: string) {
    const log = openSync(logFile, "a", 0o600);
    this.pid = terminal.pid;
    this.stdin = terminal.stdin;
    this.resize = (size) => terminal.resize(size);
    this.#pause = () => terminal.stdout.pause();
    this.#goOn = () => terminal.stdout.resume();
    terminal.stdout.on("data", (chunk: Buffer) => {
      writeSync(log, chunk);
      for (const screen of this.#screens) if (!screen.write(chunk)) this.#waitFor(screen);
    });
    const drained = new Promise((resolve) => terminal.stdout.once("close", resolve));
    this.ended = terminal.ended.then(async (code) => {
      await drained;
      closeSync(log);
      return code;
    });
  }

  static async start(
    command: string[],
    options: { cwd: string; logFile: string; owner?: { uid: number; gid: number } | undefined },
  ): Promise<ContainerTerminal> {
    return new ContainerTerminal(await startTerminal(command, options), options.logFile);
  }

  /** Shows from now on what is written; returns how to end that. */
  show(screen: Writable): () => void {
    const leave = (): void => {
      if (this.#screens.delete(screen)) this.#goOn();
    };
    this.#screens.add(screen);
    screen.once("close", leave);
    return leave;
  }

  #waitFor(screen: Writable): void {
    this.#pause();
    screen.once("drain", this.#goOn);
  }
}
