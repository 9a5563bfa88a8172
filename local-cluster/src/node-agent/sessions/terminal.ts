import { spawn } from "node:child_process";
import { chownSync, closeSync, constants, openSync } from "node:fs";
import type { Socket } from "node:net";
import { Readable, Writable } from "node:stream";
import { type Command, commandPath, endFamily, exitOf, type TerminalSize } from "./command.ts";
import { keepFromChildren, withoutTerminals } from "./descriptors.ts";

const largestSize = 2000;
/** What is still in the terminal when its last process ends comes within this time. */
const drainMs = 1000;
const endOfFile = Buffer.from([4]);

/** What the package makes of a terminal that it opens without a process. */
interface OpenTerminal {
  _master: Socket;
  _slave: Socket;
  _fd: number;
  _pty: string;
  resize(columns: number, rows: number): void;
}

type Open = (options: { cols: number; rows: number; encoding: null }) => OpenTerminal;

/**
 * Starts a command on a terminal of its own, which belongs to `owner`. The command must make it its controlling terminal (setsid --ctty): as
 * the leader of a session inside the container's PID namespace, or shells cannot tell their jobs apart. The native part is loaded at the
 * first terminal: most nodes never need it.
 */
export async function startTerminal(
  commandLine: string[],
  options: { cwd: string; owner?: { uid: number; gid: number } | undefined },
): Promise<Command> {
  const { open } = (await import("@lydell/node-pty")) as unknown as { open: Open };
  const terminal = open({ cols: 80, rows: 24, encoding: null });
  const { _master: master, _fd: descriptor } = terminal;
  const forget = keepFromChildren(descriptor);
  master.once("close", forget).on("error", () => master.destroy());
  const child = startOn(terminal, commandLine, options);
  const stdout = readableOf(master);
  const ended = exitOf(child).finally(() => {
    if (!stdout.readableEnded) setTimeout(() => master.destroy(), drainMs).unref();
  });
  ended.catch(() => {});
  const resize = ({ columns, rows }: TerminalSize): void => {
    if (isSize(columns) && isSize(rows) && !master.destroyed) terminal.resize(columns, rows);
  };
  const kill = (): void => {
    master.destroy();
    endFamily(child.pid);
  };
  return { stdin: writableOf(master, kill), stdout, resize, ended, kill, pid: child.pid ?? 0 };
}

function startOn(
  terminal: OpenTerminal,
  [program = "", ...args]: string[],
  { cwd, owner }: { cwd: string; owner?: { uid: number; gid: number } | undefined },
) {
  // Opened anew: the package's own descriptor does not wait, which programs do not expect of their input.
  const slave = openSync(terminal._pty, constants.O_RDWR | constants.O_NOCTTY);
  try {
    if (owner) chownSync(terminal._pty, owner.uid, owner.gid);
    terminal._slave.destroy();
    const stdio = withoutTerminals([slave, slave, slave]);
    return spawn(program, args, { cwd, detached: true, stdio, env: { PATH: commandPath } });
  } finally {
    closeSync(slave);
  }
}

/** Reading fails once the last process has closed the terminal: that is its end. */
function readableOf(master: Socket): Readable {
  const readable = new Readable({ read: () => void master.resume(), highWaterMark: 256 * 1024 });
  master.on("data", (chunk: Buffer) => {
    if (!readable.push(chunk)) master.pause();
  });
  master.once("close", () => readable.push(null));
  return readable;
}

/**
 * The end of the input is the end of the terminal's line: the API server does not tell in another way that a WebSocket client has gone. A shell
 * gets the end of file that it knows, whatever else runs there a second later the hang-up.
 */
function writableOf(master: Socket, hangUp: () => void): Writable {
  return new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (master.destroyed || !master.writable) done();
      else master.write(chunk, () => done());
    },
    final: (done) => {
      if (!master.destroyed && master.writable) master.write(endOfFile);
      setTimeout(hangUp, drainMs).unref();
      done();
    },
  });
}

function isSize(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value <= largestSize;
}
