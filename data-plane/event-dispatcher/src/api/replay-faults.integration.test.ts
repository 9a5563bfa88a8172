import {
  startAggregatingCluster,
  type AggregatingCluster,
} from "@kyma/local-cluster/testing/aggregating-cluster.ts";
import { startNats, type TestNats } from "@kyma/local-cluster/testing/nats-server.ts";
import { until } from "@kyma/local-cluster/node-agent/testing/test-node.ts";
import { deadLetterSubject } from "@kyma/eventing/streams.ts";
import type { DeadLetter, ReplayAnswer } from "@kyma/eventing/delivery-objects.ts";
import { headers as natsHeaders } from "@nats-io/transport-node";
import type { ClientRequest } from "node:http";
import * as https from "node:https";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningApi } from "./parts.ts";
import { ApiScene } from "./testing/api-scene.ts";
import { serveApi } from "./testing/served-api.ts";
import { startSinks, type TestSink, type TestSinks } from "./testing/sinks.ts";

let cluster: AggregatingCluster;
let nats: TestNats;
let sinks: TestSinks;
let api: RunningApi;
let scene: ApiScene;

function serve(): Promise<RunningApi> {
  const { tls, listenAddress } = cluster;
  const { kubeconfig } = cluster.controlPlane;
  const access = nats.access("event-dispatcher");
  return serveApi({ kubeconfig, listenAddress, tls, nats: access, proxyUrl: sinks.proxyUrl });
}

beforeAll(async () => {
  [cluster, nats, sinks] = await Promise.all([startAggregatingCluster(), startNats(), startSinks()]);
  scene = await ApiScene.open(cluster.client, (user) => nats.access(user));
  api = await serve();
  await cluster.publish(api.port);
  await until("the API is served", async () => (await scene.ask("/streams")).status === 200, 60_000);
}, 120_000);
afterAll(async () => {
  await api?.close();
  await Promise.all([scene?.close(), sinks?.stop()]);
  await Promise.all([nats?.stop(), cluster?.stop()]);
}, 60_000);

interface LetterList {
  items: DeadLetter[];
}
const namesOf = ({ items }: LetterList): string[] => items.map(({ metadata }) => metadata.name);
const lettersOf = (namespace: string, path = ""): string => `/namespaces/${namespace}/deadletters${path}`;

interface HeldLetter {
  namespace: string;
  name: string;
  sink: TestSink;
  /** Lets the sink answer. */
  resume: () => void;
}

/** A dead letter of a Subscription whose sink fails, later. */
async function parkHeld(): Promise<HeldLetter> {
  const namespace = await scene.namespace();
  const key = { namespace, name: "orders" };
  const sink = sinks.of(await scene.subscribe(key));
  const path = `/namespaces/${namespace}/deliveries/orders`;
  await until("the Subscription is known", async () => (await scene.ask(path)).status === 200);
  const { promise, resolve } = Promise.withResolvers<void>();
  sink.hold = promise;
  sink.answer = { status: 500, body: "" };
  return { namespace, name: await scene.park(key), sink, resume: resolve };
}

test("a dead letter that is discarded during its replay stays discarded when the replay fails", async () => {
  const { namespace, name, sink, resume } = await parkHeld();
  const path = lettersOf(namespace, `/${name}`);
  const replaying = scene.ask<ReplayAnswer>(`${path}/replay`, { method: "POST" });
  await until("the sink is called", () => sink.calls.length > 0);
  expect((await scene.ask(path, { method: "DELETE" })).status).toBe(200);
  resume();
  expect((await replaying).body).toMatchObject({ delivered: false, status: 500, deadLetter: null });
  expect((await scene.ask<LetterList>(lettersOf(namespace))).body.items).toEqual([]);
});

test("of two letters that a process left for one event, since it ended during a replay, the newer one counts", async () => {
  const namespace = await scene.namespace();
  const key = { namespace, name: "orders" };
  const old = await scene.park(key);
  const headers = natsHeaders();
  headers.set("Kyma-Replaces", old);
  headers.set("Kyma-Last-Replay", new Date(0).toISOString());
  const { seq } = await scene.dispatcher.publish(deadLetterSubject(key), "{}", { headers });
  const list = async (): Promise<string[]> =>
    namesOf((await scene.ask<LetterList>(lettersOf(namespace))).body);
  expect(await list()).toEqual([String(seq)]);
  expect((await scene.ask(lettersOf(namespace, `/${old}`))).status).toBe(404);
  expect(await list()).toEqual([String(seq)]);
});

/** A request as the API server hands it on. */
function directly({ port }: RunningApi, path: string, method: string): ClientRequest {
  const place = {
    host: cluster.listenAddress,
    port,
    path: `/apis/delivery.eventing.kyma-project.io/v1alpha1${path}`,
  };
  const identity = cluster.clientPairs["front-proxy-client"];
  return https.request({ ...place, ...identity, method, agent: false, rejectUnauthorized: false });
}

test("a dispatcher that is asked to end stores what came of a replay, also when nobody waits for its answer", async () => {
  const { namespace, name, sink, resume } = await parkHeld();
  const ending = await serve();
  const streams = (): Promise<boolean> =>
    new Promise((resolve) => {
      const request = directly(ending, "/streams", "GET");
      request.on("response", (answer) => resolve(answer.resume().statusCode === 200));
      request.on("error", () => resolve(false)).end();
    });
  await until("it knows the API server", streams);
  const replay = directly(ending, lettersOf(namespace, `/${name}/replay`), "POST");
  replay.on("error", () => undefined).end();
  await until("the sink is called", () => sink.calls.length > 0);
  replay.destroy();
  const ended = ending.close();
  resume();
  await ended;
  const { body } = await scene.ask<LetterList>(lettersOf(namespace));
  expect(body.items).toMatchObject([{ attempts: 4, status: 500 }]);
});
