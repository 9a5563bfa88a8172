import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { connectNats } from "@kyma/eventing/nats.ts";
import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadInClusterAccess, type KubeAccess } from "@kyma/kube/kubeconfig.ts";
import { pino, type Logger } from "pino";
import { Registry, collectDefaultMetrics } from "prom-client";
import { type Readiness, startAdminServer } from "./admin-server.ts";
import type { RunningApi } from "./api/parts.ts";
import { startApi } from "./api/start-api.ts";
import { ClusterView } from "./cluster-view.ts";
import { readConfig, type DispatcherConfig } from "./config.ts";
import { Dispatcher } from "./dispatcher.ts";
import { DispatcherMetrics } from "./metrics.ts";
import { NatsLink } from "./nats-link.ts";
import { sendToSink } from "./send-to-sink.ts";
import { SinkClient } from "./sink-client.ts";

/** How long calls that are under way may take when the process is asked to end, ms. A pod has a little longer. */
const graceMs = 25_000;
const lastWordsMs = 2_000;

/** Ends the process with a sentence instead of a stack: the person can do something about it. */
function refuse(error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(`The event dispatcher cannot start: ${reason}.`);
  process.exit(1);
}

function readOrRefuse(): { config: DispatcherConfig; access: KubeAccess } {
  try {
    return { config: readConfig(process.env), access: loadInClusterAccess(process.env) };
  } catch (error) {
    return refuse(error);
  }
}

/** The API that the API server hands requests on to, if there is a certificate for it. */
async function serveApi(
  config: DispatcherConfig,
  parts: { client: KubeClient; sinks: SinkClient; view: ClusterView; log: Logger },
): Promise<RunningApi | undefined> {
  const { client, sinks, view, log } = parts;
  if (!config.apiTls) return undefined;
  const known = view.sinkServices;
  const api = await startApi({
    listen: { host: config.listenAddress, port: config.apiPort },
    tls: config.apiTls,
    nats: config.nats,
    client,
    subscriptions: view.subscriptions,
    sendToSink: (subscription, event, signal) => sendToSink({ sinks, known }, subscription, event, signal),
    log,
  });
  log.info({ apiPort: api.port }, "the API is served");
  return api;
}

interface Delivering {
  isConnected: () => boolean;
  stop: () => Promise<void>;
}

/** Delivers events once NATS lets it in and the cluster is known. */
async function deliver(
  { nats: access }: DispatcherConfig,
  parts: { view: ClusterView; sinks: SinkClient; registry: Registry; log: Logger },
  { synced, signal }: { synced: Promise<void>; signal: AbortSignal },
): Promise<Delivering> {
  const { view, sinks, registry, log } = parts;
  const nats = await connectNats(access, "event-dispatcher", {
    signal,
    onFailure: (reason) => log.warn({ err: reason }, "NATS does not let this process in yet"),
  });
  const link = await NatsLink.over(nats, log);
  const isConnected = (): boolean => link.isConnected;
  const metrics = new DispatcherMetrics(registry, isConnected);
  const inboxPrefix = `_INBOX.${access.user}`;
  const dispatcher = new Dispatcher({ view, link, inboxPrefix, sinks, metrics, log });
  void synced.then(() => dispatcher.start());
  const stop = async (): Promise<void> => {
    await dispatcher.stop(graceMs);
    // What was answered last must still go out, if NATS is there.
    await Promise.race([nats.drain().catch(() => undefined), delay(lastWordsMs)]);
  };
  return { isConnected, stop };
}

/** Ready while its API can answer: that NATS is away is for the API to say, which nobody would reach otherwise. */
function readinessOf(view: ClusterView, isConnected: boolean, isEnding: boolean): Readiness {
  if (isEnding) return { ready: false, text: "the dispatcher ends" };
  if (!view.isSynced) return { ready: false, text: "the Subscriptions and Services are not known yet" };
  return { ready: true, text: isConnected ? "ok" : "ok, but NATS is away: no events are delivered" };
}

async function run({ config, access }: ReturnType<typeof readOrRefuse>, log: Logger): Promise<void> {
  const ending = new AbortController();
  const { signal } = ending;
  const ended = once(signal, "abort");
  for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => ending.abort());
  const connection = connect(access, { userAgent: "kyma-event-dispatcher" });
  const client = new KubeClient(connection);
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const onError = (error: unknown): void => log.warn({ err: error }, "the API server does not answer");
  const view = new ClusterView({ client, onError });
  let delivering: Delivering | undefined;
  const admin = await startAdminServer({
    host: config.listenAddress,
    port: config.adminPort,
    registry,
    readiness: () => readinessOf(view, delivering?.isConnected() ?? false, signal.aborted),
  }).catch(refuse);
  log.info({ address: config.listenAddress, adminPort: admin.port }, "the event dispatcher listens");
  const sinks = new SinkClient({ env: process.env });
  const api = await serveApi(config, { client, sinks, view, log }).catch(refuse);
  const synced = view.start(signal);
  delivering = await deliver(config, { view, sinks, registry, log }, { synced, signal });
  if (!signal.aborted) await ended;
  log.info("the event dispatcher ends");
  await Promise.all([delivering.stop(), api?.close()]);
  sinks.close();
  admin.close();
  connection.close();
}

const started = readOrRefuse();
const log = pino({ name: "event-dispatcher", level: started.config.logLevel });
try {
  await run(started, log);
  process.exit(0);
} catch (error) {
  // Asked to end before NATS let it in.
  if ((error as Error).name === "AbortError") process.exit(0);
  log.error({ err: error }, "the event dispatcher ends");
  process.exit(1);
}
