import { connectNats } from "@kyma/eventing/nats.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import type { NatsConnection } from "@nats-io/transport-node";
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";
import { AcknowledgedPublisher } from "./acknowledged.ts";
import { createAdminServer } from "./admin-server.ts";
import type { GatewayConfig } from "./config.ts";
import { eventRoutes } from "./event-routes.ts";
import { GatewayMetrics } from "./metrics.ts";
import { RequestBodies } from "./request-body.ts";
import { createGatewayServer } from "./server.ts";
import { ApplicationNames } from "./sources.ts";
import { Subscriptions } from "./subscriptions.ts";

/** Bodies under way may take so many bytes together; the pod's memory is 256 MiB. */
const mostBodyBytes = 32 * 2 ** 20;
/** How long connections are still taken after the readiness probe fails, so that load balancers can take the pod out, ms. */
const drainMs = 1000;
const sweepMs = 100;
/** How much longer than a client may take to send a request its connection is kept in the end, ms. */
const lastAnswerMs = 1000;

/** Takes events over HTTP and hands them to the stream. */
export class EventGateway {
  readonly #config: GatewayConfig;
  readonly #log: Logger;
  readonly #ended = new AbortController();
  readonly #publisher: AcknowledgedPublisher;
  readonly #names: ApplicationNames;
  readonly #subscriptions: Subscriptions;
  readonly #server: Server;
  readonly #admin: Server;
  #connection: NatsConnection | undefined;
  #isDraining = false;

  constructor(config: GatewayConfig, client: KubeClient, log: Logger) {
    this.#config = config;
    this.#log = log;
    const publisher = (this.#publisher = new AcknowledgedPublisher(config.requestTimeoutMs, log));
    const names = (this.#names = new ApplicationNames(client, log));
    const subscriptions = (this.#subscriptions = new Subscriptions(client, log));
    const unreadyReason = (): string | undefined => this.#unreadyReason();
    const metrics = new GatewayMetrics(config.nats.url, () => unreadyReason() === undefined);
    const bodies = new RequestBodies({ one: config.bodyLimit, all: mostBodyBytes });
    const find = eventRoutes({ bodies, publisher, names, subscriptions, metrics, unreadyReason });
    this.#server = createGatewayServer({
      find,
      bodies,
      metrics,
      log,
      receiveTimeoutMs: config.requestTimeoutMs,
      isDraining: () => this.#isDraining,
    });
    this.#admin = createAdminServer(metrics.registry);
  }

  /** Listens at once; NATS and the API server may come later. Rejects when it cannot listen. */
  async start(): Promise<{ port: number; adminPort: number }> {
    const { port, adminPort, listenAddress } = this.#config;
    const ports = { port: await listen(this.#server, port, listenAddress), adminPort: 0 };
    ports.adminPort = await listen(this.#admin, adminPort, listenAddress);
    this.#names.start(this.#ended.signal);
    this.#subscriptions.start(this.#ended.signal);
    // It rejects only when the gateway ends before.
    void this.#connect().catch(() => undefined);
    return ports;
  }

  /** Fails the readiness probe, finishes what is under way, and closes all connections. */
  async stop(): Promise<void> {
    this.#isDraining = true;
    await delay(drainMs);
    await close(this.#server, this.#config.requestTimeoutMs + lastAnswerMs);
    this.#ended.abort();
    await this.#connection?.close();
    await close(this.#admin, 0);
  }

  #unreadyReason(): string | undefined {
    if (this.#isDraining) return "the event gateway is ending";
    return this.#publisher.connected ? this.#names.problem : "there is no connection to NATS";
  }

  async #connect(): Promise<void> {
    const { nats } = this.#config;
    const { signal } = this.#ended;
    const onFailure = (reason: unknown): void =>
      this.#log.warn({ err: reason }, `cannot connect to NATS at ${nats.url}`);
    const connection = await connectNats(nats, "event-gateway", { signal, onFailure });
    if (signal.aborted) return connection.close();
    this.#connection = connection;
    this.#publisher.attach(connection, `_INBOX.${nats.user}`);
    this.#log.info({ nats: nats.url }, "connected to NATS");
  }
}

async function listen(server: Server, port: number, address: string): Promise<number> {
  server.listen(port, address);
  try {
    await once(server, "listening");
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new Error(`it cannot listen on ${address}:${port}: ${reason}`, { cause });
  }
  return (server.address() as AddressInfo).port;
}

/** `atMostMs`: how long requests may still take. Node holds nobody to the server's own limits once it closes. */
async function close(server: Server, atMostMs: number): Promise<void> {
  const closed = once(server, "close");
  server.close();
  // A connection that was busy becomes idle later.
  const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
  const limit = setTimeout(() => server.closeAllConnections(), atMostMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(limit);
}
