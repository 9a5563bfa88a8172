import { connectNats } from "@kyma/eventing/nats.ts";
import {
  defaultStreamLimits,
  eventStream,
  eventStreamConfig,
  type StreamLimits,
} from "@kyma/eventing/streams.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { startNats, type TestNats } from "@kyma/local-cluster/testing/nats-server.ts";
import { jetstreamManager, type JetStreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import pino from "pino";
import { vi } from "vitest";
import type { GatewayConfig } from "../config.ts";
import { EventGateway } from "../event-gateway.ts";

export interface TestAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface TestRequest {
  method?: string;
  path?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

/** An event as the stream has it. */
export interface StoredEvent {
  subject: string;
  headers: Record<string, string[]>;
  event: Record<string, unknown>;
}

/** A gateway on a real nats-server with its stream; everything of one test file. */
export interface GatewayScene {
  nats: TestNats;
  /** As the controllers. */
  manager: JetStreamManager;
  config: GatewayConfig;
  port: number;
  adminPort: number;
  send: (request: TestRequest) => Promise<TestAnswer>;
  /** Publishes in structured mode. */
  publish: (event: object) => Promise<TestAnswer>;
  /** All that the stream holds. */
  stored: () => Promise<StoredEvent[]>;
  makeStream: (limits?: Partial<StreamLimits>) => Promise<void>;
  /** The gateway accepts events, and the scene's own connection stands. */
  untilReady: () => Promise<void>;
  stop: () => Promise<void>;
}

export interface SceneOptions {
  config?: Partial<GatewayConfig>;
  nats?: Parameters<typeof startNats>[0];
  stream?: Partial<StreamLimits>;
}

/** An event that is as it should be. */
export function sampleEvent(id: string, others: object = {}): object {
  return { specversion: "1.0", id, source: "shop", type: "order.created.v1", ...others };
}

export function gatewayConfig(nats: TestNats, others: Partial<GatewayConfig> = {}): GatewayConfig {
  return {
    listenAddress: "127.0.0.1",
    port: 0,
    adminPort: 0,
    nats: nats.access("event-gateway"),
    bodyLimit: 65_536,
    requestTimeoutMs: 5000,
    logLevel: "silent",
    ...others,
  };
}

export async function startScene(client: KubeClient, options: SceneOptions = {}): Promise<GatewayScene> {
  const nats = await startNats(options.nats);
  const controllers = await connectNats(nats.access("controllers"), "test");
  const manager = await jetstreamManager(controllers, { timeout: 20_000 });
  const config = gatewayConfig(nats, options.config);
  const gateway = new EventGateway(config, client, pino({ level: "silent" }));
  const ports = await gateway.start();
  const agent = new Agent({ keepAlive: true });
  const send = (wanted: TestRequest): Promise<TestAnswer> => sendTo(ports.port, agent, wanted);
  const scene: GatewayScene = {
    nats,
    manager,
    config,
    ...ports,
    send,
    publish: (event) =>
      send({ headers: { "content-type": "application/cloudevents+json" }, body: JSON.stringify(event) }),
    stored: () => storedEvents(manager),
    makeStream: (limits) => makeStream(manager, limits),
    untilReady: () =>
      vi.waitFor(async () => {
        const { status, body } = await send({ method: "GET", path: "/readyz" });
        if (status !== 200) throw new Error(body);
        await controllers.rtt();
      }, 20_000),
    stop: async () => {
      agent.destroy();
      await gateway.stop();
      await closeAll(controllers, nats);
    },
  };
  await scene.makeStream(options.stream);
  await scene.untilReady();
  return scene;
}

async function closeAll(connection: NatsConnection, nats: TestNats): Promise<void> {
  await connection.close();
  await nats.stop();
}

/** With a consumer of all: the stream keeps only what somebody is interested in. */
async function makeStream(manager: JetStreamManager, limits: Partial<StreamLimits> = {}): Promise<void> {
  await manager.streams.add(eventStreamConfig({ ...defaultStreamLimits, ...limits }));
  await manager.consumers.add(eventStream, { durable_name: "all", ack_policy: "explicit" });
}

async function storedEvents(manager: JetStreamManager): Promise<StoredEvent[]> {
  const { first_seq: first, last_seq: last } = (await manager.streams.info(eventStream)).state;
  const events: StoredEvent[] = [];
  for (let seq = Math.max(1, first); seq <= last; seq++) {
    const message = await manager.streams.getMessage(eventStream, { seq });
    if (!message) continue;
    const event = message.json<Record<string, unknown>>();
    events.push({ subject: message.subject, headers: Object.fromEntries(message.header), event });
  }
  return events;
}

/** One request over the agent's connections. Rejects when there is no answer. */
export function sendTo(
  port: number,
  agent: Agent,
  { method = "POST", path = "/publish", headers = {}, body }: TestRequest,
): Promise<TestAnswer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const outgoing = request(
      { host: "127.0.0.1", port, agent, method, path, headers: { ...length, ...headers } },
      (incoming) => {
        let text = "";
        incoming.setEncoding("utf8");
        incoming.on("data", (chunk: string) => (text += chunk));
        incoming.on("end", () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text }),
        );
        incoming.on("error", reject);
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
