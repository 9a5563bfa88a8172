import { eventStream } from "@kyma/eventing/streams.ts";
import { EventingPlatform } from "@kyma/e2e/eventing-platform.ts";
import { startNats, type TestNats } from "@kyma/local-cluster/testing/nats-server.ts";
import type { TestProcess } from "@kyma/local-cluster/testing/control-plane.ts";
import { cpuSeconds, rssMegabytes } from "./bff-process.ts";
import { benchSyncPublish, natsTool, type NatsBench } from "./nats-tool.ts";
import { nodeFlags } from "./node-flags.ts";
import { runPublishLoad } from "./publish-figures.ts";
import type { BenchResult } from "./result.ts";
import { median } from "./statistics.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 5);
const seconds = 5;
const warmUpSeconds = 1;
const openRate = 1000;
const kilobyte = 1024;
const type = "bench.created.v1";

/** A publisher on a server that waits for the disk; a consumer that nobody reads keeps all events. */
interface Scene {
  platform: EventingPlatform;
  nats: TestNats;
  gateway: TestProcess;
  /** Takes all events out of the stream. */
  clear: () => Promise<unknown>;
  /** How many events the stream has taken in its life. */
  taken: () => Promise<number>;
}

async function withPublisher<T>(kubeconfig: string, work: (scene: Scene) => Promise<T>): Promise<T> {
  const nats = await startNats({ unsafeNoSync: false });
  try {
    const options = { kubeconfig, nats, dispatchers: 0, controllers: false, ...nodeFlags };
    const platform = await EventingPlatform.start(options);
    try {
      await platform.makeStreams({ maxBytes: -1 });
      await platform.streams.consumers.add(eventStream, { durable_name: "all", ack_policy: "explicit" });
      return await work({
        platform,
        nats,
        gateway: platform.processes.gateway,
        clear: () => platform.streams.streams.purge(eventStream),
        taken: async () => (await platform.streams.streams.info(eventStream)).state.last_seq,
      });
    } finally {
      await platform.stop();
    }
  } finally {
    await nats.stop();
  }
}

/** Accepted events per second against `nats bench js pub sync` with as many clients, in turns, on the same server and stream. */
export async function publishRates(kubeconfig: string): Promise<BenchResult[]> {
  const tool = await natsTool();
  return withPublisher(kubeconfig, async (scene) => {
    const results: BenchResult[] = [];
    for (const clients of [1, 10, 100]) results.push(await compare(scene, tool, clients));
    return results;
  });
}

interface Round {
  ours: number;
  theirs: number;
  p99: number;
  gatewayCpu: number;
  natsCpu: number;
  loadCpu: number;
}

async function compare(scene: Scene, tool: string, clients: number): Promise<BenchResult> {
  const { nats } = scene;
  const bench: NatsBench = {
    tool,
    access: nats.access("event-gateway"),
    stream: eventStream,
    subject: `kyma.shop.${type}`,
    clients,
    messages: clients * 20,
    size: kilobyte,
  };
  const expected = await benchSyncPublish(bench);
  bench.messages = Math.max(clients, Math.round((expected * seconds) / clients) * clients);
  const all: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = await usage(scene);
    const load = await runPublishLoad({
      port: scene.platform.publisherPort,
      clients,
      seconds,
      warmUpSeconds,
    });
    const after = await usage(scene);
    const events = after.taken - before.taken;
    await scene.clear();
    const theirs = await benchSyncPublish(bench);
    await scene.clear();
    all.push({
      ours: load.perSecond,
      theirs,
      p99: load.p99,
      gatewayCpu: ((after.gateway - before.gateway) * 1000) / events,
      natsCpu: ((after.nats - before.nats) * 1000) / events,
      loadCpu: load.cpuShare,
    });
  }
  return row(clients, all);
}

async function usage({
  nats,
  gateway,
  taken,
}: Scene): Promise<{ taken: number; gateway: number; nats: number }> {
  return { taken: await taken(), gateway: cpuSeconds(gateway), nats: cpuSeconds(nats.process) };
}

function row(clients: number, all: readonly Round[]): BenchResult {
  const of = (field: keyof Round): number => median(all.map((round) => round[field]));
  const cpu = `${of("gatewayCpu").toFixed(2)} ms of processor per event, nats-server ${of("natsCpu").toFixed(2)} ms`;
  return {
    name: `publish 1 KB, ${clients} client${clients === 1 ? "" : "s"}`,
    value: of("ours"),
    unit: "accepted/s",
    ratio: median(all.map(({ ours, theirs }) => ours / theirs)),
    peer: `nats bench js pub sync: ${Math.round(of("theirs"))}/s`,
    ...(clients === 100 && { gate: "ratio ≥ 0.8" }),
    note: `p99 ${of("p99").toFixed(1)} ms; ${cpu}; the load takes ${Math.round(of("loadCpu") * 100)} % of a core; median of ${rounds}`,
  };
}

/** Time from when an event is due to its 204, at a fixed rate. */
export async function publishLatency(kubeconfig: string, minutes: number): Promise<BenchResult[]> {
  return withPublisher(kubeconfig, async (scene) => {
    const load = {
      port: scene.platform.publisherPort,
      clients: 100,
      seconds: Math.round(minutes * 60),
      warmUpSeconds: 3,
      rate: openRate,
    };
    const { p50, p99, longest, perSecond } = await runPublishLoad(load);
    const rss = Math.round(rssMegabytes(scene.gateway));
    return [
      {
        name: `publish 1 KB at ${openRate}/s for ${minutes} min, open loop, p99`,
        value: p99,
        unit: "ms",
        gate: "< 50 ms",
        note: `p50 ${p50.toFixed(1)} ms, longest ${Math.round(longest)} ms; ${Math.round(perSecond)}/s accepted; publisher then ${rss} MB`,
      },
    ];
  });
}
