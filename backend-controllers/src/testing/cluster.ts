import { KubeClient } from "@kyma/kube/client.ts";
import { Connection, type KubeRequest, type KubeResponse } from "@kyma/kube/connection.ts";
import { NotFoundError } from "@kyma/kube/errors.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import type { KubeObject, ObjectKey, ResourceType } from "@kyma/kube/objects.ts";
import { namespaces } from "@kyma/kube/resource-types.ts";
import { pino } from "pino";
import { Registry } from "prom-client";
import type { LeaderElector } from "../runtime/leader-election.ts";
import { Manager } from "../runtime/manager.ts";
import { EngineMetrics } from "../runtime/metrics.ts";

/** Notes every request that is not a read, Leases aside. */
export class WriteRecorder extends Connection {
  readonly writes: string[] = [];

  override send(path: string, request: KubeRequest = {}): Promise<KubeResponse> {
    const method = request.method ?? "GET";
    if (method !== "GET" && !path.includes("/leases")) this.writes.push(`${method} ${path.split("?")[0]}`);
    return super.send(path, request);
  }
}

export interface RunningControllers {
  /** Writes so far, as "METHOD path". */
  writes: string[];
  /** Rejects if the manager ended by itself. */
  stop(): Promise<void>;
  ended: Promise<void>;
}

export interface StartOptions {
  /** Adds the controllers under test. */
  add: (manager: Manager) => void;
  /** Acts as this user, by impersonation, to prove its rights. */
  user?: string;
  elector?: (client: KubeClient) => LeaderElector;
}

/** Runs controllers inside this process against a real API server; resolves when their caches are filled. */
export async function startControllers(
  kubeconfig: string,
  options: StartOptions,
): Promise<RunningControllers> {
  const access = loadKubeConfig(kubeconfig);
  const connection = new WriteRecorder(
    options.user ? { ...access, impersonate: { user: options.user } } : access,
  );
  const client = new KubeClient(connection);
  const manager = new Manager({
    client,
    log: pino({ level: process.env["TEST_LOG_LEVEL"] ?? "silent" }),
    metrics: new EngineMetrics(new Registry()),
    ...(options.elector && { elector: options.elector(client) }),
  });
  options.add(manager);
  const stop = new AbortController();
  const ended = manager.run(stop.signal);
  ended.catch(() => undefined);
  await eventually(() => (manager.unreadyReason === undefined ? true : undefined), "the caches are filled");
  return {
    writes: connection.writes,
    ended,
    async stop() {
      stop.abort();
      await ended;
      connection.close();
    },
  };
}

/** A cluster-admin's client for what the test itself does. */
export function adminClient(kubeconfig: string): KubeClient {
  return new KubeClient(new Connection(loadKubeConfig(kubeconfig)));
}

/** A fresh namespace of that name plus something random. */
export async function createNamespace(client: KubeClient, prefix: string): Promise<string> {
  const name = `${prefix}-${Math.random().toString(36).slice(2, 8)}`;
  await client.create(namespaces, { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  return name;
}

/** The object, or undefined when there is none. */
export async function find<T extends KubeObject>(
  client: KubeClient,
  type: ResourceType,
  key: ObjectKey,
): Promise<T | undefined> {
  try {
    return await client.get<T>(type, key);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** Asks again until `probe` gives something; then that. Fails with `what` and the last error after the limit. */
export async function eventually<R>(
  probe: () => R | undefined | Promise<R | undefined>,
  what: string,
  limitMs = 20_000,
): Promise<R> {
  const end = Date.now() + limitMs;
  let last: unknown;
  for (;;) {
    try {
      const found = await probe();
      if (found !== undefined && found !== false) return found;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`not within ${limitMs} ms: ${what}`, { cause: last });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
