import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Subscription, SubscriptionSpec } from "@kyma/crds/generated/subscriptions.gen.ts";
import { subscriptions } from "@kyma/crds/resource-types.ts";
import { connectNats, type NatsAccess } from "@kyma/eventing/nats.ts";
import { allowedHostsSource } from "@kyma/eventing/sink.ts";
import { defaultStreamLimits, eventStream } from "@kyma/eventing/streams.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { configMaps, services } from "@kyma/kube/resource-types.ts";
import { type ConsumerInfo, type JetStreamManager, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { Registry } from "prom-client";
import type { Manager } from "../runtime/manager.ts";
import {
  type RunningControllers,
  adminClient,
  createNamespace,
  eventually,
  startControllers,
} from "../testing/cluster.ts";
import { addSubscriptionController } from "./controller.ts";
import { sampleSubscription } from "./sample.ts";

const run = promisify(execFile);
const rights = join(import.meta.dirname, "../../../local-cluster/manifests/controllers-rights.yaml");

export interface Key {
  namespace: string;
  name: string;
}

export interface Controllers extends RunningControllers {
  registry: Registry;
  /** Resolves once the streams are there and their consumers known. */
  untilLive(): Promise<unknown>;
}

/** What tests of the Subscriptions controller do to a cluster and to NATS. */
export class SubscriptionScene {
  readonly client: KubeClient;
  readonly nats: NatsConnection;
  readonly streams: JetStreamManager;
  readonly #kubeconfig: string;

  private constructor(kubeconfig: string, nats: NatsConnection, streams: JetStreamManager) {
    this.client = adminClient(kubeconfig);
    this.#kubeconfig = kubeconfig;
    this.nats = nats;
    this.streams = streams;
  }

  /** Gives the controllers their rights; `access` is the test's own. */
  static async open(kubeconfig: string, toolsDir: string, access: NatsAccess): Promise<SubscriptionScene> {
    const apply = ["apply", "--server-side", "-f", rights];
    await run(join(toolsDir, "kubectl"), ["--kubeconfig", kubeconfig, ...apply]);
    const nats = await connectNats(access, "test");
    return new SubscriptionScene(kubeconfig, nats, await jetstreamManager(nats, { checkAPI: false }));
  }

  close(): Promise<void> {
    return this.nats.close();
  }

  /** Runs the controller as the user that the local cluster gives it, so that its rights are proven enough. */
  async start(nats: NatsAccess | undefined, listEveryMs = 500): Promise<Controllers> {
    const registry = new Registry();
    let closeNats = (): Promise<void> => Promise.resolve();
    const add = (manager: Manager): void => {
      const options = { limits: defaultStreamLimits, graceMs: 1000, listEveryMs, ...(nats && { nats }) };
      const added = addSubscriptionController(manager, options, registry);
      closeNats = () => added.close();
    };
    const running = await startControllers(this.#kubeconfig, { add, user: "kyma:controllers" });
    const stop = async (): Promise<void> => {
      await running.stop();
      await closeNats();
    };
    const isLive = async (): Promise<true | undefined> =>
      (await registry.metrics()).includes("\neventing_ec_health 1\n") || undefined;
    return { ...running, registry, untilLive: () => eventually(isLive, "the streams are known"), stop };
  }

  /** A Subscription in a namespace of its own, with its sink. */
  async create(name: string, spec: Partial<SubscriptionSpec> = {}): Promise<Key> {
    const namespace = await createNamespace(this.client, name);
    await this.createService("sink", namespace);
    await this.client.create(subscriptions, sampleSubscription(name, namespace, spec));
    return { namespace, name };
  }

  async createService(name: string, namespace: string): Promise<void> {
    const spec = { selector: { app: name }, ports: [{ port: 80 }] };
    await this.client.create(services, {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace },
      spec,
    } as never);
  }

  /** Sets the administrator's list, in the place of what was there. */
  async allowHosts(allowedHosts: string): Promise<void> {
    const { namespace, name } = allowedHostsSource;
    const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace, name } };
    await this.client.apply(configMaps, { ...configMap, data: { allowedHosts } } as never, {
      manager: "test",
      force: true,
    });
  }

  get(key: Key): Promise<Subscription> {
    return this.client.get<Subscription>(subscriptions, key);
  }

  async edit(key: Key, spec: unknown): Promise<void> {
    await this.client.patch(subscriptions, key, { spec }, { type: "merge" });
  }

  /** The Subscription once it is ready for its newest spec, and the active condition's message matches. */
  untilReady(key: Key, message = /./): Promise<Subscription> {
    return this.#until(key, "True", message);
  }

  /** The Subscription once it is not ready, with a condition for its newest spec whose message matches. */
  untilNotReady(key: Key, message: RegExp): Promise<Subscription> {
    return this.#until(key, "False", message);
  }

  #until(key: Key, status: "True" | "False", message: RegExp): Promise<Subscription> {
    return eventually(async () => {
      const subscription = await this.get(key);
      const { conditions = [], ready } = subscription.status ?? {};
      const last = conditions.at(-1);
      const current = conditions.every(
        ({ observedGeneration }) => observedGeneration === subscription.metadata.generation,
      );
      const found = last?.status === status && message.test(last.message ?? "");
      if (current && found && ready === (status === "True")) return subscription;
      throw new Error(JSON.stringify(subscription.status));
    }, `${key.name}: ${status} ${message}`);
  }

  /** Every consumer of the event stream, by name. */
  async consumers(): Promise<Map<string, ConsumerInfo>> {
    const found = new Map<string, ConsumerInfo>();
    for await (const info of this.streams.consumers.list(eventStream)) found.set(info.name, info);
    return found;
  }

  /** Those of one Subscription, by subject. */
  async consumersOf({ namespace, name }: Key): Promise<Record<string, ConsumerInfo>> {
    const own = [...(await this.consumers()).values()].filter(({ config }) =>
      config.description?.startsWith(`${namespace}/${name}/`),
    );
    return Object.fromEntries(own.map((info) => [info.config.filter_subject ?? "", info]));
  }

  /** Subjects of one Subscription's consumers. */
  async subjectsOf(key: Key): Promise<string[]> {
    return Object.keys(await this.consumersOf(key)).toSorted();
  }
}
