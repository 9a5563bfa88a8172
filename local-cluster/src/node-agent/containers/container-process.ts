import { execFileSync, spawn } from "node:child_process";
import { closeSync, constants, existsSync, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import { Writable } from "node:stream";
import { ContainerTerminal } from "../sessions/container-terminal.ts";
import { withoutTerminals } from "../sessions/descriptors.ts";
import { isAlive, type ProcessStat, readStat } from "./process-stat.ts";

/** How a container process ended; `finishedAt` in milliseconds since 1970. */
export interface ProcessEnd {
  exitCode: number;
  finishedAt: number;
}

const inputName = "stdin";
const inputOnceName = "stdin-once";
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
  /** Its terminal, where it has one. */
  readonly terminal: ContainerTerminal | undefined;
  /** Where one client's input is to be the end of its input. */
  #inputOnce: Socket | undefined;

  private constructor(
    directory: string,
    ended: Promise<ProcessEnd>,
    own: { group?: number | undefined; terminal?: ContainerTerminal } = {},
  ) {
    this.directory = directory;
    this.ended = ended;
    this.#group = own.group;
    this.terminal = own.terminal;
  }

  /** Starts `command` as `start` does, on a terminal of its own. */
  static async startOnTerminal(
    directory: string,
    command: string[],
    options: { cwd: string; logFile: string; owner?: { uid: number; gid: number } },
  ): Promise<ContainerProcess> {
    const terminal = await ContainerTerminal.start(command, options);
    const ended = terminal.ended.then((code) => endOf(directory, code));
    return new ContainerProcess(directory, ended, { group: terminal.pid, terminal });
  }

  /** Starts `command` with standard output and error appended to `logFile`. */
  static start(
    directory: string,
    command: string[],
    options: { cwd: string; logFile: string },
  ): ContainerProcess {
    const log = openSync(options.logFile, "a", 0o600);
    const inputOnce = existsSync(join(directory, inputOnceName)) ? openInput(directory) : undefined;
    const [program = "", ...args] = command;
    const env = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" };
    const child = spawn(program, args, {
      cwd: options.cwd,
      detached: true,
      stdio: withoutTerminals(["ignore", log, log]),
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
    const process = new ContainerProcess(directory, ended, { group: child.pid });
    process.#inputOnce = inputOnce;
    void ended.catch(() => {}).finally(() => inputOnce?.destroy());
    return process;
  }

  /** Takes over what an earlier agent started in `directory`. */
  static adopt(directory: string): ContainerProcess {
    return new ContainerProcess(directory, pollEnd(directory));
  }

  /** What a client writes here is the container's standard input; undefined where it has none. */
  openInput(): Writable | undefined {
    const { terminal } = this;
    if (terminal)
      return new Writable({ write: (chunk, _encoding, done) => terminal.stdin.write(chunk, done) });
    if (existsSync(join(this.directory, inputOnceName))) return this.#inputOnce;
    return existsSync(join(this.directory, inputName)) ? openInput(this.directory) : undefined;
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

/** Opened for both directions a FIFO needs nobody at its other end. */
function openInput(directory: string): Socket {
  const descriptor = openSync(join(directory, inputName), constants.O_RDWR | constants.O_NONBLOCK);
  const socket = new Socket({ fd: descriptor, readable: false, writable: true });
  return socket.on("error", () => socket.destroy());
}

/** Makes the FIFO of a container that has standard input; with `once` the first client's end is its end. */
export function makeInput(directory: string, once: boolean): void {
  execFileSync("mkfifo", ["-m", "600", join(directory, inputName)]);
  if (once) writeFileSync(join(directory, inputOnceName), "");
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
