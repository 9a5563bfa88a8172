import type { CloudEvent } from "@kyma/eventing/cloud-event.ts";
import { connectNats, type NatsAccess } from "@kyma/eventing/nats.ts";
import {
  deadLetterStreamConfig,
  deadLetterSubject,
  defaultStreamLimits,
  eventStreamConfig,
} from "@kyma/eventing/streams.ts";
import { subscriptions } from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import type { KubeResponse } from "@kyma/kube/connection.ts";
import { namespaces, roleBindings, services } from "@kyma/kube/resource-types.ts";
import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from "@nats-io/jetstream";
import { headers, type NatsConnection } from "@nats-io/transport-node";
import { until } from "@kyma/local-cluster/node-agent/testing/test-node.ts";
import { randomBytes } from "node:crypto";
import type { NamedKey } from "../resource.ts";

const base = "/apis/delivery.eventing.kyma-project.io/v1alpha1";

export interface AskOptions {
  /** Somebody else than cluster-admin. */
  as?: string;
  method?: string;
  body?: unknown;
  accept?: string;
}
export interface Asked<T = Record<string, unknown>> {
  status: number;
  text: string;
  body: T;
}
/** What a dead letter is made of. */
export interface Letter {
  event?: Partial<CloudEvent>;
  reason?: string;
  attempts?: number;
  status?: number;
  answer?: string;
}

/** What tests of the API do again and again: as people through the API server, as controllers and dispatchers at NATS. */
export class ApiScene {
  readonly client: KubeClient;
  readonly manager: JetStreamManager;
  /** As a dispatcher. */
  readonly dispatcher: JetStreamClient;
  /** As a publisher. */
  readonly publisher: JetStreamClient;
  readonly #connections: NatsConnection[];
  #letters = 0;

  private constructor(client: KubeClient, connections: NatsConnection[], manager: JetStreamManager) {
    const [, dispatcher, publisher] = connections;
    this.client = client;
    this.manager = manager;
    this.#connections = connections;
    this.dispatcher = jetstream(dispatcher!);
    this.publisher = jetstream(publisher!);
  }

  /** Makes the streams, as the controllers do. */
  static async open(
    client: KubeClient,
    access: (user: "controllers" | "event-dispatcher" | "event-gateway") => NatsAccess,
  ): Promise<ApiScene> {
    const users = ["controllers", "event-dispatcher", "event-gateway"] as const;
    const connections = await Promise.all(users.map((user) => connectNats(access(user), "test")));
    const manager = await jetstreamManager(connections[0]!);
    const scene = new ApiScene(client, connections, manager);
    await scene.makeStreams();
    return scene;
  }

  async makeStreams(): Promise<void> {
    await this.manager.streams.add(eventStreamConfig(defaultStreamLimits));
    await this.manager.streams.add(deadLetterStreamConfig(defaultStreamLimits));
  }

  async close(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.close()));
  }

  /** `path` is below the API's version, such as /namespaces/x/deadletters. */
  async ask<T = Record<string, unknown>>(path: string, options: AskOptions = {}): Promise<Asked<T>> {
    const { as, method = "GET", body, accept = "application/json" } = options;
    const connection = as === undefined ? this.client.connection : this.client.connection.as({ user: as });
    const answer = await connection.send(base + path, {
      method,
      headers: { accept, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (as !== undefined) connection.close();
    return { status: answer.status, text, body: parse(text) as T };
  }

  async namespace(): Promise<string> {
    const name = `api-${randomBytes(4).toString("hex")}`;
    await this.client.create(namespaces, { apiVersion: "v1", kind: "Namespace", metadata: { name } });
    return name;
  }

  /** Makes a user viewer, editor or admin of a namespace; returns the user. */
  async user(namespace: string, role: "view" | "edit" | "admin"): Promise<string> {
    const name = `${role}-of-${namespace}`;
    const binding = {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { namespace, name },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name }],
    };
    await this.client.create(roleBindings, binding);
    return name;
  }

  /** A Subscription with its Service; its sink's host is returned. */
  async subscribe({ namespace, name }: NamedKey, types = ["order.created.v1"]): Promise<string> {
    const host = `${name}.${namespace}.svc.cluster.local`;
    const spec = { sink: `http://${host}/in`, source: "shop", types, config: { timeout: "2s" } };
    const service = { spec: { ports: [{ port: 80 }] } };
    const metadata = { namespace, name };
    await this.client.create(services, { apiVersion: "v1", kind: "Service", metadata, ...service });
    const apiVersion = "eventing.kyma-project.io/v1alpha2";
    const subscription = { apiVersion, kind: "Subscription", metadata, spec };
    await this.client.create(subscriptions, subscription);
    return host;
  }

  /** Resolves when the dispatcher knows the Subscription. */
  async untilKnown({ namespace, name }: NamedKey): Promise<void> {
    const path = `/namespaces/${namespace}/deliveries/${name}`;
    await until("the Subscription is known", async () => (await this.ask(path)).status === 200);
  }

  /** Puts an event aside as a dispatcher does; returns the dead letter's name. */
  async park(key: NamedKey, letter: Letter = {}): Promise<string> {
    const header = headers();
    const { reason = "exhausted", attempts = 3, status = 500, answer = "broken", event } = letter;
    const id = `e${++this.#letters}`;
    const fields = { Reason: reason, Attempts: attempts, Status: status, Answer: answer, Consumer: "c" };
    for (const [name, value] of Object.entries(fields)) header.set(`Kyma-${name}`, String(value));
    header.set("Kyma-Time", new Date().toISOString());
    const whole = { specversion: "1.0", id, source: "shop", type: "order.created.v1", ...event };
    const options = { headers: header, msgID: `c:${id}` };
    const { seq } = await this.dispatcher.publish(deadLetterSubject(key), JSON.stringify(whole), options);
    return String(seq);
  }

  /** Tells of an attempt as a dispatcher does. */
  tell(key: NamedKey, attempt: object): void {
    const whole = { time: new Date().toISOString(), subscription: key, consumer: "c", sink: "s", ...attempt };
    this.#connections[1]?.publish(`delivery.${key.namespace}.${key.name}`, JSON.stringify(whole));
  }

  /** Waits until NATS has all that was told. */
  async flush(): Promise<void> {
    await this.#connections[1]?.flush();
  }

  /** Publishes an event as the gateway does; a text as it stands. */
  async publish(subject: string, event: object | string): Promise<void> {
    if (typeof event === "string") return void (await this.publisher.publish(subject, event));
    const originaltype = subject.split(".").slice(2).join(".");
    const whole = { specversion: "1.0", source: "shop", type: subject, originaltype, ...event };
    await this.publisher.publish(subject, JSON.stringify(whole));
  }

  /** Opens a watch as a user; it ends with `stop`. */
  watch(path: string, as?: string): OpenWatch {
    const connection = as === undefined ? this.client.connection : this.client.connection.as({ user: as });
    return new OpenWatch(connection, base + path);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}

export interface WatchLine {
  type: string;
  object: Record<string, unknown> & { event?: { id: string }; dropped?: number };
}

/** A watch and what it has brought so far. */
export class OpenWatch {
  readonly lines: WatchLine[] = [];
  /** The same as they were written. */
  readonly texts: string[] = [];
  /** Resolves with the status when the API has accepted or refused it. */
  readonly opened: Promise<number>;
  readonly #stop = new AbortController();

  constructor(connection: KubeClient["connection"], path: string) {
    const answer = connection.send(path, { stream: true, timeoutMs: 0, signal: this.#stop.signal });
    this.opened = answer.then(({ status }) => status);
    void this.#read(answer).catch(() => undefined);
  }

  async #read(answer: Promise<KubeResponse>): Promise<void> {
    let rest = "";
    for await (const chunk of (await answer).body as AsyncIterable<Buffer>) {
      const lines = (rest + chunk.toString("utf8")).split("\n");
      rest = lines.pop() ?? "";
      this.texts.push(...lines);
      this.lines.push(...lines.map((line) => JSON.parse(line) as WatchLine));
    }
  }

  stop(): void {
    this.#stop.abort();
  }
}
