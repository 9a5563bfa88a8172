import { EventingPlatform, source } from "@kyma/e2e/eventing-platform.ts";
import { readMessages } from "@kyma/event-gateway/publish.ts";
import { connectNats } from "@kyma/eventing/nats.ts";
import { eventStream } from "@kyma/eventing/streams.ts";
import { startNats, type TestNats } from "@kyma/local-cluster/testing/nats-server.ts";
import { jetstream, type JetStreamClient } from "@nats-io/jetstream";
import { setTimeout as delay } from "node:timers/promises";
import { cpuSeconds, rssMegabytes } from "./bff-process.ts";
import { nodeFlags } from "./node-flags.ts";
import type { BenchResult } from "./result.ts";
import { startSink, type SinkProcess } from "./sink-figures.ts";

interface Case {
  inFlight: number;
  sinkMs: number;
  events: number;
}

interface Scene {
  platform: EventingPlatform;
  nats: TestNats;
  sink: SinkProcess;
  stream: JetStreamClient;
}

const cases: readonly Case[] = [
  { inFlight: 10, sinkMs: 100, events: 1000 },
  { inFlight: 100, sinkMs: 100, events: 8000 },
  { inFlight: 10, sinkMs: 1, events: 20_000 },
  { inFlight: 100, sinkMs: 1, events: 20_000 },
];
const publishedAtOnce = 500;
const limitMs = 120_000;

/** One dispatcher delivers what waits in the stream: how near it comes to what so many places and such a sink allow. */
export async function deliveryRates(kubeconfig: string): Promise<BenchResult[]> {
  const nats = await startNats({ unsafeNoSync: false });
  const sink = await startSink();
  const proxyUrl = `http://127.0.0.1:${sink.port}`;
  const options = { kubeconfig, nats, dispatchers: 1, controllers: false, proxyUrl, ...nodeFlags };
  const platform = await EventingPlatform.start(options);
  const publisher = await connectNats(nats.access("event-gateway"), "bench");
  try {
    await platform.makeStreams();
    const results: BenchResult[] = [];
    const scene = { platform, nats, sink, stream: jetstream(publisher) };
    for (const one of cases) results.push(await deliver(scene, one));
    return results;
  } finally {
    await publisher.close();
    await platform.stop();
    sink.stop();
    await nats.stop();
  }
}

/** Nothing is delivered as long as the Service is missing, so it is what starts the clock. */
async function deliver(
  { platform, nats, sink, stream }: Scene,
  { inFlight, sinkMs, events }: Case,
): Promise<BenchResult> {
  const name = `deliver-${inFlight}-${sinkMs}`;
  const type = `${name}.v1`;
  const config = { maxInFlightMessages: String(inFlight) };
  await platform.subscribe(name, { types: [type], config, path: `/${sinkMs}` });
  for (let first = 0; first < events; first += publishedAtOnce)
    await Promise.all(
      Array.from({ length: publishedAtOnce }, (_, index) => store(stream, type, String(first + index))),
    );
  await sink.figures();
  const [dispatcher] = platform.processes.dispatchers;
  if (!dispatcher) throw new Error("there is no dispatcher");
  const used = (): [number, number] => [cpuSeconds(dispatcher), cpuSeconds(nats.process)];
  const before = used();
  await platform.expose(name, sink.port);
  await untilEmpty(platform);
  const after = used();
  const figures = await sink.figures();
  const [ours, theirs] = after.map((seconds, index) => ((seconds - (before[index] ?? 0)) * 1000) / events);
  const most = (inFlight * 1000) / figures.latencyMs;
  return {
    name: `deliver, ${inFlight} in flight, sink of ${sinkMs} ms`,
    value: figures.perSecond,
    unit: "delivered/s",
    ratio: figures.perSecond / most,
    peer: `in flight ÷ sink's latency: ${Math.round(most)}/s`,
    gate: "ratio ≥ 0.9",
    note: [
      `${ours?.toFixed(2)} ms of processor per event, nats-server ${theirs?.toFixed(2)} ms`,
      `sink really ${figures.latencyMs.toFixed(1)} ms`,
      `${figures.count - events} delivered twice`,
      `dispatcher then ${Math.round(rssMegabytes(dispatcher))} MB`,
      // With a sink that fast this is what bounds it, besides one core for the calls.
      ...(sinkMs < 10 ? ["nats-server syncs the disk for each event that it removes"] : []),
    ].join("; "),
  };
}

/** As the publisher would store it. */
async function store(stream: JetStreamClient, type: string, id: string): Promise<void> {
  const body = Buffer.from(JSON.stringify({ order: "x".repeat(1000) }));
  const headers = {
    "ce-specversion": "1.0",
    "ce-id": id,
    "ce-source": source,
    "ce-type": type,
    "content-type": "application/json",
  };
  const [message] = readMessages({ headers, body }, (name) => name);
  if (!message) throw new Error("no event");
  await stream.publish(message.subject, message.body, { headers: message.headers, timeout: 30_000 });
}

async function untilEmpty({ streams }: EventingPlatform): Promise<void> {
  const end = performance.now() + limitMs;
  while ((await streams.streams.info(eventStream)).state.messages > 0) {
    if (performance.now() > end) throw new Error(`the events were not delivered within ${limitMs / 1000} s`);
    await delay(100);
  }
}
