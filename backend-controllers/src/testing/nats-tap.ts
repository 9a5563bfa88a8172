import { type Server, type Socket, connect, createServer } from "node:net";
import { once } from "node:events";

/** A TCP proxy in front of nats-server that notes what is written to JetStream. */
export interface NatsTap {
  port: number;
  /** Subjects of the requests that change something, without "$JS.API.", in order. */
  writes: string[];
  close(): void;
}

export interface TapOptions {
  port: number;
  /** Called with the number of each write (from 1): before it goes on, or when the server has acted and nobody heard of it. */
  onWrite?: (write: number, when: "before" | "after") => void;
}

const changing =
  /^\$JS\.API\.((?:STREAM\.(?:CREATE|UPDATE|DELETE|PURGE)|CONSUMER\.(?:CREATE|DURABLE|DELETE|PAUSE))\..*)$/;

export async function startNatsTap({ port, onWrite }: TapOptions): Promise<NatsTap> {
  const writes: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    const upstream = connect(port, "127.0.0.1");
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => (client.destroy(), upstream.destroy()));
    }
    let unanswered = 0;
    const commands = new CommandReader();
    client.on("data", (chunk: Buffer) => {
      for (const { subject, bytes } of commands.read(chunk)) {
        const [, write] = changing.exec(subject ?? "") ?? [];
        if (write !== undefined) {
          unanswered = writes.push(write);
          onWrite?.(unanswered, "before");
        }
        if (!upstream.destroyed) upstream.write(bytes);
      }
    });
    upstream.on("data", (chunk: Buffer) => {
      if (unanswered > 0 && /(?:^|\n)H?MSG /.test(chunk.toString("latin1"))) {
        onWrite?.(unanswered, "after");
        unanswered = 0;
      }
      client.write(chunk);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { port: typeof address === "object" && address ? address.port : 0, writes, close };
}

interface Command {
  /** Of a message. */
  subject: string | undefined;
  bytes: Buffer;
}

/** Splits what a client of NATS sends into commands, payloads included. */
class CommandReader {
  #rest: Buffer = Buffer.alloc(0);

  *read(chunk: Buffer): Generator<Command> {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const end = this.#rest.indexOf("\r\n");
      if (end < 0) return;
      const words = this.#rest.toString("latin1", 0, end).split(" ");
      const carries = words[0] === "PUB" || words[0] === "HPUB";
      const length = end + 2 + (carries ? Number(words.at(-1)) + 2 : 0);
      if (this.#rest.length < length) return;
      const bytes = this.#rest.subarray(0, length);
      this.#rest = this.#rest.subarray(length);
      yield { subject: carries ? words[1] : undefined, bytes };
    }
  }
}
