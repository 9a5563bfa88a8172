import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { Family } from "../containers/process-stat.ts";
import { withoutTerminals } from "./descriptors.ts";

/** Columns and rows of a terminal. */
export interface TerminalSize {
  columns: number;
  rows: number;
}

/** A process that was started for somebody who is connected to it. */
export interface Command {
  pid: number;
  stdin: Writable;
  stdout: Readable;
  /** Missing where a terminal joins both. */
  stderr?: Readable;
  resize(size: TerminalSize): void;
  /** The exit code, as a shell tells it. */
  ended: Promise<number>;
  /** Ends it and all that it started. */
  kill(): void;
}

export const commandPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const signalBase = 128;
const hangUpMs = 1000;

/** Starts a command without a terminal. */
export function startCommand(commandLine: string[], cwd: string): Command {
  const [program = "", ...args] = commandLine;
  const child = spawn(program, args, {
    cwd,
    detached: true,
    stdio: withoutTerminals(["pipe", "pipe", "pipe"]),
    env: { PATH: commandPath },
  });
  const ended = exitOf(child);
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new Error("the command has got no pipes");
  stdin.on("error", () => stdin.destroy());
  return {
    pid: child.pid ?? 0,
    stdin,
    stdout,
    stderr,
    resize: () => {},
    ended,
    kill: () => endFamily(child.pid),
  };
}

/** The exit code as a shell tells it. */
export function exitOf(child: ChildProcess): Promise<number> {
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? signalBase + signalNumber(signal)));
  });
  // Who cares for the end asks later; a failed start is no reason to end the agent.
  ended.catch(() => {});
  return ended;
}

function signalNumber(signal: NodeJS.Signals | null): number {
  return (
    { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGSEGV: 11, SIGPIPE: 13, SIGTERM: 15 }[
      signal as string
    ] ?? 9
  );
}

/** A hang-up, as when a line is cut, and a second later the end of all that has not heard it. */
export function endFamily(leader: number | undefined): void {
  if (!leader) return;
  const family = new Family(leader);
  signalFamily(family, "SIGHUP");
  setTimeout(() => signalFamily(family, "SIGKILL"), hangUpMs).unref();
}

/** Signals every member once; those too that were born meanwhile, until there are no new ones. */
function signalFamily(family: Family, name: NodeJS.Signals): void {
  const told = new Set<number>();
  for (let before = -1; before < told.size;) {
    before = told.size;
    for (const { pid } of family.living()) {
      if (!told.has(pid)) signal(pid, name);
      told.add(pid);
    }
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}
