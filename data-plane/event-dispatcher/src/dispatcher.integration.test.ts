import { subscriptions } from "@kyma/crds/resource-types.ts";
import { consumerName, subjectOf } from "@kyma/eventing/subjects.ts";
import { eventStream } from "@kyma/eventing/streams.ts";
import { services } from "@kyma/kube/resource-types.ts";
import { nanos } from "@nats-io/transport-node";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { accepted, EventSink, status, type Answering } from "./testing/event-sink.ts";
import { ids, Scene, source, type RunningDispatcher, type StoredLetter } from "./testing/scene.ts";

let scene: Scene;
let running: RunningDispatcher;
const sinks: EventSink[] = [];
const expose = async (name: string, answer?: Answering): Promise<EventSink> => {
  const sink = await EventSink.start(answer);
  sinks.push(sink);
  await scene.expose(name, sink);
  return sink;
};
const consumerOf = (name: string): string =>
  consumerName(scene.key(name), subjectOf(source, `${name}.created.v1`, "standard"));
const idsOf = (letters: StoredLetter[]): string[] => letters.map(({ event }) => String(event["id"])).sort();
/** How often a Subscription's sink gave this status, as the metrics tell. */
async function attempts(name: string, code: number): Promise<number> {
  const metric = running.registry.getSingleMetric("eventing_ec_nats_delivery_per_subscription_total");
  const values = (await metric?.get())?.values ?? [];
  const found = values.find(
    ({ labels }) => labels["subscription_name"] === name && labels["response_code"] === String(code),
  );
  return found?.value ?? 0;
}
/** Retries at once, for tests that do not look at pauses. */
const eager = { retryBackoff: "1ms", retryMaxBackoff: "1ms" };

beforeAll(async () => {
  scene = await Scene.start(inject("kubeconfig"), { deadLetterMaxBytes: 64 * 1024 });
  running = await scene.startDispatcher();
});
afterAll(async () => {
  await scene.stop();
  await Promise.all(sinks.map((sink) => sink.stop()));
});

test("an event reaches the sink as it was published, in binary mode", async () => {
  const sink = await expose("plain");
  await scene.subscribe("plain");
  await scene.publish("plain", "1", {
    subject: "order/7",
    datacontenttype: "application/json",
    data: { id: 7 },
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  });
  await scene.untilSettled();
  expect(sink.received).toHaveLength(1);
  expect(sink.received[0]).toMatchObject({ id: "1", type: "plain.created.v1", body: '{"id":7}' });
  expect(sink.received[0]?.headers).toMatchObject({
    "content-type": "application/json",
    "ce-specversion": "1.0",
    "ce-source": "shop",
    "ce-subject": "order/7",
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  });
  expect(sink.received[0]?.headers).not.toHaveProperty("ce-originaltype");
});

test("R12: events of a sink that fails are tried again, then put aside, exactly; another Subscription is not held up", async () => {
  const failing = await expose("failing", status(503, {}, "later"));
  await expose("hanging", () => undefined);
  const healthy = await expose("healthy");
  const config = { ...eager, retryCount: "2", maxInFlightMessages: "50" };
  await scene.subscribe("failing", { config });
  await scene.subscribe("hanging", { config: { ...config, timeout: "200ms" } });
  await scene.subscribe("healthy");
  await Promise.all(["failing", "hanging", "healthy"].map((name) => scene.publishAll(name, ids(40))));
  await scene.untilSettled();
  expect(healthy.ids().sort()).toEqual(ids(40));
  expect(failing.received).toHaveLength(3 * 40);
  expect(await attempts("failing", 503)).toBe(3 * 40);
  expect(await attempts("hanging", 0)).toBe(3 * 40);
  const letters = await scene.deadLetters("failing");
  expect(idsOf(letters)).toEqual(ids(40));
  expect(letters[0]?.event).toMatchObject({ type: "failing.created.v1", source });
  expect(letters[0]?.event).not.toHaveProperty("originaltype");
  expect(letters[0]?.headers).toMatchObject({
    "Kyma-Reason": "exhausted",
    "Kyma-Attempts": "3",
    "Kyma-Status": "503",
    "Kyma-Answer": "later",
    "Kyma-Sink": `http://${scene.host("failing")}/`,
    "Kyma-Consumer": consumerOf("failing"),
  });
  const hung = await scene.deadLetters("hanging");
  expect(hung).toHaveLength(40);
  expect(hung[0]?.headers).toMatchObject({ "Kyma-Status": "0", "Kyma-Answer": "no answer within 200 ms" });
  await scene.parts.manager.streams.purge("kyma-deadletter");
});

test("an event that the sink refuses, or answers by a redirect, is put aside at once; others go on", async () => {
  const sink = await expose("picky", (event, response) =>
    response.writeHead(event.id === "00001" ? 422 : event.id === "00002" ? 302 : 200).end("why"),
  );
  await scene.subscribe("picky");
  await scene.publishAll("picky", ids(5));
  await scene.untilSettled();
  expect(sink.received).toHaveLength(5);
  const letters = await scene.deadLetters("picky");
  expect(idsOf(letters)).toEqual(["00001", "00002"]);
  expect(letters.map(({ headers }) => headers["Kyma-Reason"])).toEqual(["refused", "refused"]);
});

test("what is stored and is no event is put aside as it is", async () => {
  const sink = await expose("garbled");
  await scene.subscribe("garbled");
  await scene.publishText("garbled", "no event");
  await scene.untilSettled();
  expect(sink.received).toEqual([]);
  const [letter] = await scene.deadLetters("garbled");
  expect(letter?.text).toBe("no event");
  expect(letter?.headers["Kyma-Reason"]).toBe("refused");
});

test("no more events are under way than the Subscription says, over two dispatchers, also when that changes under load", async () => {
  const other = await scene.startDispatcher();
  const open: (() => void)[] = [];
  const sink = await expose("bounded", (_, response) => open.push(() => response.end()));
  await scene.subscribe("bounded", { config: { maxInFlightMessages: "4" } });
  await scene.publishAll("bounded", ids(60));
  await vi.waitFor(() => expect(open).toHaveLength(4), 20_000);
  const bound = async (max: number): Promise<void> => {
    const patch = { spec: { config: { maxInFlightMessages: String(max) } } };
    await scene.parts.client.patch(subscriptions, scene.key("bounded"), patch, { type: "merge" });
    const { consumers } = scene.parts.manager;
    await consumers.update(eventStream, consumerOf("bounded"), { max_ack_pending: max });
  };
  await bound(12);
  await vi.waitFor(() => expect(open).toHaveLength(12), 20_000);
  expect(sink.mostOpen).toBe(12);
  await bound(2);
  for (const end of open.splice(0)) end();
  await vi.waitFor(() => expect(open).toHaveLength(2), 20_000);
  sink.mostOpen = 0;
  sink.answer = (_, response) => setTimeout(() => response.end(), 1);
  for (const end of open.splice(0)) end();
  await scene.untilSettled();
  expect(sink.mostOpen).toBeLessThanOrEqual(2);
  expect(sink.ids().sort()).toEqual(ids(60));
  await other.stop();
});

test("a Service that is missing is waited for without an attempt; when it appears, its events come", async () => {
  await scene.subscribe("late");
  await scene.publishAll("late", ids(3));
  const info = () => scene.parts.manager.consumers.info(eventStream, consumerOf("late"));
  await vi.waitFor(() => expect(running.view.subscriptions.get(scene.key("late"))).toBeDefined(), 20_000);
  expect(await info()).toMatchObject({ num_pending: 3, num_waiting: 0, num_ack_pending: 0 });
  const sink = await expose("late");
  await scene.untilSettled();
  expect(sink.ids().sort()).toEqual(ids(3));
  await scene.parts.client.delete(services, scene.key("late"));
  await vi.waitFor(async () => expect((await info()).num_waiting).toBe(0), 20_000);
  await scene.publish("late", "more");
  expect(await info()).toMatchObject({ num_pending: 1, num_ack_pending: 0 });
  expect(await scene.deadLetters("late")).toEqual([]);
  await scene.expose("late", sink);
  await scene.untilSettled();
  expect(sink.ids()).toContain("more");
});

test("a Service that the proxy does not know yet costs an attempt, not the event", async () => {
  const sink = await expose("unrouted");
  scene.parts.router.route(scene.host("unrouted"), undefined);
  await scene.subscribe("unrouted", { config: { retryBackoff: "100ms" } });
  await scene.publish("unrouted", "1");
  await vi.waitFor(async () => expect(await attempts("unrouted", 0)).toBeGreaterThan(0), 20_000);
  scene.parts.router.route(scene.host("unrouted"), sink.port);
  await scene.untilSettled();
  expect(sink.ids()).toEqual(["1"]);
});

test("a Service of another namespace is a sink when an administrator allows it, and not before", async () => {
  const audit = { namespace: "kyma-system", name: `audit-${scene.parts.namespace}` };
  const host = `${audit.name}.kyma-system.svc.cluster.local`;
  const sink = await EventSink.start();
  sinks.push(sink);
  scene.parts.router.route(host, sink.port);
  const service = { apiVersion: "v1", kind: "Service", metadata: audit, spec: { ports: [{ port: 80 }] } };
  await scene.parts.client.create(services, service);
  await scene.subscribe("guest", { sink: `http://${host}` });
  await scene.publish("guest", "1");
  await vi.waitFor(() => expect(running.view.subscriptions.get(scene.key("guest"))).toBeDefined(), 20_000);
  const { consumers } = scene.parts.manager;
  expect(await consumers.info(eventStream, consumerOf("guest"))).toMatchObject({
    num_waiting: 0,
    num_pending: 1,
  });
  await scene.allowHost(host);
  await scene.untilSettled();
  expect(sink.ids()).toEqual(["1"]);
  await scene.parts.client.delete(services, audit);
});

test("what is still under way when a dispatcher must end goes to another one at once", async () => {
  const hanging = await scene.startDispatcher();
  const sink = await expose("cutoff", () => undefined);
  await running.stop();
  await scene.subscribe("cutoff", { config: { retryCount: "0" } });
  await scene.publish("cutoff", "1");
  await vi.waitFor(() => expect(sink.received).toHaveLength(1), 20_000);
  sink.answer = accepted;
  running = await scene.startDispatcher();
  await hanging.stop(50);
  await scene.untilSettled();
  expect(sink.ids()).toEqual(["1", "1"]);
  expect(await scene.deadLetters("cutoff")).toEqual([]);
});

test("a sink that takes longer than NATS waits is not called again", async () => {
  const sink = await expose("lasting", (_, response) => setTimeout(() => response.end(), 14_000));
  await scene.subscribe("lasting", { consumer: { ack_wait: nanos(12_000) } });
  await scene.publish("lasting", "1");
  await scene.untilSettled();
  expect(sink.ids()).toEqual(["1"]);
});

test("a sink that moves under load gets what comes from then on, and nothing is lost", async () => {
  const slow: Answering = (_, response) => setTimeout(() => response.end(), 5);
  const old = await expose("old", slow);
  const next = await expose("next", slow);
  const sink = `http://${scene.host("old")}`;
  await scene.subscribe("moving", { sink });
  await scene.publishAll("moving", ids(300));
  await vi.waitFor(() => expect(old.received.length).toBeGreaterThan(50), 20_000);
  const patch = { spec: { sink: `http://${scene.host("next")}/there` } };
  await scene.parts.client.patch(subscriptions, scene.key("moving"), patch, { type: "merge" });
  await scene.untilSettled();
  expect([...old.ids(), ...next.ids()].sort()).toEqual(ids(300));
  expect(next.received.length).toBeGreaterThan(0);
});

test("a Subscription that is deleted gets nothing more; made anew, it gets what comes then", async () => {
  const sink = await expose("again");
  const subscription = await scene.subscribe("again");
  await scene.publish("again", "before");
  await scene.untilSettled();
  await scene.parts.client.delete(subscriptions, scene.key("again"));
  await scene.parts.manager.consumers.delete(eventStream, consumerOf("again"));
  await scene.publish("again", "between");
  const { apiVersion, kind, spec } = subscription;
  const anew = { apiVersion, kind, metadata: scene.key("again"), spec };
  await scene.parts.client.create(subscriptions, anew);
  await scene.makeConsumer(anew);
  await scene.publish("again", "after");
  await scene.untilSettled();
  expect(sink.ids()).toEqual(["before", "after"]);
});

test("a consumer that comes long after its Subscription is taken up", async () => {
  const sink = await expose("unready");
  const subscription = await scene.subscribe("unready");
  await scene.parts.manager.consumers.delete(eventStream, consumerOf("unready"));
  await vi.waitFor(() => expect(running.view.subscriptions.get(scene.key("unready"))).toBeDefined(), 20_000);
  await scene.makeConsumer(subscription);
  await scene.publish("unready", "1");
  await scene.untilSettled();
  expect(sink.ids()).toEqual(["1"]);
});

test("a dead-letter sink takes what cannot be delivered; when it refuses, the stream does", async () => {
  await expose("bad", status(400, {}, "no"));
  const parking = await expose("parking", (event, response) =>
    response.writeHead(event.id === "refused" ? 500 : 200).end(),
  );
  const deadLetterSink = `http://${scene.host("parking")}/letters`;
  await scene.subscribe("bad", { config: { deadLetterSink } });
  await scene.publishAll("bad", ["taken", "refused"]);
  await scene.untilSettled();
  const taken = parking.received.find(({ id }) => id === "taken");
  expect(taken?.headers).toMatchObject({
    "ce-type": "bad.created.v1",
    "ce-deadletterreason": "refused",
    "ce-deadletterattempts": "1",
    "ce-deadlettersink": `http://${scene.host("bad")}/`,
  });
  expect(idsOf(await scene.deadLetters("bad"))).toEqual(["refused"]);
});

test("while the dead-letter stream is full, events stay where they are and are tried again", async () => {
  const sink = await expose("parked", status(400));
  await scene.subscribe("parked", { config: { ...eager, retryMaxBackoff: "200ms" } });
  const data = "x".repeat(20_000);
  await scene.publishAll("parked", ids(6), () => ({ data }));
  await vi.waitFor(() => expect(sink.received.length).toBeGreaterThan(8), 20_000);
  expect((await scene.parts.manager.streams.info(eventStream)).state.messages).toBeGreaterThan(0);
  sink.answer = accepted;
  await scene.untilSettled();
  const kept = idsOf(await scene.deadLetters("parked"));
  expect(kept.length).toBeGreaterThan(0);
  const delivered = sink.received.slice(-(6 - kept.length)).map(({ id }) => id);
  expect([...kept, ...delivered].sort()).toEqual(ids(6));
});

test("what happens to each event is told to whoever listens, with the pause that a sink asked for", async () => {
  const told: unknown[] = [];
  const listener = running.nats.subscribe(`delivery.${scene.parts.namespace}.told`, {
    callback: (_, message) => void told.push(message.json()),
  });
  await running.nats.flush();
  const sink = await expose("told", (_, response) =>
    response.writeHead(sink.received.length > 1 ? 200 : 429, { "retry-after": "1" }).end("busy"),
  );
  await scene.subscribe("told", { config: { retryBackoff: "1ms" } });
  await scene.publish("told", "1");
  await vi.waitFor(() => expect(told).toHaveLength(2), 20_000);
  listener.unsubscribe();
  const common = {
    subscription: scene.key("told"),
    consumer: consumerOf("told"),
    event: { id: "1", source, type: "told.created.v1" },
    sink: `http://${scene.host("told")}/`,
  };
  expect(told).toMatchObject([
    { ...common, attempt: 1, status: 429, outcome: "retry", nextAttemptMs: 1000, error: "busy" },
    { ...common, attempt: 2, status: 200, outcome: "delivered" },
  ]);
});

test("the figures of a Subscription go with it", async () => {
  await expose("counted");
  await scene.subscribe("counted");
  await scene.publishAll("counted", ids(3));
  await scene.untilSettled();
  const labels = `subscription_name="counted",subscription_namespace="${scene.parts.namespace}",consumer_name="${consumerOf("counted")}",event_type="counted.created.v1"`;
  const attempted = `${labels},sink="http://${scene.host("counted")}/",response_code="204"`;
  const lines = (await running.registry.metrics()).split("\n").filter((line) => !line.includes("_bucket"));
  const ofIt = lines.filter((line) => line.includes(consumerOf("counted")) && !line.includes("_sum"));
  expect(ofIt.sort()).toEqual([
    `eventing_ec_nats_delivery_per_subscription_total{${attempted}} 3`,
    `eventing_ec_nats_subscriber_dispatch_duration_seconds_count{${attempted}} 3`,
  ]);
  expect(lines).toContain("eventing_ec_health 1");
  await scene.parts.client.delete(subscriptions, scene.key("counted"));
  const isLeft = async (): Promise<boolean> =>
    (await running.registry.metrics()).includes(consumerOf("counted"));
  await vi.waitFor(async () => expect(await isLeft()).toBe(false), 20_000);
});
