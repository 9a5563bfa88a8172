/**
 * A process that publishes CloudEvents of 1 KB in binary mode over plain sockets, cheap enough not to be what is measured. Its argument is the
 * PublishLoad as JSON; it prints a PublishFigures.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { PublishFigures, PublishLoad } from "./publish-figures.ts";
import { percentile } from "./statistics.ts";

const idDigits = 12;

/** A request with room for the id, and where that is. */
function template({ prefix }: PublishLoad): { bytes: Buffer; at: number } {
  const body = JSON.stringify({ order: "x".repeat(1024 - '{"order":""}'.length) });
  const head = [
    "POST /publish HTTP/1.1",
    "host: publisher",
    "ce-specversion: 1.0",
    "ce-source: shop",
    "ce-type: bench.created.v1",
    "content-type: application/json",
    `content-length: ${body.length}`,
    `ce-id: ${prefix}-`,
  ].join("\r\n");
  const bytes = Buffer.from(`${head}${"0".repeat(idDigits)}\r\n\r\n${body}`);
  return { bytes, at: head.length };
}

/** One connection with at most one request on its way. */
class Client {
  readonly #socket: Socket;
  readonly #request: { bytes: Buffer; at: number };
  readonly #onAnswer: (client: Client, status: string) => void;
  #answer = "";
  /** When the request on its way was due, by performance.now(). */
  due = 0;

  constructor(load: PublishLoad, onAnswer: (client: Client, status: string) => void) {
    const { bytes, at } = template(load);
    this.#request = { bytes, at };
    this.#onAnswer = onAnswer;
    this.#socket = connect({ host: "127.0.0.1", port: load.port, noDelay: true });
    this.#socket.setEncoding("latin1");
    this.#socket.on("data", (text: string) => this.#take(text));
  }

  connected(): Promise<unknown> {
    return once(this.#socket, "connect");
  }

  send(id: number, due: number): void {
    const { bytes, at } = this.#request;
    this.due = due;
    bytes.write(String(id).padStart(idDigits, "0"), at, "latin1");
    this.#socket.write(Buffer.from(bytes));
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(text: string): void {
    this.#answer += text;
    // Whatever is not 204 ends the load, so its body does not matter.
    if (!this.#answer.includes("\r\n\r\n")) return;
    const status = this.#answer.slice(9, 12);
    this.#answer = "";
    this.#onAnswer(this, status);
  }
}

/** Closed loop without a rate, else open loop: events are due whether or not answers come, and waiting for a free connection counts. */
async function publish(load: PublishLoad): Promise<PublishFigures> {
  const { clients: count, seconds, warmUpSeconds, rate } = load;
  const latencies: number[] = [];
  const due: number[] = [];
  const free: Client[] = [];
  let next = 0;
  let isOver = false;
  let measuredFrom = Infinity;
  const onAnswer = (client: Client, status: string): void => {
    const now = performance.now();
    if (status !== "204") throw new Error(`the publisher answers ${status}`);
    if (client.due >= measuredFrom) latencies.push(now - client.due);
    const first = due.shift();
    if (isOver || (rate !== undefined && first === undefined)) free.push(client);
    else client.send(next++, first ?? now);
  };
  const clients = Array.from({ length: count }, () => new Client(load, onAnswer));
  await Promise.all(clients.map((client) => client.connected()));
  if (rate === undefined) for (const client of clients) client.send(next++, performance.now());
  else free.push(...clients);
  const pace =
    rate === undefined
      ? undefined
      : paced(rate, (at) => {
          const client = free.shift();
          if (client) client.send(next++, at);
          else due.push(at);
        });
  await delay(warmUpSeconds * 1000);
  const cpu = process.cpuUsage();
  measuredFrom = performance.now();
  await delay(seconds * 1000);
  const took = (performance.now() - measuredFrom) / 1000;
  const accepted = latencies.length;
  const used = process.cpuUsage(cpu);
  clearInterval(pace);
  isOver = true;
  while (free.length < count) await delay(10);
  for (const client of clients) client.close();
  return {
    perSecond: accepted / took,
    p50: percentile(latencies, 50),
    p99: percentile(latencies, 99),
    longest: percentile(latencies, 100),
    cpuShare: (used.user + used.system) / 1e6 / took,
  };
}

/** Calls `send` with each time at which an event is due. */
function paced(rate: number, send: (due: number) => void): NodeJS.Timeout {
  const began = performance.now();
  let sent = 0;
  return setInterval(() => {
    for (const now = performance.now(); ; sent++) {
      const due = began + (sent * 1000) / rate;
      if (due > now) return;
      send(due);
    }
  }, 1);
}

console.log(JSON.stringify(await publish(JSON.parse(process.argv[2] ?? "") as PublishLoad)));
process.exit(0);
