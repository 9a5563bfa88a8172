import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { subscriptions } from "@kyma/crds/resource-types.ts";
import { connectNats } from "@kyma/eventing/nats.ts";
import {
  consumerConfig,
  deadLetterStream,
  deadLetterStreamConfig,
  defaultStreamLimits,
  eventStream,
  eventStreamConfig,
  type StreamLimits,
} from "@kyma/eventing/streams.ts";
import { readSubscription } from "@kyma/eventing/subscription-spec.ts";
import { consumerName, subjectOf } from "@kyma/eventing/subjects.ts";
import { KubeClient } from "@kyma/kube/client.ts";
import { Connection } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { configMaps, namespaces, services } from "@kyma/kube/resource-types.ts";
import { startNats, type TestNats } from "@kyma/local-cluster/testing/nats-server.ts";
import {
  jetstream,
  jetstreamManager,
  type ConsumerConfig,
  type JetStreamClient,
  type JetStreamManager,
} from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { pino } from "pino";
import { Registry } from "prom-client";
import { vi } from "vitest";
import { ByteBudget } from "../byte-budget.ts";
import { ClusterView } from "../cluster-view.ts";
import { Dispatcher } from "../dispatcher.ts";
import { DispatcherMetrics } from "../metrics.ts";
import { NatsLink } from "../nats-link.ts";
import { SinkClient } from "../sink-client.ts";
import type { EventSink } from "./event-sink.ts";
import { ServiceRouter } from "./service-router.ts";

export interface StoredLetter {
  headers: Record<string, string>;
  text: string;
  /** Empty when the text is no JSON. */
  event: Record<string, unknown>;
}

export interface RunningDispatcher {
  view: ClusterView;
  registry: Registry;
  nats: NatsConnection;
  stop: (graceMs?: number) => Promise<void>;
}

export const source = "shop";
const allowedHosts = "allowed-hosts";

interface Parts {
  nats: TestNats;
  client: KubeClient;
  namespace: string;
  router: ServiceRouter;
  controllers: NatsConnection;
  manager: JetStreamManager;
  publisher: NatsConnection;
}

/** NATS with its streams, a namespace, Services that lead to sinks of the test, and dispatchers. The test does what controllers do. */
export class Scene {
  readonly parts: Parts;
  readonly #events: JetStreamClient;
  readonly #dispatchers = new Set<RunningDispatcher>();

  private constructor(parts: Parts) {
    this.parts = parts;
    this.#events = jetstream(parts.publisher, { timeout: 20_000 });
  }

  static async start(kubeconfig: string, limits: Partial<StreamLimits> = {}): Promise<Scene> {
    const nats = await startNats();
    const client = new KubeClient(new Connection(loadKubeConfig(kubeconfig)));
    const namespace = `dispatch-${Math.random().toString(36).slice(2, 8)}`;
    await client.create(namespaces, { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
    const controllers = await connectNats(nats.access("controllers"), "test");
    const publisher = await connectNats(nats.access("event-gateway"), "test");
    const manager = await jetstreamManager(controllers, { timeout: 20_000 });
    const router = await ServiceRouter.start();
    const scene = new Scene({ nats, client, namespace, router, controllers, manager, publisher });
    await scene.makeStreams(limits);
    return scene;
  }

  async stop(): Promise<void> {
    const { controllers, publisher, router, nats, client } = this.parts;
    await Promise.all([...this.#dispatchers].map((one) => one.stop(0)));
    await Promise.all([controllers.close(), publisher.close(), router.stop()]);
    await nats.stop();
    client.connection.close();
  }

  async makeStreams(limits: Partial<StreamLimits> = {}): Promise<void> {
    const all = { ...defaultStreamLimits, ...limits };
    await this.parts.manager.streams.add(eventStreamConfig(all));
    await this.parts.manager.streams.add(deadLetterStreamConfig(all));
  }

  host(service: string): string {
    return `${service}.${this.parts.namespace}.svc.cluster.local`;
  }

  /** A Service whose only pod is the sink. */
  async expose(service: string, sink: EventSink): Promise<void> {
    const metadata = { name: service, namespace: this.parts.namespace };
    const spec = { ports: [{ port: 80 }] };
    await this.parts.client.create(services, {
      apiVersion: "v1",
      kind: "Service",
      metadata,
      spec,
    } as KubeObject);
    this.parts.router.route(this.host(service), sink.port);
  }

  /** A Subscription of the type `<name>.created.v1` and its consumer. */
  async subscribe(
    name: string,
    options: { sink?: string; config?: Record<string, string>; consumer?: Partial<ConsumerConfig> } = {},
  ): Promise<Subscription> {
    const subscription: Subscription = {
      apiVersion: "eventing.kyma-project.io/v1alpha2",
      kind: "Subscription",
      metadata: { name, namespace: this.parts.namespace },
      spec: {
        sink: options.sink ?? `http://${this.host(name)}`,
        source,
        types: [`${name}.created.v1`],
        config: { deliverFrom: "all", ...options.config },
      },
    };
    await this.makeConsumer(subscription, options.consumer);
    return this.parts.client.create(subscriptions, subscription);
  }

  /** Makes it, or makes it as it should be. */
  async makeConsumer(subscription: Subscription, others: Partial<ConsumerConfig> = {}): Promise<void> {
    const key = this.key(subscription.metadata.name);
    const read = readSubscription(key, subscription.spec, ["*.svc.cluster.local"]);
    if ("problems" in read) throw new Error(JSON.stringify(read.problems));
    for (const { subject } of read.types) {
      const config = { ...consumerConfig(key, subject, read.config), ...others };
      const { consumers } = this.parts.manager;
      const name = consumerName(key, subject);
      const known = await consumers.info(eventStream, name).catch(() => undefined);
      if (known) await consumers.update(eventStream, name, config);
      else await consumers.add(eventStream, config);
    }
  }

  /** As an administrator does, but for this scene alone. */
  async allowHost(host: string): Promise<void> {
    const metadata = this.key(allowedHosts);
    const data = { allowedHosts: host };
    await this.parts.client.create(configMaps, {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata,
      data,
    } as KubeObject);
  }

  key(name: string): { namespace: string; name: string } {
    return { namespace: this.parts.namespace, name };
  }

  /** Resolves when the stream has the event, and rejects when it does not say so. */
  async publish(name: string, id: string, others: object = {}, timeout = 20_000): Promise<void> {
    const type = `${name}.created.v1`;
    const subject = subjectOf(source, type, "standard");
    const event = { specversion: "1.0", id, source, type: subject, originaltype: type, ...others };
    await this.#events.publish(subject, JSON.stringify(event), { msgID: `${name} ${id}`, timeout });
  }

  /** Stores anything at all where the Subscription's events are. */
  async publishText(name: string, text: string): Promise<void> {
    await this.#events.publish(subjectOf(source, `${name}.created.v1`, "standard"), text);
  }

  async publishAll(
    name: string,
    ids: readonly string[],
    others: (id: string) => object = () => ({}),
  ): Promise<void> {
    await Promise.all(ids.map((id) => this.publish(name, id, others(id))));
  }

  async startDispatcher(budget = new ByteBudget()): Promise<RunningDispatcher> {
    const { nats, client, router } = this.parts;
    const access = nats.access("event-dispatcher");
    const log = pino({ level: process.env["TEST_LOG_LEVEL"] ?? "silent" });
    const connection = await connectNats(access, "event-dispatcher");
    const link = await NatsLink.over(connection, log);
    const registry = new Registry();
    const sinks = new SinkClient({ env: { HTTP_PROXY: router.url } });
    const allowed = this.key(allowedHosts);
    const onError = (error: unknown): void => log.warn({ err: error }, "the API server does not answer");
    const view = new ClusterView({ client, allowedHosts: allowed, onError });
    const ending = new AbortController();
    const dispatcher = new Dispatcher({
      view,
      link,
      inboxPrefix: `_INBOX.${access.user}`,
      sinks,
      metrics: new DispatcherMetrics(registry, () => link.isConnected),
      log,
      budget,
    });
    await view.start(ending.signal);
    dispatcher.start();
    const running: RunningDispatcher = {
      view,
      registry,
      nats: connection,
      stop: async (graceMs = 5_000) => {
        if (!this.#dispatchers.delete(running)) return;
        ending.abort();
        await dispatcher.stop(graceMs);
        await connection.drain().catch(() => undefined);
        sinks.close();
      },
    };
    this.#dispatchers.add(running);
    return running;
  }

  /** Kills NATS and starts it again, with what `between` did. */
  async restartNats(between: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    const { nats, controllers, publisher } = this.parts;
    await nats.process.kill();
    await between();
    await nats.process.start();
    await nats.process.ready();
    await vi.waitFor(() => Promise.all([controllers.flush(), publisher.flush()]), 20_000);
  }

  /** What was put aside for a Subscription, in order. */
  async deadLetters(name: string): Promise<StoredLetter[]> {
    const { manager, namespace } = this.parts;
    const { state } = await manager.streams.info(deadLetterStream);
    const letters: StoredLetter[] = [];
    for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq++) {
      const message = await manager.streams.getMessage(deadLetterStream, { seq });
      if (message?.subject !== `deadletter.${namespace}.${name}`) continue;
      const headers = Object.fromEntries([...message.header].map(([key, [value = ""]]) => [key, value]));
      const text = message.string();
      const event = text.startsWith("{") ? (JSON.parse(text) as Record<string, unknown>) : {};
      letters.push({ headers, text, event });
    }
    return letters;
  }

  /** Resolves when the stream holds no event: all are delivered or put aside. */
  async untilSettled(limitMs = 30_000): Promise<void> {
    await vi.waitFor(async () => {
      const { messages } = (await this.parts.manager.streams.info(eventStream)).state;
      if (messages > 0) throw new Error(`${messages} events are not settled`);
    }, limitMs);
  }
}

/** The numbers from 0 on, as ids that sort. */
export function ids(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index).padStart(5, "0"));
}
