import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { EventSink } from "./testing/event-sink.ts";
import { Scene } from "./testing/scene.ts";

let scene: Scene;
const sinks: EventSink[] = [];
const sinkOf = async (name: string, answer?: Parameters<typeof EventSink.start>[0]): Promise<EventSink> => {
  const sink = await EventSink.start(answer);
  sinks.push(sink);
  await scene.expose(name, sink);
  return sink;
};
beforeAll(async () => {
  scene = await Scene.start(inject("kubeconfig"));
  await scene.startDispatcher();
});
afterAll(async () => {
  await scene.stop();
  await Promise.all(sinks.map((sink) => sink.stop()));
});

test("an event reaches the sink as it was published, in binary mode", async () => {
  const sink = await sinkOf("plain");
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
