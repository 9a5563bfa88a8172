import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { subscriptions } from "@kyma/crds/resource-types.ts";
import { ServiceRouter } from "@kyma/event-dispatcher/testing/service-router.ts";
import { connectNats } from "@kyma/eventing/nats.ts";
import {
  consumerConfig,
  deadLetterStreamConfig,
  defaultStreamLimits,
  eventStream,
  eventStreamConfig,
  type StreamLimits,
} from "@kyma/eventing/streams.ts";
import { readSubscription } from "@kyma/eventing/subscription-spec.ts";
import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { namespaces, services } from "@kyma/kube/resource-types.ts";
import { install } from "@kyma/local-cluster/install/install.ts";
import { readLocalManifest } from "@kyma/local-cluster/install/manifests.ts";
import type { TestProcess } from "@kyma/local-cluster/testing/control-plane.ts";
import { mountAccount } from "@kyma/local-cluster/testing/mounted-account.ts";
import { jetstreamManager, type JetStreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type EventingOptions,
  type EventingProcesses,
  type Launched,
  prepareProcesses,
} from "./eventing-processes.ts";

/** What a Subscription wants, and how it gets it. */
export interface WantedSubscription {
  types: string[];
  config?: Record<string, string>;
  /** Of the sink's URL. */
  path?: string;
}

export const source = "shop";

interface Parts {
  client: KubeClient;
  connection: NatsConnection;
  streams: JetStreamManager;
  namespace: string;
  router: ServiceRouter;
  folders: string[];
  launched: Launched;
  isProfiled: boolean;
}

/** Eventing without a node: Services lead to loopback ports of the caller's choice. */
export class EventingPlatform {
  readonly client: KubeClient;
  /** As the controllers. */
  readonly streams: JetStreamManager;
  readonly namespace: string;
  readonly processes: EventingProcesses;
  readonly publisherPort: number;
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.client = parts.client;
    this.streams = parts.streams;
    this.namespace = parts.namespace;
    this.processes = parts.launched.processes;
    this.publisherPort = parts.launched.publisherPort;
    this.#parts = parts;
  }

  /** Resolves when all that was started is ready. */
  static async start(options: EventingOptions): Promise<EventingPlatform> {
    const { nats, kubeconfig } = options;
    const client = new KubeClient(connect(loadKubeConfig(kubeconfig), { userAgent: "kyma-test" }));
    const connection = await connectNats(nats.access("controllers"), "test");
    const streams = await jetstreamManager(connection, { timeout: 20_000, checkAPI: false });
    await install(client, readLocalManifest("eventing-rights.yaml"));
    const namespace = `eventing-${Math.random().toString(36).slice(2, 8)}`;
    await client.create(namespaces, { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
    const [router, ...folders] = await Promise.all([
      ServiceRouter.start(),
      mountAccount(client, { namespace: "kyma-system", name: "event-gateway" }),
      mountAccount(client, { namespace: "kyma-system", name: "event-dispatcher" }),
      mkdtemp(join(tmpdir(), "kyma-eventing-")),
    ]);
    const [gatewayAccount, dispatcherAccount, logs] = folders;
    const launched = await prepareProcesses(options, {
      server: client.connection.access.server,
      proxy: options.proxyUrl ?? router.url,
      gatewayAccount,
      dispatcherAccount,
      logs,
    });
    const platform = new EventingPlatform({
      client,
      connection,
      streams,
      namespace,
      router,
      folders,
      launched,
      isProfiled: options.nodeFlags !== undefined,
    });
    await platform.#startAll().catch(async (error: unknown) => {
      const log = await platform.lastWords();
      await platform.stop();
      throw new Error(`eventing does not start: ${log}`, { cause: error });
    });
    return platform;
  }

  /** Everything but NATS, which the caller started. */
  async stop(): Promise<void> {
    const { router, connection, folders, isProfiled } = this.#parts;
    // Node writes a profile only when it ends by itself.
    await Promise.all(this.#all().map((process) => (isProfiled ? process.stop(5000) : process.kill())));
    await Promise.all([router.stop(), connection.close()]);
    this.client.connection.close();
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
  }

  /** What the controllers would make, where there are none. */
  async makeStreams(limits: Partial<StreamLimits> = {}): Promise<void> {
    const all = { ...defaultStreamLimits, ...limits };
    await this.streams.streams.add(eventStreamConfig(all));
    await this.streams.streams.add(deadLetterStreamConfig(all));
  }

  /** A Service of that name, whose only pod listens at this port of loopback. */
  async expose(name: string, port: number): Promise<void> {
    this.#parts.router.route(this.#host(name), port);
    const metadata = { name, namespace: this.namespace };
    const service = { apiVersion: "v1", kind: "Service", metadata, spec: { ports: [{ port: 80 }] } };
    await this.client.create(services, service);
  }

  /** A Subscription of the Service of the same name; its consumers too, where there are no controllers. */
  async subscribe(name: string, { types, config, path = "" }: WantedSubscription): Promise<Subscription> {
    const metadata = { name, namespace: this.namespace };
    const subscription: Subscription = {
      apiVersion: "eventing.kyma-project.io/v1alpha2",
      kind: "Subscription",
      metadata,
      spec: { sink: `http://${this.#host(name)}${path}`, source, types, ...(config && { config }) },
    };
    if (!this.processes.controllers) await this.#makeConsumers(subscription);
    return this.client.create(subscriptions, subscription);
  }

  /** The last lines of each process's log, for who wants to know why something failed. */
  async lastWords(): Promise<string> {
    const logs = this.#all().map(async ({ logFile }) => {
      const text = await readFile(logFile, "utf8").catch(() => "");
      return `${logFile.split("/").at(-1)}:\n${text.trim().split("\n").slice(-15).join("\n")}`;
    });
    return (await Promise.all(logs)).join("\n");
  }

  #host(name: string): string {
    return `${name}.${this.namespace}.svc.cluster.local`;
  }

  async #makeConsumers({ metadata: { name }, spec }: Subscription): Promise<void> {
    const key = { namespace: this.namespace, name };
    const read = readSubscription(key, spec, []);
    if ("problems" in read) throw new Error(JSON.stringify(read.problems));
    for (const { subject } of read.types)
      await this.streams.consumers.add(eventStream, consumerConfig(key, subject, read.config));
  }

  #all(): TestProcess[] {
    const { gateway, dispatchers, controllers } = this.processes;
    return [...(controllers ? [controllers] : []), gateway, ...dispatchers];
  }

  async #startAll(): Promise<void> {
    await Promise.all(this.#all().map((process) => process.start()));
    await Promise.all(this.#all().map((process) => process.ready()));
  }
}
