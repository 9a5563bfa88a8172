import { retryDelay } from "./subscribe.ts";

/** Where a terminal is opened. */
export interface TerminalTarget {
  namespace: string;
  pod: string;
  container: string;
  /** Runs a shell, or joins the container's own process. */
  mode: "exec" | "attach";
  /** Tried in turn. */
  commands: string[][];
}

export interface TerminalSize {
  cols: number;
  rows: number;
}

export type TerminalEnd = "EXITED" | "NO_SHELL" | "FORBIDDEN" | "FAILED" | "GONE" | "TAKEN";

export interface TerminalListener {
  output: (bytes: Uint8Array) => void;
  /** It runs; `isContinued`: the shell of before, whose output goes on. */
  opened: (terminal: { id: string; command: string; isContinued: boolean }) => void;
  waiting: (message: string) => void;
  /** The socket was cut; the shell waits while it is opened again. */
  lost: () => void;
  ended: (end: { reason: TerminalEnd; exitCode?: number; message: string }) => void;
}

type ServerMessage =
  | { type: "waiting"; message: string }
  | { type: "opened"; id: string; offset: number; command: string }
  | { type: "pong" }
  | { type: "ended"; reason: TerminalEnd; exitCode?: number; message: string };

const pingEveryMs = 3000;
const pongWithinMs = 4000;
/** The server keeps a shell for a minute. */
const mostTries = 14;

/** A terminal in a container. It survives a cut socket: what was missed is sent when it is back. */
export class TerminalLink {
  readonly #target: TerminalTarget;
  readonly #listener: TerminalListener;
  #size: TerminalSize;
  #id: string | undefined;
  #received = 0;
  #socket: WebSocket | undefined;
  #tries = 0;
  #over = false;
  #ping: ReturnType<typeof setInterval> | undefined;
  #heardAt = 0;

  /** `id`: a terminal that was open before (this page was loaded anew); its output is sent again from the beginning. */
  constructor(
    target: TerminalTarget,
    { id, size, listener }: { id: string | undefined; size: TerminalSize; listener: TerminalListener },
  ) {
    this.#target = target;
    this.#listener = listener;
    this.#size = size;
    this.#id = id;
    this.#connect();
  }

  input(text: string): void {
    this.#sendBytes(new TextEncoder().encode(text));
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    this.#say({ type: "resize", ...size });
  }

  /** Leaves the shell, which waits for a minute. */
  leave(): void {
    this.#over = true;
    clearInterval(this.#ping);
    this.#socket?.close();
  }

  /** Ends the shell. */
  end(): void {
    this.#say({ type: "end" });
    this.leave();
  }

  #connect(): void {
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/terminal`);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.addEventListener("open", () => this.#begin());
    socket.addEventListener("message", ({ data }: MessageEvent<string | ArrayBuffer>) => {
      this.#heardAt = Date.now();
      if (typeof data !== "string") return this.#take(new Uint8Array(data));
      this.#hear(JSON.parse(data) as ServerMessage);
    });
    socket.addEventListener("close", ({ code }) => {
      clearInterval(this.#ping);
      if (this.#over || socket !== this.#socket) return;
      if (code === 4401) return this.#end({ reason: "FAILED", message: "You are not signed in any more." });
      if (code === 4410)
        return this.#end({
          reason: "FAILED",
          message: "This shell ran with other rights: you changed as whom you view.",
        });
      this.#retry();
    });
  }

  #begin(): void {
    const { cols, rows } = this.#size;
    this.#heardAt = Date.now();
    if (this.#id === undefined) this.#say({ type: "open", ...this.#target, cols, rows });
    else this.#say({ type: "resume", id: this.#id, received: this.#received, cols, rows });
    this.#ping = setInterval(() => {
      if (Date.now() - this.#heardAt > pingEveryMs + pongWithinMs) this.#socket?.close();
      else this.#say({ type: "ping" });
    }, pingEveryMs);
  }

  #retry(): void {
    this.#tries += 1;
    this.#listener.lost();
    if (this.#tries > mostTries)
      return this.#end({ reason: "FAILED", message: "The console's server cannot be reached." });
    setTimeout(() => this.#over || this.#connect(), retryDelay(this.#tries));
  }

  #hear(message: ServerMessage): void {
    if (message.type === "waiting") this.#listener.waiting(message.message);
    else if (message.type === "opened") {
      this.#tries = 0;
      const isContinued = this.#id === message.id;
      this.#id = message.id;
      this.#received = message.offset;
      this.#listener.opened({ id: message.id, command: message.command, isContinued });
    } else if (message.type === "ended") this.#ended(message);
  }

  /** A shell of before that is gone is no end: a new one is opened, on the same socket as nothing is open on it. */
  #ended(message: ServerMessage & { type: "ended" }): void {
    if (message.reason === "GONE" && this.#received === 0) {
      this.#id = undefined;
      this.#say({ type: "open", ...this.#target, ...this.#size });
      return;
    }
    this.#end(message);
  }

  #end(end: { reason: TerminalEnd; exitCode?: number; message: string }): void {
    this.leave();
    this.#listener.ended(end);
  }

  #take(bytes: Uint8Array): void {
    this.#received += bytes.length;
    this.#listener.output(bytes);
  }

  /** Pasted text may be longer than one message may be. */
  #sendBytes(bytes: Uint8Array<ArrayBuffer>): void {
    const most = 32 * 1024;
    for (let from = 0; from < bytes.length; from += most) {
      if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(bytes.subarray(from, from + most));
    }
  }

  #say(message: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}
