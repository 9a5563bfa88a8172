import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { subscriptions } from "@kyma/crds/resource-types.ts";
import { ServiceRouter } from "@kyma/event-dispatcher/testing/service-router.ts";
import { connectNats, type NatsAccess } from "@kyma/eventing/nats.ts";
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
import { writeNatsAccess } from "@kyma/local-cluster/nats/access.ts";
import { findFreePorts } from "@kyma/local-cluster/supervisor/ports.ts";
import { httpProbe } from "@kyma/local-cluster/supervisor/probe.ts";
import { TestProcess } from "@kyma/local-cluster/testing/control-plane.ts";
import { mountAccount } from "@kyma/local-cluster/testing/mounted-account.ts";
import type { TestNats } from "@kyma/local-cluster/testing/nats-server.ts";
import { cacheHome } from "@kyma/local-cluster/tools/cache.ts";
import { jetstreamManager, type JetStreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
/** As the local node runs them: see its images, and the memory limits in the manifest. */
const podFlags = ["--max-semi-space-size=4", "--max-old-space-size=153"];

export interface EventingOptions {
  kubeconfig: string;
  nats: TestNats;
  dispatchers: number;
  /** Without them the caller makes streams and consumers. */
  controllers: boolean;
  /** For the publisher and the dispatchers, e.g. --cpu-prof. */
  nodeFlags?: readonly string[];
  /** What leads to Services in the place of the platform's own router. */
  proxyUrl?: string;
}

/** Publisher, dispatchers and controllers as processes of their own, with the rights that they have in a cluster. Nothing restarts them by itself. */
export interface EventingProcesses {
  gateway: TestProcess;
  dispatchers: TestProcess[];
  controllers: TestProcess | undefined;
}

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
  nats: TestNats;
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
  readonly nats: TestNats;
  /** As the controllers. */
  readonly streams: JetStreamManager;
  readonly namespace: string;
  readonly processes: EventingProcesses;
  readonly publisherPort: number;
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.client = parts.client;
    this.nats = parts.nats;
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
    const launched = await prepare(options, {
      server: client.connection.access.server,
      proxy: options.proxyUrl ?? router.url,
      gatewayAccount,
      dispatcherAccount,
      logs,
    });
    const platform = new EventingPlatform({
      client,
      nats,
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

interface Surroundings {
  server: string;
  proxy: string;
  gatewayAccount: string;
  dispatcherAccount: string;
  logs: string;
}

interface Launched {
  processes: EventingProcesses;
  publisherPort: number;
}

async function prepare(options: EventingOptions, around: Surroundings): Promise<Launched> {
  const { nats, kubeconfig, nodeFlags = [] } = options;
  const [publisherPort, gatewayAdmin, controllersAdmin, ...dispatcherAdmin] = (await findFreePorts(
    3 + options.dispatchers,
  )) as [number, number, number, ...number[]];
  const natsFile = join(around.logs, "nats.json");
  await writeNatsAccess(natsFile, nats.access("controllers"));
  const { hostname, port } = new URL(around.server);
  const pod = {
    KUBERNETES_SERVICE_HOST: hostname,
    KUBERNETES_SERVICE_PORT: port,
    LISTEN_ADDRESS: "127.0.0.1",
    NODE_ENV: "production",
    NODE_COMPILE_CACHE: join(cacheHome(), "node-compile-cache"),
  };
  const process = (name: string, started: Started): TestProcess =>
    nodeProcess(name, around.logs, [...podFlags, ...nodeFlags], started);
  const gateway = process("event-gateway", {
    entry: "data-plane/event-gateway/src/main.ts",
    environment: {
      ...pod,
      ...natsEnvironment(nats.access("event-gateway")),
      SERVICE_ACCOUNT_DIR: around.gatewayAccount,
      PORT: String(publisherPort),
      ADMIN_PORT: String(gatewayAdmin),
    },
    probed: { port: publisherPort },
  });
  const dispatchers = dispatcherAdmin.map((adminPort, index) =>
    process(`event-dispatcher-${index}`, {
      entry: "data-plane/event-dispatcher/src/main.ts",
      environment: {
        ...pod,
        ...natsEnvironment(nats.access("event-dispatcher")),
        SERVICE_ACCOUNT_DIR: around.dispatcherAccount,
        HTTP_PROXY: around.proxy,
        ADMIN_PORT: String(adminPort),
      },
      probed: { port: adminPort },
    }),
  );
  const flags = ["--kubeconfig", kubeconfig, "--no-leader-elect", "--nats-access", natsFile];
  const controllers = process("controllers", {
    entry: "backend-controllers/src/app/main.ts",
    args: [...flags, "--admin-port", String(controllersAdmin)],
    environment: { NODE_ENV: "production" },
    probed: { port: controllersAdmin },
  });
  return {
    publisherPort,
    processes: { gateway, dispatchers, controllers: options.controllers ? controllers : undefined },
  };
}

interface Started {
  /** From the root of the checkout. */
  entry: string;
  args?: readonly string[];
  environment: Record<string, string>;
  /** Where /readyz is answered. */
  probed: { port: number };
}

function nodeProcess(
  name: string,
  logs: string,
  nodeFlags: readonly string[],
  started: Started,
): TestProcess {
  const quiet = "--disable-warning=ExperimentalWarning";
  return new TestProcess({
    command: {
      name,
      file: process.execPath,
      arguments: [quiet, ...nodeFlags, join(root, started.entry), ...(started.args ?? [])],
      environment: started.environment,
      logFile: join(logs, `${name}.log`),
      signalOnParentDeath: "KILL",
    },
    ready: httpProbe(started.probed.port, "/readyz"),
  });
}

function natsEnvironment({ url, user, password }: NatsAccess): Record<string, string> {
  return { NATS_URL: url, NATS_USER: user, NATS_PASSWORD: password };
}
