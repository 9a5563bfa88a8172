import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isAlive, type ProcessStat, readStat } from "./process-stat.ts";

/** How a container process ended; `finishedAt` in milliseconds since 1970. */
export interface ProcessEnd {
  exitCode: number;
  finishedAt: number;
}

const killedCode = 137;
const pollMs = 250;
/** A shim that an agent started just before it was killed has come so far as to leave its id after this time. */
const startingMs = 2000;

/**
 * One container's processes: shim and everything below it, one process group. Identified only by what the shim left in its run directory,
 * so it makes no difference whether this agent or an earlier one started them.
 */
export class ContainerProcess {
  readonly directory: string;
  /** Settles once nothing of the container runs any more. */
  readonly ended: Promise<ProcessEnd>;

  /** The process group, when this agent started it. */
  readonly #group: number | undefined;

  private constructor(directory: string, ended: Promise<ProcessEnd>, group?: number) {
    this.directory = directory;
    this.ended = ended;
    this.#group = group;
  }

  /** Starts `command` with standard output and error appended to `logFile`. */
  static start(
    directory: string,
    command: string[],
    options: { cwd: string; logFile: string },
  ): ContainerProcess {
    const log = openSync(options.logFile, "a", 0o600);
    const [program = "", ...args] = command;
    const env = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" };
    const child = spawn(program, args, {
      cwd: options.cwd,
      detached: true,
      stdio: ["ignore", log, log],
      env,
    });
    closeSync(log);
    child.unref();
    const ended = new Promise<ProcessEnd>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) =>
        resolve(endOf(directory, signal ? killedCode : (code ?? killedCode))),
      );
    });
    return new ContainerProcess(directory, ended, child.pid);
  }

  /** Takes over what an earlier agent started in `directory`. */
  static adopt(directory: string): ContainerProcess {
    return new ContainerProcess(directory, pollEnd(directory));
  }

  get shim(): ProcessStat | undefined {
    return readStat(join(this.directory, "shim.stat"));
  }

  /** The container's first process, as this machine numbers it. */
  get main(): ProcessStat | undefined {
    return readStat(join(this.directory, "main.stat"));
  }

  /** Asks the container's first process to end, as a kubelet does. False when it has not come that far yet. */
  terminate(): boolean {
    const main = this.main;
    if (!main || !isAlive(main)) return false;
    return signal(main.pid, "SIGTERM");
  }

  /** Ends every process of the container at once, also those that outlived the first. */
  kill(): void {
    const { main, shim } = this;
    if (main && isAlive(main)) signal(main.pid, "SIGKILL");
    const group = shim?.pid ?? this.#group;
    // Of an earlier agent's container only a living shim proves that the number is still its group's.
    if (group && (this.#group || (shim && isAlive(shim)))) signal(-group, "SIGKILL");
  }
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
    return false;
  }
}

/** What the shim wrote, or, when it was killed before it could, `fallback` and the present. */
function endOf(directory: string, fallback: number): ProcessEnd {
  const file = join(directory, "exit");
  try {
    const text = readFileSync(file, "utf8");
    if (text.endsWith("\n"))
      return { exitCode: Number(text), finishedAt: Math.round(statSync(file).mtimeMs) };
  } catch {
    // No shim came so far as to make the file.
  }
  return { exitCode: fallback, finishedAt: Date.now() };
}

function pollEnd(directory: string): Promise<ProcessEnd> {
  const giveUpAt = Date.now() + startingMs;
  return new Promise((resolve) => {
    const look = (): boolean => {
      const shim = readStat(join(directory, "shim.stat"));
      if (shim ? isAlive(shim) : Date.now() < giveUpAt) return false;
      resolve(endOf(directory, killedCode));
      return true;
    };
    if (look()) return;
    const timer = setInterval(() => {
      if (look()) clearInterval(timer);
    }, pollMs);
    timer.unref();
  });
}
