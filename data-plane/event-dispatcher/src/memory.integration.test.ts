import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { ByteBudget } from "./byte-budget.ts";
import { EventSink, status, type Answering } from "./testing/event-sink.ts";
import { ids, Scene } from "./testing/scene.ts";

const kibi = 1024;
const budget = new ByteBudget({ total: 512 * kibi, share: 300 * kibi, floor: 4 * kibi });
let scene: Scene;
const sinks: EventSink[] = [];
beforeAll(async () => {
  scene = await Scene.start(inject("kubeconfig"));
});
afterAll(async () => {
  await scene.stop();
  await Promise.all(sinks.map((sink) => sink.stop()));
});

let mostTaken = 0;
const expose = async (name: string, answer: Answering): Promise<EventSink> => {
  const sink = await EventSink.start((event, response, request) => {
    mostTaken = Math.max(mostTaken, budget.taken);
    answer(event, response, request);
  });
  sinks.push(sink);
  await scene.expose(name, sink);
  return sink;
};
const size = 50_000;
const keys = 5;
/** Large events that differ, five keys in turn. */
const large = (id: string): object => ({
  subject: `key-${Number(id) % keys}`,
  data: id.repeat(size / id.length),
});

test("large events that nobody takes stay in the stream; other Subscriptions go on, and nothing is lost when it heals", async () => {
  let isBroken = true;
  const open: (() => void)[] = [];
  const failing = await expose("failing", (_, response) => response.writeHead(isBroken ? 503 : 204).end());
  const hanging = await expose("hanging", (_, response) => {
    const end = (): unknown => response.writeHead(204).end();
    if (isBroken) open.push(end);
    else end();
  });
  const healthy = await expose("healthy", status(204));
  const config = { retryCount: "1000", retryBackoff: "50ms", retryMaxBackoff: "50ms" };
  await scene.subscribe("failing", { config: { ...config, orderingKey: "subject" } });
  await scene.subscribe("hanging", { config: { ...config, maxInFlightMessages: "50" } });
  await scene.subscribe("healthy");
  await scene.startDispatcher(budget);
  for (const id of ids(50)) await scene.publish("failing", id, large(id));
  await scene.publishAll("hanging", ids(50), large);
  await vi.waitFor(() => expect(open.length).toBeGreaterThan(1), 20_000);
  await vi.waitFor(() => expect(new Set(failing.ids()).size).toBe(keys), 20_000);
  await scene.publishAll("healthy", ids(100), large);
  await vi.waitFor(() => expect(new Set(healthy.ids()).size).toBe(100), 30_000);
  expect(open.length).toBeLessThan(10);
  isBroken = false;
  for (const end of open) end();
  await scene.untilSettled();
  // Of each consumer one call goes on without room.
  expect(mostTaken).toBeLessThan(budget.limits.total + 3 * (size + kibi));
  for (const sink of [failing, hanging, healthy])
    for (const { id, body } of sink.received) expect(body).toBe(JSON.stringify(id.repeat(size / id.length)));
  expect(hanging.ids().sort()).toEqual(ids(50));
  for (let key = 0; key < keys; key++) {
    const of = (all: readonly string[]) => all.filter((id) => Number(id) % keys === key);
    expect([...new Set(of(failing.ids()))]).toEqual(of(ids(50)));
  }
  expect(budget.taken).toBe(0);
});
