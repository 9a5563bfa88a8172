import type { KubeClient } from "@kyma/kube/client.ts";
import { ApiError, ForbiddenError, UnauthorizedError } from "@kyma/kube/errors.ts";
import { objectPath } from "@kyma/kube/paths.ts";
import { pods } from "@kyma/kube/resource-types.ts";
import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import { KubeStream } from "./kube-stream.ts";
import type { EndReason, OpenMessage, ServerMessage } from "./messages.ts";
import { isComplaint, outcomeOf, type Outcome } from "./outcome.ts";
import { ReplayBuffer } from "./replay-buffer.ts";
import { untilRunning } from "./until-running.ts";

/** Who sees a terminal now: a browser's socket. */
export interface Screen {
  send(message: ServerMessage): void;
  output(bytes: Buffer): void;
  /** Bytes that the browser has not taken yet. */
  readonly waiting: number;
  close(): void;
}

const keptBytes = 1024 * 1024;
/** While nobody takes more than so many bytes the container has to wait. */
const mostWaiting = 512 * 1024;

/**
 * Ctrl-C and Ctrl-D: a kubelet lets a shell run on when its client has gone, so what runs in front is interrupted and the shell told that
 * there is no more input.
 */
function hangUp(stream: KubeStream): void {
  stream.resume();
  stream.write(Buffer.from([3, 4]));
  stream.close();
}

/** One shell in a container. It outlives a cut socket by `lingerMs`; then, or when its person signs out, it ends. */
export class Terminal {
  readonly id = randomBytes(24).toString("base64url");
  readonly #kube: KubeClient;
  readonly #open: OpenMessage;
  readonly #log: Logger;
  readonly #onEnd: () => void;
  readonly #lingerMs: number;
  readonly #replay = new ReplayBuffer(keptBytes);
  readonly #stop = new AbortController();
  #stream: KubeStream | undefined;
  #screen: Screen | undefined;
  #size: { cols: number; rows: number };
  #command = "";
  #linger: NodeJS.Timeout | undefined;
  #drain: NodeJS.Timeout | undefined;
  #missed = 0;

  constructor(parts: {
    kube: KubeClient;
    open: OpenMessage;
    log: Logger;
    lingerMs: number;
    onEnd: () => void;
  }) {
    this.#kube = parts.kube;
    this.#open = parts.open;
    this.#log = parts.log;
    this.#onEnd = parts.onEnd;
    this.#lingerMs = parts.lingerMs;
    this.#size = parts.open;
  }

  /** Runs the first command that is in the container; settles when it is over. */
  async run(): Promise<void> {
    const { mode, commands } = this.#open;
    try {
      if (mode === "attach") return this.#finish(await this.#attach());
      let last: Outcome = { reason: "FAILED", message: "There is no command to run." };
      for (const command of commands) {
        last = await this.#try(this.#path("exec", command), command.join(" "));
        if (last.reason !== "NOT_THERE") break;
      }
      this.#finish(last);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Shows it here from now on; whoever showed it before is told. */
  show(screen: Screen, received: number | undefined, size: { cols: number; rows: number }): void {
    if (this.#screen && this.#screen !== screen) {
      this.#screen.send({ type: "ended", reason: "TAKEN", message: "Another tab shows this terminal now." });
      this.#screen.close();
    }
    this.#screen = screen;
    clearTimeout(this.#linger);
    this.resize(size);
    if (received === undefined) return;
    const { from, bytes } = this.#replay.since(received);
    screen.send({ type: "opened", id: this.id, offset: from, command: this.#command });
    if (bytes.length > 0) screen.output(bytes);
    this.#missed = 0;
    this.#stream?.resume();
  }

  /** The socket was cut: the shell waits for it to come back. */
  leave(screen: Screen): void {
    if (this.#screen !== screen) return;
    this.#screen = undefined;
    this.#linger = setTimeout(() => this.end(), this.#lingerMs).unref();
  }

  input(bytes: Buffer): void {
    this.#stream?.write(bytes);
  }

  resize(size: { cols: number; rows: number }): void {
    this.#size = { cols: size.cols, rows: size.rows };
    this.#stream?.resize(this.#size);
  }

  end(): void {
    clearTimeout(this.#linger);
    clearTimeout(this.#drain);
    this.#stop.abort();
    if (this.#stream) hangUp(this.#stream);
    this.#onEnd();
  }

  async #attach(): Promise<Outcome> {
    const { namespace, pod, container } = this.#open;
    await untilRunning(this.#kube, { namespace, pod, container }, this.#stop.signal, (message) =>
      this.#screen?.send({ type: "waiting", message }),
    );
    return this.#try(this.#path("attach"), "");
  }

  /** One command until it ends. */
  #try(path: string, command: string): Promise<Outcome> {
    let first = "";
    let held: Buffer[] = [];
    let isOpen = false;
    const announce = (): void => {
      if (isOpen) return;
      isOpen = true;
      this.#command = command;
      this.#screen?.send({ type: "opened", id: this.id, offset: this.#replay.written, command });
      for (const chunk of held) this.#take(chunk);
      held = [];
    };
    return new Promise((resolve, reject) => {
      const output = (chunk: Buffer): void => {
        if (first.length < 500) first += chunk.toString("utf8").slice(0, 500);
        if (isOpen) return this.#take(chunk);
        held.push(chunk);
        // A runtime that writes its complaint as if the command had said it: the next command is tried, and nobody sees it.
        if (!isComplaint(first)) announce();
      };
      const ended = (status: Parameters<typeof outcomeOf>[0] | undefined): void => {
        clearTimeout(quiet);
        const broken = { reason: "FAILED", message: "The connection to the container broke." } as const;
        const outcome = status ? outcomeOf(status, first) : broken;
        if (outcome.reason !== "NOT_THERE" && held.length > 0) announce();
        resolve(outcome);
      };
      // A program that says nothing at first, such as what one attaches to, is there all the same.
      let quiet: NodeJS.Timeout | undefined;
      const opened = async (): Promise<void> => {
        const stream = await KubeStream.open(this.#kube, path, { output, ended });
        if (this.#stop.signal.aborted) hangUp(stream);
        this.#stream = stream;
        stream.resize(this.#size);
        quiet = setTimeout(announce, 700);
      };
      opened().catch(reject);
    });
  }

  #take(chunk: Buffer): void {
    this.#replay.push(chunk);
    if (this.#screen) {
      this.#screen.output(chunk);
      if (this.#screen.waiting > mostWaiting) this.#wait();
    } else {
      this.#missed += chunk.length;
      if (this.#missed > mostWaiting) this.#stream?.pause();
    }
  }

  #wait(): void {
    this.#stream?.pause();
    clearTimeout(this.#drain);
    this.#drain = setTimeout(() => {
      if (this.#screen && this.#screen.waiting > mostWaiting / 2) this.#wait();
      else if (this.#screen) this.#stream?.resume();
    }, 20).unref();
  }

  #path(subresource: "exec" | "attach", command: readonly string[] = []): string {
    const { namespace, pod, container } = this.#open;
    const query = new URLSearchParams({ container, stdin: "true", stdout: "true", tty: "true" });
    for (const part of command) query.append("command", part);
    return `${objectPath(pods, { namespace, name: pod }, subresource)}?${query.toString()}`;
  }

  #finish(outcome: Outcome): void {
    if (outcome.reason === "NOT_THERE")
      return this.#tell("NO_SHELL", `Container "${this.#open.container}" has no shell to run.`);
    this.#tell(outcome.reason, outcome.message, outcome.reason === "EXITED" ? outcome.exitCode : undefined);
  }

  #fail(error: unknown): void {
    if (this.#stop.signal.aborted) return;
    const refused = error instanceof ForbiddenError || error instanceof UnauthorizedError;
    if (!(error instanceof ApiError)) this.#log.error({ err: error }, "a terminal failed unexpectedly");
    this.#tell(refused ? "FORBIDDEN" : "FAILED", error instanceof Error ? error.message : String(error));
  }

  #tell(reason: EndReason, message: string, exitCode?: number): void {
    this.#screen?.send({ type: "ended", reason, message, ...(exitCode === undefined ? {} : { exitCode }) });
    this.end();
  }
}
