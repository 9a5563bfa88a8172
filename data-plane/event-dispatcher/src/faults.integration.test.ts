import { rm } from "node:fs/promises";
import { eventStream } from "@kyma/eventing/streams.ts";
import { findFreePorts } from "@kyma/local-cluster/supervisor/ports.ts";
import { nanos } from "@nats-io/transport-node";
import { afterEach, beforeEach, expect, inject, onTestFinished, test, vi } from "vitest";
import { DispatcherProcess, mountAccount, unmountAccount } from "./testing/dispatcher-process.ts";
import { EventSink, type Answering } from "./testing/event-sink.ts";
import { FallingSink } from "./testing/falling-sink.ts";
import { ids, Scene } from "./testing/scene.ts";

let scene: Scene;
let account: string;
beforeEach(async () => {
  scene = await Scene.start(inject("kubeconfig"));
  account = await mountAccount(scene.parts.client);
});
afterEach(async () => {
  await scene.stop();
  await unmountAccount(account);
});

const expose = async (name: string, answer?: Answering): Promise<EventSink> => {
  const sink = await EventSink.start(answer);
  onTestFinished(() => sink.stop());
  await scene.expose(name, sink);
  return sink;
};
const start = async (): Promise<DispatcherProcess> => {
  const dispatcher = await DispatcherProcess.start(scene, account);
  onTestFinished(() => dispatcher.kill());
  return dispatcher;
};
const answerAfter =
  (milliseconds: number): Answering =>
  (_, response) =>
    setTimeout(() => response.end(), milliseconds);
/** The wait for an answer, which nobody gives for the events of a process that was killed. */
const impatient = { ack_wait: nanos(3000) };
const inFlight = 10;

test("a dispatcher that is killed loses nothing; what comes twice was under way", async () => {
  const sink = await expose("killed", answerAfter(5));
  await scene.subscribe("killed", { consumer: impatient });
  let dispatcher = await start();
  await scene.publishAll("killed", ids(600));
  for (const at of [100, 300]) {
    await vi.waitFor(() => expect(sink.received.length).toBeGreaterThan(at), 30_000);
    await dispatcher.kill();
    dispatcher = await start();
  }
  await scene.untilSettled();
  expect([...new Set(sink.ids())].sort()).toEqual(ids(600));
  expect(sink.received.length).toBeLessThanOrEqual(600 + 2 * inFlight);
  expect(await scene.deadLetters("killed")).toEqual([]);
});

test("a dispatcher that is asked to end finishes what is under way and gives back the rest: nothing comes twice", async () => {
  const sink = await expose("ended", answerAfter(20));
  await scene.subscribe("ended");
  let dispatcher = await start();
  await scene.publishAll("ended", ids(300));
  for (const at of [50, 150]) {
    await vi.waitFor(() => expect(sink.received.length).toBeGreaterThan(at), 30_000);
    const next = await start();
    dispatcher.signal("SIGTERM");
    expect(await dispatcher.ended).toBe(0);
    dispatcher = next;
  }
  await scene.untilSettled();
  expect(sink.ids().sort()).toEqual(ids(300));
});

test("without NATS a dispatcher waits and stays ready, so that its API can say why, and ends when it is asked to", async () => {
  const dispatcher = await start();
  await scene.parts.nats.process.kill();
  const admin = (path: string) => fetch(`http://127.0.0.1:${dispatcher.adminPort}${path}`);
  const away = "ok, but NATS is away: no events are delivered\n";
  await vi.waitFor(async () => expect(await (await admin("/readyz")).text()).toBe(away), 20_000);
  expect((await admin("/readyz")).status).toBe(200);
  expect((await admin("/healthz")).status).toBe(200);
  dispatcher.signal("SIGTERM");
  expect(await dispatcher.ended).toBe(0);
  const late = DispatcherProcess.begin(scene, account);
  onTestFinished(() => late.kill());
  await vi.waitFor(async () => {
    expect(late.adminPort).not.toBe(0);
    const answer = await fetch(`http://127.0.0.1:${late.adminPort}/readyz`);
    expect([answer.status, await answer.text()]).toEqual([200, away]);
  }, 20_000);
  late.signal("SIGTERM");
  expect(await late.ended).toBe(0);
});

test("R13: an event that makes its sink fall costs only its own attempts", async () => {
  const poison = "00007";
  const [port = 0] = await findFreePorts(1);
  const sink = await FallingSink.start(port, poison);
  onTestFinished(() => sink.stop());
  const standIn = await expose("falls");
  scene.parts.router.route(scene.host("falls"), port);
  await scene.subscribe("falls", {
    config: { retryCount: "6", retryBackoff: "500ms", retryMaxBackoff: "3s" },
  });
  await start();
  await scene.publishAll("falls", ids(50));
  await scene.untilSettled();
  expect([...new Set(sink.taken)].sort()).toEqual(ids(50).filter((id) => id !== poison));
  const letters = await scene.deadLetters("falls");
  expect(letters.map(({ event }) => event["id"])).toEqual([poison]);
  expect(letters[0]?.headers).toMatchObject({ "Kyma-Reason": "exhausted", "Kyma-Attempts": "7" });
  expect(sink.falls).toBeGreaterThan(1);
  expect(standIn.received).toEqual([]);
});

const kills = Number(process.env["KYMA_TEST_NATS_KILLS"] ?? 3);

test("R5: NATS that is killed again and again loses no event that it took; what comes twice was under way", async () => {
  const sink = await expose("restarts", answerAfter(2));
  await scene.subscribe("restarts", { consumer: impatient });
  await start();
  const taken: string[] = [];
  const publishing = new AbortController();
  const published = publishAlways(taken, publishing.signal);
  for (let kill = 1; kill <= kills; kill++) {
    const before = taken.length;
    await vi.waitFor(() => expect(taken.length).toBeGreaterThan(before + 100), 30_000);
    await scene.restartNats();
  }
  publishing.abort();
  await published;
  await scene.untilSettled(60_000);
  const delivered = new Set(sink.ids());
  expect(taken.filter((id) => !delivered.has(id))).toEqual([]);
  expect(sink.received.length - delivered.size).toBeLessThanOrEqual(kills * inFlight);
}, 300_000);

/** One event after another; those that the stream acknowledged are put into `taken`. */
async function publishAlways(taken: string[], signal: AbortSignal): Promise<void> {
  for (let number = 0; !signal.aborted; number++) {
    const id = String(number).padStart(5, "0");
    await scene.publish("restarts", id, {}, 1000).then(
      () => taken.push(id),
      () => undefined,
    );
  }
}

test("a store that is deleted under everybody is made anew, and new events are delivered although their numbers were used before", async () => {
  const open: (() => void)[] = [];
  const sink = await expose("emptied", (_, response) => open.push(() => response.end()));
  const subscription = await scene.subscribe("emptied", { consumer: impatient });
  await start();
  await scene.publishAll("emptied", ids(5));
  await vi.waitFor(() => expect(open).toHaveLength(5), 20_000);
  await scene.restartNats(() => rm(scene.parts.nats.storeDir, { recursive: true }));
  await scene.makeStreams();
  await scene.makeConsumer(subscription, impatient);
  const anew = ids(10).slice(5);
  await scene.publishAll("emptied", anew);
  await vi.waitFor(() => expect(open).toHaveLength(10), 20_000);
  for (const end of open.splice(0, 5)) end();
  sink.answer = (_, response) => response.end();
  await scene.publish("emptied", "last");
  const stored = async () => (await scene.parts.manager.streams.info(eventStream)).state;
  await vi.waitFor(async () => expect((await stored()).last_seq).toBe(6));
  await vi.waitFor(async () => expect((await stored()).messages).toBeLessThan(6), 20_000);
  expect((await stored()).messages, "answers to the old events are no answers to new ones").toBe(5);
  for (const end of open.splice(0)) end();
  await scene.untilSettled();
  expect(new Set(sink.ids())).toEqual(new Set([...ids(10), "last"]));
}, 120_000);
