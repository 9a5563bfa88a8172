import { EventSink } from "@kyma/event-dispatcher/testing/event-sink.ts";
import { eventStream } from "@kyma/eventing/streams.ts";
import { startNats } from "@kyma/local-cluster/testing/nats-server.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { EventingPlatform, source } from "../eventing-platform.ts";
import { compareWithDisk, readTrace, type StoredAndAcknowledged } from "./nats-trace.ts";
import { postEvent } from "./publish.ts";
import { trace } from "./strace.ts";

const events = 200;

/** Publishes events, some alone and some at once, while the system calls of nats-server are noted. */
async function publishTraced(unsafeNoSync: boolean): Promise<StoredAndAcknowledged> {
  const nats = await startNats({ unsafeNoSync });
  const directory = await mkdtemp(join(tmpdir(), "kyma-trace-"));
  const sink = await EventSink.start();
  const agent = new Agent({ keepAlive: true });
  const platform = await EventingPlatform.start({
    kubeconfig: inject("kubeconfig"),
    nats,
    dispatchers: 1,
    controllers: false,
  });
  onTestFinished(async () => {
    agent.destroy();
    await platform.stop();
    await Promise.all([sink.stop(), nats.stop(), rm(directory, { recursive: true, force: true })]);
  });
  await platform.makeStreams();
  await platform.expose("traced", sink.port);
  await platform.subscribe("traced", { types: ["traced.v1"] });
  const traced = await trace(nats.process.pid ?? 0, join(directory, "trace"));
  const publish = async (id: number): Promise<void> => {
    const event = JSON.stringify({ specversion: "1.0", id: String(id), source, type: "traced.v1" });
    expect((await postEvent(platform.publisherPort, agent, event, 20_000)).status).toBe(204);
  };
  for (let id = 0; id < events / 4; id++) await publish(id);
  const rest = Array.from({ length: events - events / 4 }, (_, index) => publish(events / 4 + index));
  await Promise.all(rest);
  return compareWithDisk(readTrace(await traced.end()), eventStream);
}

test("R6: no event is acknowledged before the disk has it", async () => {
  const { acknowledged, tooEarly } = await publishTraced(false);
  expect(acknowledged.toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: events }, (_, index) => index + 1),
  );
  expect(tooEarly).toEqual([]);
});

test("the trace would show it: a server that does not sync acknowledges too early", async () => {
  const { acknowledged, tooEarly } = await publishTraced(true);
  expect(acknowledged).toHaveLength(events);
  expect(tooEarly).toHaveLength(events);
});
