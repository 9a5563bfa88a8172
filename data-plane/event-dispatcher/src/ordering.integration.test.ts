import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { subscriptions } from "@kyma/crds/resource-types.ts";
import { consumerName, subjectOf } from "@kyma/eventing/subjects.ts";
import { nanos } from "@nats-io/transport-node";
import { afterAll, beforeAll, expect, inject, onTestFinished, test, vi } from "vitest";
import { DispatcherProcess, mountAccount, unmountAccount } from "./testing/dispatcher-process.ts";
import { EventSink, type Answering, type ReceivedEvent } from "./testing/event-sink.ts";
import { ids, Scene, source } from "./testing/scene.ts";

let scene: Scene;
let account: string;
const sinks: EventSink[] = [];
const expose = async (name: string, answer?: Answering): Promise<EventSink> => {
  const sink = await EventSink.start(answer);
  sinks.push(sink);
  await scene.expose(name, sink);
  return sink;
};
const consumerOf = (name: string): string =>
  consumerName(scene.key(name), subjectOf(source, `${name}.created.v1`, "standard"));
const keys = 5;
/** Five keys in turn. */
const keyed = (id: string): object => ({ subject: `key-${Number(id) % keys}` });
const ordered = { orderingKey: "subject", retryBackoff: "1ms", retryMaxBackoff: "5ms" };
/** Shorter than usual, and the pin is given up long before events come again: then new events would overtake them. */
const impatient = { ack_wait: nanos(6000), priority_timeout: nanos(2000) };

beforeAll(async () => {
  scene = await Scene.start(inject("kubeconfig"));
  account = await mountAccount(scene.parts.client);
});
afterAll(async () => {
  await scene.stop();
  await unmountAccount(account);
  await Promise.all(sinks.map((sink) => sink.stop()));
});

/** Publishes one after another, so that the order is known. */
async function publishInOrder(name: string, all: readonly string[]): Promise<void> {
  for (const id of all) await scene.publish(name, id, keyed(id));
}

/**
 * Of each key, every event came for the first time after all earlier ones had been answered, and none is missing. An event may come again:
 * who is killed cannot say what it had delivered.
 */
function expectOrder(received: readonly ReceivedEvent[], all: readonly string[]): void {
  expect([...new Set(received.map(({ id }) => id))].sort()).toEqual(all);
  for (let key = 0; key < keys; key++) {
    const ofKey = received.filter(({ headers }) => headers["ce-subject"] === `key-${key}`);
    const firsts = ofKey.filter((event, index) => ofKey.findIndex(({ id }) => id === event.id) === index);
    expect(firsts.map(({ id }) => id)).toEqual(all.filter((id) => Number(id) % keys === key));
    for (const [index, { until = Infinity }] of firsts.entries())
      expect(firsts[index + 1]?.at ?? Infinity).toBeGreaterThanOrEqual(until);
  }
}

test("events of a key come one after another, and a key that fails holds up no other", async () => {
  const running = await scene.startDispatcher();
  onTestFinished(() => running.stop());
  let isBroken = true;
  const sink = await expose("lanes", (event, response) => {
    if (event.headers["ce-subject"] === "key-0" && isBroken) response.writeHead(500).end();
    else setTimeout(() => response.end(), Math.random() * 3);
  });
  await scene.subscribe("lanes", { config: { ...ordered, retryCount: "1000", maxInFlightMessages: "4" } });
  await publishInOrder("lanes", ids(100));
  const others = ids(100).filter((id) => Number(id) % keys !== 0);
  const delivered = () => new Set(sink.received.filter(({ id }) => others.includes(id)).map(({ id }) => id));
  await vi.waitFor(() => expect(delivered().size).toBe(others.length), 30_000);
  expect(new Set(sink.received.filter(({ id }) => !others.includes(id)).map(({ id }) => id))).toEqual(
    new Set(["00000"]),
  );
  expect(sink.mostOpen).toBeLessThanOrEqual(4);
  isBroken = false;
  await scene.untilSettled();
  expectOrder(sink.received, ids(100));
});

test("an event of a key that is put aside lets the next one go", async () => {
  const running = await scene.startDispatcher();
  onTestFinished(() => running.stop());
  const sink = await expose("skips", (event, response) =>
    response.writeHead(event.id === "00001" ? 400 : event.id === "00002" ? 500 : 200).end(),
  );
  await scene.subscribe("skips", { config: { ...ordered, retryCount: "2" } });
  await publishInOrder("skips", ids(20));
  await scene.untilSettled();
  expectOrder(sink.received, ids(20));
  expect((await scene.deadLetters("skips")).map(({ event }) => event["id"])).toEqual(["00001", "00002"]);
});

test("a key that is set under load loses nothing", async () => {
  const running = await scene.startDispatcher();
  onTestFinished(() => running.stop());
  const sink = await expose("changing", (_, response) => setTimeout(() => response.end(), 2));
  const subscription = await scene.subscribe("changing");
  await scene.publishAll("changing", ids(300), keyed);
  await vi.waitFor(() => expect(sink.received.length).toBeGreaterThan(50), 20_000);
  const patch = { spec: { config: { orderingKey: "subject" } } };
  const key = scene.key("changing");
  const { spec } = await scene.parts.client.patch<Subscription>(subscriptions, key, patch, { type: "merge" });
  await scene.makeConsumer({ ...subscription, spec });
  await scene.untilSettled();
  expect([...new Set(sink.ids())].sort()).toEqual(ids(300));
});

test("one of two dispatchers reads; when it ends, the other one goes on at once and in order", async () => {
  const [first, second] = [await scene.startDispatcher(), await scene.startDispatcher()];
  onTestFinished(async () => {
    await Promise.all([first.stop(), second.stop()]);
  });
  const sink = await expose("handed", (_, response) => setTimeout(() => response.end(), 2));
  await scene.subscribe("handed", { config: { ...ordered, maxInFlightMessages: "4" } });
  const publishing = publishInOrder("handed", ids(400));
  await vi.waitFor(() => expect(sink.received.length).toBeGreaterThan(50), 20_000);
  await first.stop();
  const before = sink.received.length;
  await publishing;
  await scene.untilSettled();
  expectOrder(sink.received, ids(400));
  expect(sink.received.length).toBeGreaterThan(before);
});

/** The one that reads, of dispatchers of which one has read. */
async function readerOf(name: string, all: readonly DispatcherProcess[]): Promise<DispatcherProcess> {
  const called = await Promise.all(all.map((one) => one.hasCalledFor(consumerOf(name))));
  const reader = all[called.indexOf(true)];
  if (!reader) throw new Error("nobody reads");
  return reader;
}

test("order is kept when the dispatcher that reads is killed, time after time", async () => {
  const living = new Set<DispatcherProcess>();
  const start = async (): Promise<void> => void living.add(await DispatcherProcess.start(scene, account));
  onTestFinished(async () => {
    await Promise.all([...living].map((one) => one.kill()));
  });
  await Promise.all([start(), start()]);
  const sink = await expose("killed", (_, response) => setTimeout(() => response.end(), 2));
  await scene.subscribe("killed", { config: { ...ordered, maxInFlightMessages: "4" }, consumer: impatient });
  const all = ids(500);
  const publishing = publishInOrder("killed", all);
  for (const at of [50, 200]) {
    await vi.waitFor(() => expect(sink.received.length).toBeGreaterThan(at), 40_000);
    const reader = await readerOf("killed", [...living]);
    living.delete(reader);
    await reader.kill();
    await start();
  }
  await publishing;
  await scene.untilSettled(60_000);
  expectOrder(sink.received, all);
}, 120_000);

test("order is kept when the dispatcher that reads is frozen and comes back", async () => {
  const pair = await Promise.all([1, 2].map(() => DispatcherProcess.start(scene, account)));
  onTestFinished(async () => {
    await Promise.all(pair.map((one) => one.kill()));
  });
  const sink = await expose("frozen", (_, response) => setTimeout(() => response.end(), 2));
  await scene.subscribe("frozen", { config: { ...ordered, maxInFlightMessages: "4" }, consumer: impatient });
  const all = ids(302);
  const publishing = publishInOrder("frozen", all.slice(0, 300));
  await vi.waitFor(() => expect(sink.received.length).toBeGreaterThan(50), 40_000);
  const reader = await readerOf("frozen", pair);
  reader.signal("SIGSTOP");
  await publishing;
  await scene.untilSettled(60_000);
  reader.signal("SIGCONT");
  await publishInOrder("frozen", all.slice(300));
  await scene.untilSettled(60_000);
  expectOrder(sink.received, all);
}, 120_000);
