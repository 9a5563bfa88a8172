import { until } from "@kyma/local-cluster/node-agent/testing/test-node.ts";
import { deadLetterSubject } from "@kyma/eventing/streams.ts";
import type { ReplayAnswer } from "@kyma/eventing/delivery-objects.ts";
import { headers as natsHeaders } from "@nats-io/transport-node";
import type { ClientRequest } from "node:http";
import * as https from "node:https";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningApi } from "./parts.ts";
import type { ApiScene } from "./testing/api-scene.ts";
import { lettersOf, namesOf, type LetterList } from "./testing/letters.ts";
import { startServedScene, type ServedScene } from "./testing/served-scene.ts";
import type { TestSink, TestSinks } from "./testing/sinks.ts";

let served: ServedScene;
let scene: ApiScene;
let sinks: TestSinks;

beforeAll(async () => {
  served = await startServedScene();
  ({ scene, sinks } = served);
}, 120_000);
afterAll(() => served?.stop(), 60_000);

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
  await scene.untilKnown(key);
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
    host: served.cluster.listenAddress,
    port,
    path: `/apis/delivery.eventing.kyma-project.io/v1alpha1${path}`,
  };
  const identity = served.cluster.clientPairs["front-proxy-client"];
  return https.request({ ...place, ...identity, method, agent: false, rejectUnauthorized: false });
}

test("a dispatcher that is asked to end stores what came of a replay, also when nobody waits for its answer", async () => {
  const { namespace, name, sink, resume } = await parkHeld();
  const ending = await served.serve();
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
