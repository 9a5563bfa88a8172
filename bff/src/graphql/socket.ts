import { GraphQLError, type ExecutionArgs, type ExecutionResult } from "graphql";
import { CloseCode } from "graphql-ws";
import { useServer, type Extra } from "graphql-ws/use/ws";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import { WebSocketServer, type WebSocket } from "ws";
import type { Caller, GraphqlContext } from "./context.ts";
import { badInput } from "./errors.ts";
import { SendTurns } from "./send-turns.ts";
import type { GraphqlServer } from "./yoga.ts";

export interface SocketLimits {
  /** Bytes of one message from the client. */
  payload: number;
  /** Operations that run on one socket at the same time. */
  operations: number;
  /** Messages and pings per second, averaged over ten seconds. */
  messagesPerSecond: number;
  sockets: number;
  /** Milliseconds that a client may take to send connection_init. */
  initWaitMs: number;
  /** Milliseconds between pings; a client that has not answered one by the next is cut. */
  pingEveryMs: number;
}

export const defaultSocketLimits: SocketLimits = {
  payload: 1024 * 1024,
  operations: 100,
  messagesPerSecond: 100,
  sockets: 500,
  initWaitMs: 3000,
  pingEveryMs: 12_000,
};

export interface SocketOptions {
  graphql: GraphqlServer;
  log: Logger;
  limits?: Partial<SocketLimits>;
}

/** Close code by which a page learns that its session acts as somebody else now: connect again, forget what was loaded. */
const switched = 4410;

interface Connected {
  caller: Caller;
  signal: AbortSignal;
  turns: SendTurns;
}
type Carrier = Extra & Record<PropertyKey, unknown> & { connected?: Connected };

/** The GraphQL WebSocket. Who may open one was decided before `accept` is called. */
export class GraphqlSockets {
  readonly #server: WebSocketServer;
  readonly #callers = new WeakMap<IncomingMessage, Caller>();
  readonly #limits: SocketLimits;
  readonly #dispose: () => void | Promise<void>;

  constructor(options: SocketOptions) {
    const limits = { ...defaultSocketLimits, ...options.limits };
    this.#limits = limits;
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: limits.payload,
      perMessageDeflate: false,
    });
    this.#server.on("connection", (socket, request) => this.#guard(socket, request));
    const { dispose } = useServer<Record<string, unknown>, Carrier>(
      {
        connectionInitWaitTimeout: limits.initWaitMs,
        isProd: true,
        onConnect: ({ extra }) => this.#connect(extra),
        onSubscribe: (socket, id, payload) => {
          if (socket.subscriptions && Object.keys(socket.subscriptions).length > limits.operations) {
            return [badInput(`one connection can run ${limits.operations} operations at a time`)];
          }
          return prepare(options, socket.extra, payload, id);
        },
        execute: (args) => preparedOf(args).enveloped.execute(args) as never,
        subscribe,
      },
      this.#server,
      limits.pingEveryMs,
    );
    this.#dispose = dispose;
  }

  get count(): number {
    return this.#server.clients.size;
  }

  /** What the system has not taken yet, as some clients read slowly. */
  get bufferedBytes(): number {
    return [...this.#server.clients].reduce((sum, { bufferedAmount }) => sum + bufferedAmount, 0);
  }

  /** Takes over the connection, or answers 503 when there are too many. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller): void {
    if (this.count >= this.#limits.sockets) {
      socket.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    this.#callers.set(request, caller);
    this.#server.handleUpgrade(request, socket, head, (client) =>
      this.#server.emit("connection", client, request),
    );
  }

  async close(): Promise<void> {
    const closing = Promise.resolve(this.#dispose());
    for (const client of this.#server.clients) setTimeout(() => client.terminate(), 500).unref();
    await closing;
  }

  #connect(extra: Carrier): boolean {
    const caller = this.#callers.get(extra.request);
    if (!caller?.touch()) return false;
    const gone = new AbortController();
    extra.socket.once("close", () => gone.abort());
    extra.connected = { caller, signal: gone.signal, turns: new SendTurns() };
    return true;
  }

  /** Ends the socket with its session, and one that floods at once. */
  #guard(socket: WebSocket, request: IncomingMessage): void {
    const stop = this.#callers
      .get(request)
      ?.onEnd((reason) => socket.close(reason === "switched" ? switched : CloseCode.Unauthorized, reason));
    socket.once("close", () => stop?.());
    let left = this.#limits.messagesPerSecond * 10;
    const refill = setInterval(() => (left = this.#limits.messagesPerSecond * 10), 10_000).unref();
    const spend = (): void => {
      if (--left < 0) socket.terminate();
    };
    socket.on("message", spend).on("ping", spend);
    socket.once("close", () => clearInterval(refill));
  }
}

type Enveloped = ReturnType<GraphqlServer["getEnveloped"]>;
interface Prepared {
  enveloped: Enveloped;
  turns: SendTurns;
}

async function prepare(
  options: SocketOptions,
  extra: Carrier,
  payload: {
    query: string;
    operationName?: string | null | undefined;
    variables?: Record<string, unknown> | null | undefined;
  },
  id: string,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const connected = extra.connected;
  if (!connected?.caller.touch()) {
    extra.socket.close(CloseCode.Unauthorized, "signed out");
    return [];
  }
  const context: GraphqlContext = {
    caller: connected.caller,
    transport: "websocket",
    signal: connected.signal,
    log: options.log.child({ operation: id.slice(0, 40) }),
  };
  const enveloped = options.graphql.getEnveloped(context as never);
  try {
    const document = enveloped.parse(payload.query);
    const errors = enveloped.validate(enveloped.schema, document);
    if (errors.length) return errors.map(forClient);
    return {
      schema: enveloped.schema,
      document,
      operationName: payload.operationName ?? null,
      variableValues: payload.variables ?? {},
      contextValue: await enveloped.contextFactory(),
      rootValue: { enveloped, turns: connected.turns } satisfies Prepared,
    };
  } catch (error) {
    if (error instanceof GraphQLError) return [forClient(error)];
    throw error;
  }
}

function preparedOf(args: ExecutionArgs): Prepared {
  return args.rootValue as Prepared;
}

async function subscribe(
  args: ExecutionArgs,
): Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>> {
  const { enveloped, turns } = preparedOf(args);
  const result = (await enveloped.subscribe(args)) as
    ExecutionResult | AsyncIterableIterator<ExecutionResult>;
  return Symbol.asyncIterator in result ? turns.pace(result) : result;
}

function forClient(error: GraphQLError): GraphQLError {
  const { http: _, ...extensions } = error.extensions;
  return new GraphQLError(error.message, { extensions, ...(error.nodes ? { nodes: error.nodes } : {}) });
}
