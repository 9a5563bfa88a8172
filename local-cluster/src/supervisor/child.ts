import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";

/** A program to run: absolute path, arguments, environment added to ours, where its output goes. */
export interface Command {
  name: string;
  file: string;
  arguments: readonly string[];
  environment?: Readonly<Record<string, string>>;
  logFile: string;
  /** What the system sends when our own process dies without stopping it. */
  signalOnParentDeath: "KILL" | "TERM";
}

/** How a process ended: `code` or `signal`, never both. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** One run of a program. It has a session of its own, so that Ctrl-C reaches only us and we stop things in order. */
export class Child {
  readonly exited: Promise<Exit>;
  readonly pid: number;
  readonly #process: ChildProcess;
  #exit: Exit | undefined;

  private constructor(process: ChildProcess, pid: number) {
    this.#process = process;
    this.pid = pid;
    this.exited = new Promise((resolve) => {
      process.once("exit", (code, signal) => {
        this.#exit = { code, signal };
        resolve(this.#exit);
      });
    });
  }

  /** Starts the program; rejects when it cannot be executed. Output is appended to the log file. */
  static async start(command: Command): Promise<Child> {
    await mkdir(dirname(command.logFile), { recursive: true });
    const log = await open(command.logFile, "a", 0o600);
    try {
      const { file, arguments: args } = dyingWithUs(command);
      const child = spawn(file, args, {
        detached: true,
        stdio: ["ignore", log.fd, log.fd],
        env: { ...process.env, ...command.environment },
      });
      await new Promise<void>((resolve, reject) => {
        child.once("spawn", resolve);
        child.once("error", (cause) =>
          reject(new Error(`${command.name} cannot be started: ${cause.message}`, { cause })),
        );
      });
      return new Child(child, child.pid!);
    } finally {
      await log.close();
    }
  }

  get running(): boolean {
    return this.#exit === undefined;
  }

  /** Sends a signal; a process that has ended is left alone. */
  signal(signal: NodeJS.Signals): void {
    if (this.running) this.#process.kill(signal);
  }

  /** Asks the process to end, and kills it when it has not ended after `graceMs`. */
  async stop(graceMs: number): Promise<Exit> {
    this.signal("SIGTERM");
    const timer = setTimeout(() => this.signal("SIGKILL"), graceMs);
    const exit = await this.exited;
    clearTimeout(timer);
    return exit;
  }
}

const setpriv = ["/usr/bin/setpriv", "/bin/setpriv"].find((file) => existsSync(file));

// Where util-linux is missing, the next start finds the leftovers by their recorded pids instead.
function dyingWithUs(command: Command): { file: string; arguments: readonly string[] } {
  if (!setpriv) return command;
  return {
    file: setpriv,
    arguments: ["--pdeathsig", command.signalOnParentDeath, "--", command.file, ...command.arguments],
  };
}
