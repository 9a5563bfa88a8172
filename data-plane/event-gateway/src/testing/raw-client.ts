import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** One connection, byte by byte, for what no HTTP client does. */
export class RawClient {
  readonly socket: Socket;
  /** Until the server ends the connection. */
  readonly ended: Promise<unknown>;
  #received = "";

  static async open(port: number): Promise<RawClient> {
    const socket = connect({ host: "127.0.0.1", port });
    await once(socket, "connect");
    return new RawClient(socket);
  }

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => (this.#received += text));
    socket.on("error", () => undefined);
    this.ended = once(socket, "close");
  }

  write(text: string): void {
    this.socket.write(text, "latin1");
  }

  get received(): string {
    return this.#received;
  }

  /** The statuses of all answers so far. */
  get statuses(): number[] {
    return [...this.#received.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
  }
}

/** A request as it goes over the wire. `length`: what it says of its body, when that is not so. */
export function rawPublish(body: string, { length = Buffer.byteLength(body), more = "" } = {}): string {
  return `POST /publish HTTP/1.1\r\nHost: x\r\nContent-Type: application/cloudevents+json\r\nContent-Length: ${length}\r\n${more}\r\n${body}`;
}
