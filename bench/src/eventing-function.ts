import { readFile } from "node:fs/promises";
import * as http from "node:http";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { functions, subscriptions } from "@kyma/crds/resource-types.ts";
import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { startEmbedded } from "@kyma/local-cluster/testing/embedded.ts";
import type { BenchResult } from "./result.ts";
import { percentile } from "./statistics.ts";

const namespace = "default";
const name = "event-clock";
const type = "bench.clocked.v1";
const events = 400;
const perSecond = 20;
const warmUps = 20;
const limitMs = 60_000;

/** Notes how long each event was on its way, and tells it whoever asks. Both clocks are those of this machine. */
const handler = `
const took = {};
module.exports = { main: (event) => {
  if (event["ce-type"] === undefined) return took;
  took[event.data.id] = performance.timeOrigin + performance.now() - event.data.sent;
  return "";
} };`;

/** From the POST to the publisher's Service to the first line of a Function's handler, on a whole local cluster. */
export async function functionLatency(): Promise<BenchResult[]> {
  const cluster = await startEmbedded({ keepPages: true });
  const connection = connect(loadKubeConfig(cluster.kubeconfig));
  try {
    const client = new KubeClient(connection);
    await install(client);
    const { inCluster } = JSON.parse(await readFile(join(cluster.dataDir, "run/ports.json"), "utf8")) as {
      inCluster: number;
    };
    const agent = new http.Agent({ keepAlive: true });
    await until(
      async () => (await publish(inCluster, agent, "first")) === 204,
      "the publisher accepts events",
    );
    await until(async () => "first" in (await told(client)), "the Function got the first event");
    for (let index = 0; index < events; index++) {
      void publish(inCluster, agent, String(index)).catch(() => undefined);
      await delay(1000 / perSecond);
    }
    await until(async () => Object.keys(await told(client)).length === events + 1, "all events have come");
    agent.destroy();
    const took = Object.entries(await told(client)).filter(([id]) => Number(id) >= warmUps);
    const times = took.map(([, milliseconds]) => milliseconds);
    return [50, 99].map((percent) => ({
      name: `publish → Function's handler, p${percent}`,
      value: percentile(times, percent),
      unit: "ms",
      note: `${perSecond} events/s, ${times.length} events; local cluster`,
    }));
  } finally {
    connection.close();
    await cluster.stop();
  }
}

async function install(client: KubeClient): Promise<void> {
  const clock: KymaFunction = {
    apiVersion: "serverless.kyma-project.io/v1alpha2",
    kind: "Function",
    metadata: { name, namespace },
    spec: { runtime: "nodejs24", replicas: 1, source: { inline: { source: handler } } },
  };
  const sink = `http://${name}.${namespace}.svc.cluster.local`;
  const subscription: Subscription = {
    apiVersion: "eventing.kyma-project.io/v1alpha2",
    kind: "Subscription",
    metadata: { name, namespace },
    spec: { sink, source: "shop", types: [type] },
  };
  await client.create(functions, clock);
  await client.create(subscriptions, subscription);
  await until(async () => {
    const { status } = await client.get<Subscription>(subscriptions, { namespace, name });
    return status?.ready === true && Object.keys(await told(client)).length === 0;
  }, "Function and Subscription are ready");
}

async function told(client: KubeClient): Promise<Record<string, number>> {
  const answer = await client.raw(`/api/v1/namespaces/${namespace}/services/${name}:80/proxy/`);
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`the Function answers ${answer.status}: ${text}`);
  return JSON.parse(text) as Record<string, number>;
}

/** As a process of the cluster does: through the proxy that leads to Services. */
function publish(proxyPort: number, agent: http.Agent, id: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = performance.timeOrigin + performance.now();
    const event = JSON.stringify({
      specversion: "1.0",
      id: `${sent}-${id}`,
      source: "shop",
      type,
      datacontenttype: "application/json",
      data: { id, sent },
    });
    const request = http.request(
      {
        host: "127.0.0.1",
        port: proxyPort,
        agent,
        method: "POST",
        path: "http://eventing-publisher-proxy.kyma-system.svc.cluster.local/publish",
        headers: {
          host: "eventing-publisher-proxy.kyma-system.svc.cluster.local",
          "content-type": "application/cloudevents+json",
          "content-length": Buffer.byteLength(event),
        },
      },
      (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.statusCode ?? 0)).on("error", reject);
      },
    );
    request.on("error", reject);
    request.end(event);
  });
}

async function until(done: () => Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await done().catch(() => false))) {
    if (performance.now() > end) throw new Error(`not within ${limitMs / 1000} s: ${what}`);
    await delay(100);
  }
}
