import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

/** An event as a sink gets it. */
export interface ReceivedEvent {
  id: string;
  type: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** performance.now() when it was there, and when it was answered. */
  at: number;
  until: number | undefined;
}

export type Answering = (event: ReceivedEvent, response: ServerResponse, request: IncomingMessage) => unknown;

/** A real HTTP server that takes events; it answers 204 unless told otherwise. */
export class EventSink {
  readonly received: ReceivedEvent[] = [];
  readonly #server: Server;
  #open = 0;
  /** Calls that were open at the same time, at most. */
  mostOpen = 0;
  answer: Answering;

  private constructor(answer: Answering) {
    this.answer = answer;
    this.#server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
      void this.#take(request, response);
    });
  }

  static async start(answer: Answering = accepted): Promise<EventSink> {
    const sink = new EventSink(answer);
    sink.#server.listen(0, "127.0.0.1");
    await once(sink.#server, "listening");
    return sink;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** In the order in which they came. */
  ids(): string[] {
    return this.received.map(({ id }) => id);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray().catch(() => [])).toString("utf8");
    const { headers } = request;
    const event: ReceivedEvent = {
      id: String(headers["ce-id"]),
      type: String(headers["ce-type"]),
      headers,
      body,
      at: performance.now(),
      until: undefined,
    };
    this.received.push(event);
    this.mostOpen = Math.max(this.mostOpen, ++this.#open);
    response.once("close", () => {
      this.#open--;
      event.until = performance.now();
    });
    this.answer(event, response, request);
  }
}

export const accepted: Answering = (_, response) => response.writeHead(204).end();

export function status(code: number, headers: Record<string, string> = {}, body = ""): Answering {
  return (_, response) => response.writeHead(code, headers).end(body);
}
