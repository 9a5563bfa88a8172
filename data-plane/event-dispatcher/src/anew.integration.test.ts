import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { eventStream } from "@kyma/eventing/streams.ts";
import { consumerName, subjectOf } from "@kyma/eventing/subjects.ts";
import { afterEach, beforeEach, expect, inject, onTestFinished, test, vi } from "vitest";
import { EventSink, status, type Answering } from "./testing/event-sink.ts";
import { ids, Scene, source } from "./testing/scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await Scene.start(inject("kubeconfig"));
});
afterEach(() => scene.stop());

const expose = async (name: string, answer: Answering): Promise<EventSink> => {
  const sink = await EventSink.start(answer);
  onTestFinished(() => sink.stop());
  await scene.expose(name, sink);
  return sink;
};
const stored = async () => (await scene.parts.manager.streams.info(eventStream)).state;
/** As when somebody deletes it and the controllers make it anew: the dispatcher's connection stays. */
async function makeAnew(subscription: Subscription): Promise<void> {
  await scene.parts.manager.streams.delete(eventStream);
  await scene.makeStreams();
  await scene.makeConsumer(subscription);
}

test("an answer to an event of a stream that was deleted is none to the event that has its number now", async () => {
  await scene.startDispatcher();
  const open: (() => void)[] = [];
  const sink = await expose("anew", (_, response) => open.push(() => response.end()));
  const subscription = await scene.subscribe("anew");
  await scene.publishAll("anew", ids(5));
  await vi.waitFor(() => expect(open).toHaveLength(5), 20_000);
  await makeAnew(subscription);
  await scene.publishAll("anew", ids(10).slice(5));
  await vi.waitFor(() => expect(open).toHaveLength(10), 20_000);
  for (const end of open.splice(0, 5)) end();
  sink.answer = (_, response) => response.end();
  await scene.publish("anew", "last");
  await vi.waitFor(async () => expect(await stored()).toMatchObject({ last_seq: 6, messages: 5 }), 20_000);
  for (const end of open.splice(0)) end();
  await scene.untilSettled();
  expect(sink.ids().sort()).toEqual([...ids(10), "last"]);
});

test("events of a stream that was made anew are not taken for those of the same number that are still here", async () => {
  await scene.startDispatcher();
  const open: (() => void)[] = [];
  const sink = await expose("lanes", (_, response) => open.push(() => response.end()));
  const subscription = await scene.subscribe("lanes", { config: { orderingKey: "subject" } });
  const keyed = (id: string): object => ({ subject: `key-${Number(id) % 2}` });
  for (const id of ids(6)) await scene.publish("lanes", id, keyed(id));
  await vi.waitFor(() => expect(open).toHaveLength(2), 20_000);
  await makeAnew(subscription);
  for (const id of ids(12).slice(6)) await scene.publish("lanes", id, keyed(id));
  const consumer = consumerName(scene.key("lanes"), subjectOf(source, "lanes.created.v1", "standard"));
  const info = () => scene.parts.manager.consumers.info(eventStream, consumer);
  await vi.waitFor(async () => expect((await info()).num_ack_pending).toBe(6), 20_000);
  sink.answer = (_, response) => response.end();
  for (const end of open.splice(0)) end();
  await scene.untilSettled();
  const anew = sink.ids().filter((id) => id >= "00006");
  for (const key of [0, 1]) {
    const ofKey = (id: string): boolean => Number(id) % 2 === key;
    expect(anew.filter(ofKey)).toEqual(ids(12).slice(6).filter(ofKey));
  }
});

test("what is under way when a dispatcher that started before the stream reconnects is delivered once", async () => {
  const { manager } = scene.parts;
  await manager.streams.delete(eventStream);
  await scene.startDispatcher();
  await scene.makeStreams();
  const open: (() => void)[] = [];
  const sink = await expose("early", (_, response) => open.push(() => response.end()));
  await scene.subscribe("early");
  await scene.publishAll("early", ids(3));
  await vi.waitFor(() => expect(open).toHaveLength(3), 20_000);
  await scene.restartNats();
  sink.answer = (_, response) => response.end();
  await scene.publish("early", "after");
  await vi.waitFor(() => expect(sink.ids()).toContain("after"), 20_000);
  for (const end of open.splice(0)) end();
  await scene.untilSettled();
  expect(sink.ids()).toEqual([...ids(3), "after"]);
});

test("an event of a stream that was made anew is put aside although one of its number was", async () => {
  await scene.startDispatcher();
  await expose("refused", status(400));
  const subscription = await scene.subscribe("refused");
  await scene.publish("refused", "old");
  await scene.untilSettled();
  await makeAnew(subscription);
  await scene.publish("refused", "new");
  await scene.untilSettled();
  const letters = await scene.deadLetters("refused");
  expect(letters.map(({ event }) => event["id"])).toEqual(["old", "new"]);
});
