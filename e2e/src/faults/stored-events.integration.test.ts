import { EventSink } from "@kyma/event-dispatcher/testing/event-sink.ts";
import { deadLetterStream, eventStream } from "@kyma/eventing/streams.ts";
import { startNats, type TestNats } from "@kyma/local-cluster/testing/nats-server.ts";
import { nanos } from "@nats-io/transport-node";
import { Agent } from "node:http";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { EventingPlatform, source } from "../eventing-platform.ts";
import { postEvent, type Published } from "./publish.ts";

let nats: TestNats;
let platform: EventingPlatform;
const sinks: EventSink[] = [];
const agent = new Agent({ keepAlive: true });

beforeAll(async () => {
  nats = await startNats({ maxFileStore: 2 * 2 ** 20 });
  platform = await EventingPlatform.start({
    kubeconfig: inject("kubeconfig"),
    nats,
    dispatchers: 1,
    controllers: false,
  });
  await platform.makeStreams({ maxBytes: -1, deadLetterMaxBytes: -1 });
}, 120_000);
afterAll(async () => {
  agent.destroy();
  await platform?.stop();
  await Promise.all(sinks.map((sink) => sink.stop()));
  await nats?.stop();
});

/** A Subscription whose sink answers as `statusOf` says; the ids of the events that it answered for good (not with 5xx). */
async function subscribe(name: string, statusOf: (id: string) => number): Promise<string[]> {
  const settled: string[] = [];
  const sink = await EventSink.start(({ id }, response) => {
    const status = statusOf(id);
    if (status < 500) settled.push(id);
    response.writeHead(status).end();
  });
  sinks.push(sink);
  const config = {
    retryCount: "1000",
    retryBackoff: "100ms",
    retryMaxBackoff: "100ms",
    maxInFlightMessages: "200",
  };
  await platform.expose(name, sink.port);
  await platform.subscribe(name, { types: [`${name}.v1`], config });
  return settled;
}

function publish(name: string, id: string, data = ""): Promise<Published> {
  const event = { specversion: "1.0", id, source, type: `${name}.v1`, data };
  return postEvent(platform.publisherPort, agent, JSON.stringify(event), 10_000);
}

async function letters(): Promise<unknown[]> {
  const { first_seq: first, last_seq: last } = (await platform.streams.streams.info(deadLetterStream)).state;
  const found: unknown[] = [];
  for (let seq = Math.max(1, first); seq <= last; seq++)
    found.push(
      (await platform.streams.streams.getMessage(deadLetterStream, { seq }))?.json<{ id: string }>().id,
    );
  return found;
}

test("R14: a full store refuses with 507 while what is stored is read, delivered and kept; with room it goes on by itself", async () => {
  const later = { status: 503 };
  const bulk = { status: 503 };
  await subscribe("refusing", () => 422);
  const laterSettled = await subscribe("later", () => later.status);
  const bulkSettled = await subscribe("bulk", (id) => (id === "bulk-0" ? 422 : bulk.status));
  expect((await publish("refusing", "letter")).status).toBe(204);
  await vi.waitFor(async () => expect(await letters()).toEqual(["letter"]), 20_000);
  const waiting = ["later-0", "later-1", "later-2"];
  for (const id of waiting) expect((await publish("later", id)).status).toBe(204);

  const stored: string[] = [];
  let refusal: Published | undefined;
  while (!refusal && stored.length < 200) {
    const id = `bulk-${stored.length + 1}`;
    const answer = await publish("bulk", id, "x".repeat(30_000));
    if (answer.status === 204) stored.push(id);
    else refusal = answer;
  }
  expect(refusal).toMatchObject({
    status: 507,
    body: expect.stringContaining("the stream has no room for the event") as string,
  });
  expect(stored.length).toBeGreaterThan(20);

  later.status = 204;
  await vi.waitFor(async () => {
    const { state } = await platform.streams.streams.info(eventStream);
    expect(state.messages).toBe(stored.length);
  }, 20_000);
  expect(laterSettled.toSorted()).toEqual(waiting);
  expect(await letters()).toEqual(["letter"]);
  expect((await publish("bulk", "refused", "x".repeat(30_000))).status).toBe(507);

  bulk.status = 204;
  await vi.waitFor(async () => expect((await publish("bulk", "bulk-0")).status).toBe(204), 30_000);
  await vi.waitFor(async () => expect(await letters()).toEqual(["letter", "bulk-0"]), 30_000);
  await vi.waitFor(() => expect(bulkSettled.toSorted()).toEqual([...stored, "bulk-0"].toSorted()), 30_000);
});

test("R15: the same event three times within the window is stored once; after it, it is another one with the same id", async () => {
  const settled = await subscribe("twice", () => 204);
  const { config } = await platform.streams.streams.info(eventStream);
  // Of the real one, two minutes, so much is left as a test can wait for.
  await platform.streams.streams.update(eventStream, { ...config, duplicate_window: nanos(5000) });
  const count = async (): Promise<number> =>
    (await platform.streams.streams.info(eventStream)).state.last_seq;
  const before = await count();
  for (let time = 0; time < 3; time++) expect((await publish("twice", "same")).status).toBe(204);
  expect(await count()).toBe(before + 1);
  await vi.waitFor(() => expect(settled).toEqual(["same"]), 20_000);
  await vi.waitFor(
    async () => {
      expect((await publish("twice", "same")).status).toBe(204);
      expect(await count()).toBe(before + 2);
    },
    { timeout: 20_000, interval: 500 },
  );
  await vi.waitFor(() => expect(settled).toEqual(["same", "same"]), 20_000);
});
