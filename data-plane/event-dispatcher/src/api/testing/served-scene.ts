import { until } from "@kyma/local-cluster/node-agent/testing/test-node.ts";
import {
  startAggregatingCluster,
  type AggregatingCluster,
} from "@kyma/local-cluster/testing/aggregating-cluster.ts";
import { startNats, type TestNats } from "@kyma/local-cluster/testing/nats-server.ts";
import type { RunningApi } from "../parts.ts";
import { ApiScene } from "./api-scene.ts";
import { serveApi } from "./served-api.ts";
import { startSinks, type TestSinks } from "./sinks.ts";

/** The API behind a real API server, with a NATS and sinks of its own. */
export interface ServedScene {
  cluster: AggregatingCluster;
  nats: TestNats;
  sinks: TestSinks;
  scene: ApiScene;
  /** The one that the API server knows. */
  api: RunningApi;
  /** Serves the API once more, beside it. */
  serve(): Promise<RunningApi>;
  stop(): Promise<void>;
}

/** Resolves when the API server hands requests on. */
export async function startServedScene(): Promise<ServedScene> {
  await using started = new AsyncDisposableStack();
  const [cluster, nats, sinks] = await Promise.all([startAggregatingCluster(), startNats(), startSinks()]);
  for (const one of [cluster, nats, sinks]) started.defer(async () => one.stop());
  const scene = await ApiScene.open(cluster.client, (user) => nats.access(user));
  started.defer(() => scene.close());
  const serve = (): Promise<RunningApi> =>
    serveApi({
      kubeconfig: cluster.controlPlane.kubeconfig,
      listenAddress: cluster.listenAddress,
      tls: cluster.tls,
      nats: nats.access("event-dispatcher"),
      proxyUrl: sinks.proxyUrl,
    });
  const api = await serve();
  started.defer(() => api.close());
  await cluster.publish(api.port);
  await until("the API is served", async () => (await scene.ask("/streams")).status === 200, 60_000);
  const all = started.move();
  return { cluster, nats, sinks, scene, api, serve, stop: () => all.disposeAsync() };
}
