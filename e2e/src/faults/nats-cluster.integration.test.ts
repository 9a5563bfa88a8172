import { EventSink } from "@kyma/event-dispatcher/testing/event-sink.ts";
import { eventStream } from "@kyma/eventing/streams.ts";
import { startControlPlane, type TestControlPlane } from "@kyma/local-cluster/testing/control-plane.ts";
import { type TestNatsCluster, startNatsCluster } from "@kyma/local-cluster/testing/nats-cluster.ts";
import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, onTestFailed, test, vi } from "vitest";
import { EventingPlatform, source } from "../eventing-platform.ts";
import { untilReady } from "./eventing-waits.ts";
import { Ledger } from "./ledger.ts";
import { SteadyPublisher } from "./steady-publisher.ts";

const type = "cluster.counted.v1";
const rate = 150;

let controlPlane: TestControlPlane;
let nats: TestNatsCluster;
let platform: EventingPlatform;
let sink: EventSink;

beforeAll(async () => {
  // Of its own: its controllers would look after other tests' objects, too.
  [controlPlane, nats, sink] = await Promise.all([
    startControlPlane(),
    startNatsCluster(),
    EventSink.start(),
  ]);
  platform = await EventingPlatform.start({
    kubeconfig: controlPlane.kubeconfig,
    nats,
    dispatchers: 1,
    controllers: true,
    controllersArguments: ["--nats-stream-replicas", "3"],
  });
}, 180_000);
afterAll(async () => {
  await platform?.stop();
  await sink?.stop();
  await nats?.stop();
  await controlPlane?.stop();
});

/** Resolves when every server has all of the stream and its consumers again. */
async function untilWhole(): Promise<void> {
  await vi.waitFor(async () => {
    const { streams, consumers } = platform.streams;
    const parts = [await streams.info(eventStream), ...(await Array.fromAsync(consumers.list(eventStream)))];
    for (const { cluster } of parts) {
      expect(cluster?.leader).toBeTruthy();
      expect(cluster?.replicas?.map(({ current }) => current)).toEqual([true, true]);
    }
  }, 60_000);
}

test("three servers keep each event: one after the other is killed and loses its disk, and no accepted event is lost", async () => {
  onTestFailed(async () => console.log(await platform.lastWords()));
  await platform.expose("cluster", sink.port);
  await platform.subscribe("cluster", { types: [type], config: { maxInFlightMessages: "100" } });
  await untilReady(platform, "cluster", 60_000);
  const ledger = new Ledger();
  sink.answer = (event, response) => {
    ledger.delivered(event.id, event.at);
    response.writeHead(204).end();
  };
  const count = 12 * rate;
  const load = new SteadyPublisher({
    port: platform.publisherPort,
    ledger,
    eventOf: (id) => ({ specversion: "1.0", id, source, type, data: { id } }),
    rate,
    count,
    prefix: "cluster-",
  });
  const finished = load.run();
  for (const [index, { process, storeDir }] of nats.servers.entries()) {
    await load.wereDue((index + 1) * 3 * rate);
    await untilWhole();
    await process.kill();
    ledger.kills.push({ victim: `nats-server-${index}`, at: performance.now() });
    await rm(storeDir, { recursive: true });
    await process.start();
    await process.ready();
  }
  await finished;
  // Not that the stream is empty: a server that lost its disk may keep what was delivered already.
  await vi.waitFor(() => expect(ledger.lost()).toEqual([]), 90_000);
  expect(ledger.kills).toHaveLength(3);
  expect(ledger.acknowledgedCount()).toBe(count);
  expect(ledger.lost()).toEqual([]);
  expect([...load.answers.keys()].filter((status) => status !== 204 && status < 500 && status !== 0)).toEqual(
    [],
  );
}, 240_000);
