import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import type { Caller } from "../graphql/context.ts";
import { clientMessage, type ClientMessage, type ServerMessage } from "./messages.ts";
import { Terminal, type Screen } from "./terminal.ts";

export interface TerminalLimits {
  /** Bytes of one message from the browser. */
  payload: number;
  /** Terminals of one session at the same time. */
  terminals: number;
  sockets: number;
  /** Messages and pings per second, averaged over ten seconds. */
  messagesPerSecond: number;
  /** Milliseconds in which a browser must say what it wants. */
  openWaitMs: number;
  /** Milliseconds for which a shell waits for a cut socket to come back. */
  lingerMs: number;
}

export const defaultTerminalLimits: TerminalLimits = {
  payload: 128 * 1024,
  terminals: 10,
  sockets: 200,
  messagesPerSecond: 200,
  openWaitMs: 3000,
  lingerMs: 60_000,
};

/** Close codes beside those of the protocol itself. */
const closeCodes = {
  signedOut: 4401,
  /** The session goes on, as somebody else: whoever needs a terminal opens another. */
  switched: 4410,
  tooLate: 4408,
  badMessage: 4400,
  tooMany: 4429,
} as const;

/** The terminals of all sessions. Who may open a socket was decided before `accept` is called. */
export class Terminals {
  readonly #log: Logger;
  readonly #limits: TerminalLimits;
  readonly #server: WebSocketServer;
  readonly #ofCaller = new Map<Caller, Map<string, Terminal>>();

  constructor(log: Logger, limits: Partial<TerminalLimits> = {}) {
    this.#log = log;
    this.#limits = { ...defaultTerminalLimits, ...limits };
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: this.#limits.payload,
      perMessageDeflate: false,
    });
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller): void {
    if (this.#server.clients.size >= this.#limits.sockets) {
      socket.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (client) => this.#serve(client, caller));
  }

  close(): void {
    for (const terminals of this.#ofCaller.values())
      for (const terminal of terminals.values()) terminal.end();
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  #serve(client: WebSocket, caller: Caller): void {
    const screen = new SocketScreen(client);
    let terminal: Terminal | undefined;
    const late = setTimeout(
      () => client.close(closeCodes.tooLate, "nothing asked for"),
      this.#limits.openWaitMs,
    );
    const forget = caller.onEnd((reason) =>
      client.close(reason === "switched" ? closeCodes.switched : closeCodes.signedOut, reason),
    );
    this.#guard(client);
    client.on("message", (data: RawData, isBinary: boolean) => {
      if (!caller.touch()) return client.close(closeCodes.signedOut, "signed out");
      if (isBinary) return terminal?.input(toBuffer(data));
      const message = clientMessage.safeParse(parse(toBuffer(data)));
      if (!message.success) return client.close(closeCodes.badMessage, "a message cannot be read");
      if (terminal) return this.#obey(terminal, message.data, screen);
      clearTimeout(late);
      terminal = this.#begin(message.data, { screen, caller, client });
    });
    client.once("close", () => {
      clearTimeout(late);
      forget();
      terminal?.leave(screen);
    });
    client.on("error", () => client.terminate());
  }

  #begin(
    message: ClientMessage,
    { screen, caller, client }: { screen: Screen; caller: Caller; client: WebSocket },
  ): Terminal | undefined {
    const own = this.#terminalsOf(caller);
    if (message.type === "resume") {
      const terminal = own.get(message.id);
      if (terminal) terminal.show(screen, message.received, message);
      else screen.send({ type: "ended", reason: "GONE", message: "The shell has ended meanwhile." });
      return terminal;
    }
    if (message.type !== "open") {
      client.close(closeCodes.badMessage, "nothing is open");
      return undefined;
    }
    if (own.size >= this.#limits.terminals) {
      const text = `${this.#limits.terminals} terminals are open already; close one first.`;
      screen.send({ type: "ended", reason: "FAILED", message: text });
      client.close(closeCodes.tooMany, "too many terminals");
      return undefined;
    }
    const { namespace, pod, container, mode } = message;
    this.#log.info({ user: caller.user, namespace, pod, container, mode }, "a terminal was opened");
    const terminal = new Terminal({
      kube: caller.kube,
      open: message,
      log: this.#log,
      lingerMs: this.#limits.lingerMs,
      onEnd: () => own.delete(terminal.id),
    });
    own.set(terminal.id, terminal);
    terminal.show(screen, undefined, message);
    void terminal.run();
    return terminal;
  }

  #obey(terminal: Terminal, message: ClientMessage, screen: Screen): void {
    if (message.type === "resize") terminal.resize(message);
    else if (message.type === "ping") screen.send({ type: "pong" });
    else if (message.type === "end") {
      terminal.end();
      screen.close();
    }
  }

  #terminalsOf(caller: Caller): Map<string, Terminal> {
    let own = this.#ofCaller.get(caller);
    if (!own) {
      own = new Map();
      const terminals = own;
      this.#ofCaller.set(caller, own);
      caller.onEnd(() => {
        this.#ofCaller.delete(caller);
        for (const terminal of terminals.values()) terminal.end();
      });
    }
    return own;
  }

  /** Ends a socket that floods or does not answer. */
  #guard(client: WebSocket): void {
    let left = this.#limits.messagesPerSecond * 10;
    let alive = true;
    const spend = (): void => {
      if (--left < 0) client.terminate();
    };
    const tick = setInterval(() => {
      left = this.#limits.messagesPerSecond * 10;
      if (!alive) client.terminate();
      alive = false;
      client.ping();
    }, 10_000).unref();
    client.on("message", spend).on("ping", spend);
    client.on("pong", () => (alive = true));
    client.once("close", () => clearInterval(tick));
  }
}

class SocketScreen implements Screen {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  get waiting(): number {
    return this.#socket.bufferedAmount;
  }

  send(message: ServerMessage): void {
    this.#socket.send(JSON.stringify(message), () => undefined);
  }

  output(bytes: Buffer): void {
    this.#socket.send(bytes, { binary: true }, () => undefined);
  }

  close(): void {
    this.#socket.close(1000);
  }
}

function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
