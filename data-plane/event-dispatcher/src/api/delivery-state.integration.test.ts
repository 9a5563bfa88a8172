import { consumerConfig } from "@kyma/eventing/streams.ts";
import { defaultDeliveryConfig } from "@kyma/eventing/delivery-config.ts";
import { subjectOf } from "@kyma/eventing/subjects.ts";
import { clusterRoleBindings } from "@kyma/kube/resource-types.ts";
import { until } from "@kyma/local-cluster/node-agent/testing/test-node.ts";
import type { AggregatingCluster } from "@kyma/local-cluster/testing/aggregating-cluster.ts";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import * as https from "node:https";
import { text } from "node:stream/consumers";
import { connect as connectTls } from "node:tls";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { deadLetterStreamConfig, defaultStreamLimits } from "@kyma/eventing/streams.ts";
import type { Delivery, NatsServerState, ObservedEvent, Stream } from "@kyma/eventing/delivery-objects.ts";
import type { ApiScene, OpenWatch } from "./testing/api-scene.ts";
import { startServedScene, type ServedScene } from "./testing/served-scene.ts";

let served: ServedScene;
let cluster: AggregatingCluster;
let scene: ApiScene;

beforeAll(async () => {
  served = await startServedScene();
  ({ cluster, scene } = served);
}, 120_000);
afterAll(() => served?.stop(), 60_000);

/** Makes the consumer of a Subscription's type, as the controllers do. */
async function consume(key: { namespace: string; name: string }, type: string): Promise<string> {
  const config = consumerConfig(key, subjectOf("shop", type, "standard"), defaultDeliveryConfig);
  return (await scene.manager.consumers.add("sap", config)).name;
}

async function watch(path: string, as?: string): Promise<OpenWatch> {
  const opened = scene.watch(path, as);
  onTestFinished(() => opened.stop());
  expect(await opened.opened).toBe(200);
  return opened;
}

const added = ({ lines }: OpenWatch) =>
  lines.filter(({ type }) => type === "ADDED").map(({ object }) => object);
const attempt = (id: string, more = {}) => ({
  event: { id, source: "shop", type: "order.created.v1" },
  attempt: 1,
  status: 200,
  outcome: "delivered",
  durationMs: 3,
  ...more,
});

test("a delivery tells what is delivered, pending and put aside", async () => {
  const namespace = await scene.namespace();
  const key = { namespace, name: "orders" };
  await scene.subscribe(key, ["order.created.v1", "order.paid.v1"]);
  const consumer = await consume(key, "order.created.v1");
  const before = Date.now();
  for (const id of ["1", "2", "3"]) await scene.publish("kyma.shop.order.created.v1", { id });
  const [first] = [await (await scene.dispatcher.consumers.get("sap", consumer)).fetch({ max_messages: 2 })];
  const held = [];
  for await (const message of first) held.push(message);
  await held[0]?.ackAck();
  await scene.park(key);
  scene.tell(key, attempt("9", { outcome: "retry", status: 503, error: "overloaded" }));
  const viewer = await scene.user(namespace, "view");
  const read = () => scene.ask<Delivery>(`/namespaces/${namespace}/deliveries/orders`, { as: viewer });
  await until("the failed attempt is known", async () => (await read()).body.lastError !== null);
  const { body } = await read();
  expect(body).toMatchObject({
    kind: "Delivery",
    metadata: { namespace, name: "orders" },
    sink: `http://orders.${namespace}.svc.cluster.local/in`,
    deadLetters: 1,
    lastError: { status: 503, message: "overloaded", eventId: "9", type: "order.created.v1" },
    types: [
      { type: "order.created.v1", consumer, exists: true, delivered: 2, acked: 1, pending: 1, inFlight: 1 },
      { type: "order.paid.v1", exists: false, delivered: 0, pending: 0, oldestPending: null },
    ],
  });
  const oldest = Date.parse(body.types[0]?.oldestPending ?? "");
  expect(oldest).toBeGreaterThanOrEqual(before - 5);
  expect(oldest).toBeLessThanOrEqual(Date.now());
  expect((await scene.ask(`/namespaces/${namespace}/deliveries/none`)).status).toBe(404);
  const { body: list } = await scene.ask<{ items: Delivery[] }>(`/namespaces/${namespace}/deliveries`);
  expect(list.items).toEqual([body]);
});

test("many Subscriptions are read by few requests", async () => {
  const namespace = await scene.namespace();
  const names = Array.from({ length: 80 }, (_, index) => `s${String(index).padStart(2, "0")}`);
  for (const name of names) {
    await scene.subscribe({ namespace, name });
    await consume({ namespace, name }, "order.created.v1");
  }
  const page = (query: string) =>
    scene.ask<{ items: Delivery[]; metadata: { continue?: string; remainingItemCount?: number } }>(
      `/namespaces/${namespace}/deliveries${query}`,
    );
  await until("all are known", async () => (await page("")).body.items.length === 80);
  const all = (await page("")).body.items;
  expect(all.map(({ metadata }) => metadata.name)).toEqual(names);
  expect(all.every(({ types }) => types[0]?.exists)).toBe(true);
  await scene.publish("kyma.shop.order.created.v1", { id: "waits" });
  await until("it waits for all", async () =>
    (await page("")).body.items.every(({ types }) => types[0]?.pending === 1),
  );
  // When the oldest was published is a question for each: it is asked for few only.
  const oldest = (items: Delivery[]) => items.filter(({ types }) => types[0]?.oldestPending).length;
  expect(oldest((await page("")).body.items)).toBe(0);
  expect(oldest((await page("?limit=30")).body.items)).toBe(30);
  const { body } = await page("?limit=30");
  expect(body.metadata.remainingItemCount).toBe(50);
  const rest = await page(`?continue=${body.metadata.continue}`);
  expect(rest.body.items[0]?.metadata.name).toBe("s30");
  const table = await scene.ask<{ rows: { cells: unknown[] }[] }>(
    `/namespaces/${namespace}/deliveries?limit=1`,
    {
      accept: "application/json;as=Table;v=v1;g=meta.k8s.io",
    },
  );
  expect(table.body.rows[0]?.cells.slice(0, 5)).toEqual(["s00", 1, 0, 0, 0]);
}, 60_000);

test("attempts are watched by namespace, Subscription and event, by who may", async () => {
  const [a, b] = [await scene.namespace(), await scene.namespace()];
  const viewer = await scene.user(a, "view");
  const path = (namespace: string, query = ""): string =>
    `/namespaces/${namespace}/attempts?watch=true${query}`;
  await until("the viewer may", async () => {
    const tried = scene.watch(path(a), viewer);
    const status = await tried.opened;
    tried.stop();
    return status === 200;
  });
  expect(await scene.watch(path(b), viewer).opened).toBe(403);
  const mine = await watch(path(a), viewer);
  const one = await watch(path(a, "&subscription=orders&eventId=7"), viewer);
  const named = await watch(path(a, "&fieldSelector=metadata.name%3Dpayments"), viewer);
  for (const [namespace, name, id] of [
    [b, "orders", "7"],
    [a, "payments", "7"],
    [a, "orders", "8"],
    [a, "orders", "7"],
  ] as const)
    scene.tell({ namespace, name }, attempt(id));
  await until("the last attempt has come", () => added(one).length === 1 && added(mine).length === 3);
  expect(added(named).map(({ subscription }) => subscription)).toEqual([{ namespace: a, name: "payments" }]);
  expect(added(one)[0]).toMatchObject({
    kind: "Attempt",
    metadata: { namespace: a, name: "orders" },
    subscription: { namespace: a, name: "orders" },
    event: { id: "7" },
    outcome: "delivered",
  });
  expect((await scene.ask(`/namespaces/${a}/attempts`)).status).toBe(405);
});

test("what is published is seen live, filtered, by who may view the cluster", async () => {
  const binding = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "cluster-viewer" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "cluster-viewer" }],
  };
  await cluster.client.create(clusterRoleBindings, binding);
  const namespace = await scene.namespace();
  const viewer = await scene.user(namespace, "view");
  await until(
    "the viewer may",
    async () => (await scene.ask("/events", { as: "cluster-viewer" })).status === 200,
  );
  expect((await scene.ask("/events", { as: viewer })).status).toBe(403);
  expect(await scene.watch("/events?watch=true", viewer).opened).toBe(403);

  const all = await watch("/events?watch=true", "cluster-viewer");
  const some = await watch("/events?watch=true&type=*ail.*.v1&source=w*b");
  await scene.publish("kyma.web.tail.a.v1", {
    id: "1",
    source: "web",
    originaltype: "tail.a*.v1",
    data: "<b>",
  });
  await scene.publish("kyma.app.tail.a.v1", { id: "2", source: "app" });
  await scene.publish("kyma.web.other.a.v1", { id: "3", source: "web" });
  await scene.publish("kyma.web.tail.b.v1", { id: "4", source: "web", data: "x".repeat(20_000) });
  const ids = (opened: OpenWatch): unknown[] => added(opened).map(({ event }) => event?.id);
  await until("all events have come", () => ids(all).length === 4 && ids(some).length === 2);
  expect(ids(all)).toEqual(["1", "2", "3", "4"]);
  expect(ids(some)).toEqual(["1", "4"]);
  const [first, large] = added(some);
  expect(first).toMatchObject({
    kind: "ObservedEvent",
    type: "tail.a*.v1",
    source: "web",
    event: { id: "1", type: "tail.a*.v1", data: "<b>" },
    truncated: false,
  });
  expect(large).toMatchObject({ truncated: true, event: { id: "4" } });
  expect(large?.event).not.toHaveProperty("data");

  // With more digits than a JavaScript number holds, and a line break.
  const data = '{"n":9007199254740993,\n"f":1.0}';
  const names = '"type":"kyma.web.tail.c.v1","originaltype":"tail.c.v1"';
  await scene.publish(
    "kyma.web.tail.c.v1",
    `{"specversion":"1.0","id":"5","source":"web",${names},"data":${data}}`,
  );
  await until("it has come, too", () => ids(some).length === 3);
  expect(some.texts.find((text) => text.includes('"id":"5"'))).toContain(
    '"type":"tail.c.v1","data":{"n":9007199254740993, "f":1.0}}',
  );

  const { body } = await scene.ask<{ items: ObservedEvent[] }>("/events");
  expect(body.items.find(({ subject }) => subject === "kyma.web.tail.a.v1")).toMatchObject({
    type: "tail.a*.v1",
    source: "web",
    count: 1,
  });
});

test("of more than 100 a second a tail brings 100 and counts the others", async () => {
  const tail = await watch("/events?watch=true&type=burst.v1");
  const published = 1500;
  const began = Date.now();
  await Promise.all(
    Array.from({ length: published }, (_, index) =>
      scene.publish("kyma.shop.burst.v1", { id: String(index) }),
    ),
  );
  const dropped = (): number =>
    tail.lines
      .filter(({ type }) => type === "BOOKMARK")
      .reduce((sum, { object }) => sum + (object.dropped ?? 0), 0);
  await until("every event is shown or counted", () => added(tail).length + dropped() === published);
  const seconds = (Date.now() - began) / 1000;
  expect(added(tail).length).toBeGreaterThanOrEqual(100);
  expect(added(tail).length).toBeLessThanOrEqual(100 * (seconds + 1));
});

test("a reader that takes nothing holds up nobody, and what it missed is counted", async () => {
  const namespace = await scene.namespace();
  const key = { namespace, name: "orders" };
  const { listenAddress: host, clientPairs } = cluster;
  const identity = clientPairs["front-proxy-client"];
  const slow = connectTls({ host, port: served.api.port, rejectUnauthorized: false, ...identity });
  onTestFinished(() => void slow.destroy());
  const path = `/apis/delivery.eventing.kyma-project.io/v1alpha1/namespaces/${namespace}/attempts?watch=1`;
  slow.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`);
  await once(slow, "readable");
  const quick = await watch(`/namespaces/${namespace}/attempts?watch=true`);
  const told = 5000;
  const error = "x".repeat(4000);
  for (let index = 0; index < told; index++) {
    scene.tell(key, attempt(String(index), { outcome: "retry", error }));
    if (index % 50 === 0) await scene.flush();
  }
  await until("the other reader has gone on", () => {
    scene.tell({ namespace, name: "last" }, attempt("last"));
    return added(quick).some(({ event }) => event?.id === "last");
  });
  let got = "";
  slow.on("data", (chunk: Buffer) => (got += chunk.toString("utf8")));
  const shown = (): number => got.match(/"name":"orders","resourceVersion"/g)?.length ?? 0;
  const dropped = (): number =>
    [...got.matchAll(/"dropped":(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
  await until("all are shown or counted", () => shown() + dropped() >= told);
  expect(dropped()).toBeGreaterThan(0);
});

test("a dispatcher that ends ends its watches", async () => {
  const { listenAddress: host, clientPairs } = cluster;
  const second = await served.serve();
  const identity = clientPairs["front-proxy-client"];
  const path = "/apis/delivery.eventing.kyma-project.io/v1alpha1/attempts?watch=true";
  const open = (): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const options = { host, port: second.port, path, agent: false, rejectUnauthorized: false, ...identity };
      https.get(options, resolve).once("error", reject);
    });
  let answer = await open();
  await until("it is let in, and NATS is there", async () => {
    if (answer.statusCode === 200) return true;
    answer.resume();
    answer = await open();
    return false;
  });
  const ended = text(answer);
  await second.close();
  expect(await ended).toBe("");
});

test("streams tell what they hold, and what the server has", async () => {
  const { body } = await scene.ask<{ items: Stream[]; server: NatsServerState }>("/streams");
  expect(body.items.map(({ metadata }) => metadata.name)).toEqual(["kyma-deadletter", "sap"]);
  expect(body.items[1]).toMatchObject({
    kind: "Stream",
    maxBytes: 700 * 1024 * 1024,
    maxMessagesPerSubject: 1_000_000,
  });
  expect(body.server).toMatchObject({
    version: expect.stringMatching(/^2\./) as string,
    storageLimit: null,
    streams: 2,
  });
  expect(body.server.storageUsed).toBeGreaterThan(0);
});

test("without streams there is nothing, which is no error; without NATS there is a sentence", async () => {
  const namespace = await scene.namespace();
  const name = await scene.park({ namespace, name: "orders" });
  await scene.manager.streams.delete("kyma-deadletter");
  const empty = await scene.ask<{ items: object[] }>(`/namespaces/${namespace}/deadletters`);
  expect(empty).toMatchObject({ status: 200, body: { items: [] } });
  expect((await scene.ask(`/namespaces/${namespace}/deadletters/${name}`)).status).toBe(404);
  expect((await scene.ask(`/namespaces/${namespace}/deadletters`, { method: "DELETE" })).status).toBe(200);
  await scene.manager.streams.add(deadLetterStreamConfig(defaultStreamLimits));

  const tail = await watch("/events?watch=true&type=after.*");
  await served.nats.process.kill();
  await until(
    "the API says so",
    async () => (await scene.ask(`/namespaces/${namespace}/deadletters`)).status === 503,
  );
  for (const path of ["/streams", "/events", `/namespaces/${namespace}/deadletters/1`]) {
    const { status, body } = await scene.ask(path);
    expect({ status, ...body }, path).toMatchObject({
      status: "Failure",
      code: 503,
      reason: "ServiceUnavailable",
      message: "the NATS server cannot be reached: try again in a moment",
    });
    expect(status).toBe(503);
  }
  expect(await scene.watch("/events?watch=true").opened).toBe(503);
  await served.nats.process.start();
  await served.nats.process.ready();
  await until("it answers again", async () => (await scene.ask("/streams")).status === 200);
  await until("a watch goes on", async () => {
    await scene.publish("kyma.shop.after.v1", { id: "1" }).catch(() => undefined);
    return added(tail).length > 0;
  });
}, 60_000);
