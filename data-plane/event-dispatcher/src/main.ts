import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { connectNats } from "@kyma/eventing/nats.ts";
import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadInClusterAccess, type KubeAccess } from "@kyma/kube/kubeconfig.ts";
import { pino, type Logger } from "pino";
import { Registry, collectDefaultMetrics } from "prom-client";
import { startAdminServer } from "./admin-server.ts";
import type { RunningApi } from "./api/parts.ts";
import { startApi } from "./api/start-api.ts";
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
  parts: { client: KubeClient; sinks: SinkClient; dispatcher: Dispatcher; log: Logger },
): Promise<RunningApi | undefined> {
  const { client, sinks, dispatcher, log } = parts;
  if (!config.apiTls) return undefined;
  const known = dispatcher.sinkServices;
  const api = await startApi({
    listen: { host: config.listenAddress, port: config.apiPort },
    tls: config.apiTls,
    nats: config.nats,
    client,
    subscriptions: dispatcher.subscriptions,
    sendToSink: (subscription, event, signal) => sendToSink({ sinks, known }, subscription, event, signal),
    log,
  });
  log.info({ apiPort: api.port }, "the API is served");
  return api;
}

async function run({ config, access }: ReturnType<typeof readOrRefuse>, log: Logger): Promise<void> {
  const ending = new AbortController();
  const ended = once(ending.signal, "abort");
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => ending.abort());
  const connection = connect(access, { userAgent: "kyma-event-dispatcher" });
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  let dispatcher: Dispatcher | undefined;
  const admin = await startAdminServer({
    host: config.listenAddress,
    port: config.adminPort,
    registry,
    unreadyReason: () => (dispatcher ? dispatcher.unreadyReason : "NATS is away"),
  }).catch(refuse);
  log.info({ address: config.listenAddress, adminPort: admin.port }, "the event dispatcher listens");
  const nats = await connectNats(config.nats, "event-dispatcher", {
    signal: ending.signal,
    onFailure: (reason) => log.warn({ err: reason }, "NATS does not let this process in yet"),
  });
  const link = await NatsLink.over(nats, log);
  const sinks = new SinkClient({ env: process.env });
  const client = new KubeClient(connection);
  dispatcher = new Dispatcher({
    client,
    link,
    inboxPrefix: `_INBOX.${config.nats.user}`,
    sinks,
    metrics: new DispatcherMetrics(registry, () => link.isConnected),
    log,
  });
  const api = await serveApi(config, { client, sinks, dispatcher, log }).catch(refuse);
  void dispatcher.start().then(() => log.info("events are delivered"));
  await ended;
  log.info("the event dispatcher ends");
  await Promise.all([dispatcher.stop(graceMs), api?.close()]);
  // What was answered last must still go out, if NATS is there.
  await Promise.race([nats.drain().catch(() => undefined), delay(lastWordsMs)]);
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
