import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { subscriptions } from "@kyma/crds/resource-types.ts";
import { EventingPlatform } from "@kyma/e2e/eventing-platform.ts";
import { startNats } from "@kyma/local-cluster/testing/nats-server.ts";
import { setTimeout as delay } from "node:timers/promises";
import { rssMegabytes } from "./bff-process.ts";
import { runPublishLoad } from "./publish-figures.ts";
import type { BenchResult } from "./result.ts";
import { startSink } from "./sink-figures.ts";

const settleMs = 10_000;
const manyTypes = 1000;
const perSubscription = 10;
const loadSeconds = 20;

/** Resident memory of publisher and dispatcher: idle, with 1,000 events/s on their way through both, and with 1,000 consumers. */
export async function memory(kubeconfig: string): Promise<BenchResult[]> {
  const nats = await startNats({ unsafeNoSync: false });
  const sink = await startSink();
  const proxyUrl = `http://127.0.0.1:${sink.port}`;
  const platform = await EventingPlatform.start({
    kubeconfig,
    nats,
    dispatchers: 1,
    controllers: false,
    proxyUrl,
  });
  try {
    await platform.makeStreams();
    await delay(settleMs);
    const results = rows(platform, "idle");
    await platform.subscribe("loaded", {
      types: ["bench.created.v1"],
      config: { maxInFlightMessages: "100" },
    });
    await platform.expose("loaded", sink.port);
    const load = {
      port: platform.publisherPort,
      clients: 100,
      seconds: loadSeconds,
      warmUpSeconds: 1,
      rate: 1000,
    };
    await runPublishLoad(load);
    results.push(...rows(platform, `after ${loadSeconds} s of 1,000 events/s`));
    for (let first = 0; first < manyTypes; first += perSubscription) await subscribeToMany(platform, first);
    await delay(settleMs);
    results.push(...rows(platform, `with ${manyTypes} consumers`));
    await deleteAll(platform);
    return results;
  } finally {
    await platform.stop();
    sink.stop();
    await nats.stop();
  }
}

async function subscribeToMany(platform: EventingPlatform, first: number): Promise<void> {
  const types = Array.from({ length: perSubscription }, (_, index) => `many.created.v${first + index}`);
  await platform.subscribe(`many-${first}`, { types });
  await platform.expose(`many-${first}`, 1);
}

/** The next dispatcher would look for their consumers. */
async function deleteAll({ client, namespace }: EventingPlatform): Promise<void> {
  const { items } = await client.list<Subscription>(subscriptions, { namespace });
  await Promise.all(items.map(({ metadata: { name } }) => client.delete(subscriptions, { namespace, name })));
}

function rows({ processes: { gateway, dispatchers } }: EventingPlatform, when: string): BenchResult[] {
  const [dispatcher] = dispatchers;
  if (!dispatcher) throw new Error("there is no dispatcher");
  return [
    { name: `publisher, RSS ${when}`, value: rssMegabytes(gateway), unit: "MB" },
    { name: `dispatcher, RSS ${when}`, value: rssMegabytes(dispatcher), unit: "MB" },
  ];
}
