import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import type { NatsAccess } from "@kyma/eventing/nats.ts";
import { KubeClient } from "@kyma/kube/client.ts";
import { Connection } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { pino } from "pino";
import { ClusterView } from "../../cluster-view.ts";
import { sendToSink } from "../../send-to-sink.ts";
import { SinkClient } from "../../sink-client.ts";
import type { RunningApi } from "../parts.ts";
import { startApi } from "../start-api.ts";

const serviceAccount = "system:serviceaccount:kyma-system:event-dispatcher";

export interface ServedApiOptions {
  kubeconfig: string;
  listenAddress: string;
  tls: { certFile: string; keyFile: string };
  nats: NatsAccess;
  /** Through which Services are called. */
  proxyUrl: string;
}

/** The API with the parts that the dispatcher gives it, and with the dispatcher's rights. */
export async function serveApi(options: ServedApiOptions): Promise<RunningApi> {
  const access = loadKubeConfig(options.kubeconfig);
  const client = new KubeClient(new Connection({ ...access, impersonate: { user: serviceAccount } }));
  const stopping = new AbortController();
  const view = new ClusterView({ client, onError: () => undefined });
  await view.start(stopping.signal);
  const { subscriptions, sinkServices: known } = view;
  const sinks = new SinkClient({ env: { HTTP_PROXY: options.proxyUrl } });
  const api = await startApi<Subscription>({
    listen: { host: options.listenAddress, port: 0 },
    tls: options.tls,
    nats: options.nats,
    client,
    subscriptions,
    sendToSink: (subscription, event, signal) => sendToSink({ sinks, known }, subscription, event, signal),
    log: pino({ level: process.env["TEST_LOG_LEVEL"] ?? "silent" }),
  });
  const close = async (): Promise<void> => {
    await api.close();
    stopping.abort();
    sinks.close();
    client.connection.close();
  };
  return { port: api.port, close };
}
