import { EventSink, type ReceivedEvent } from "@kyma/event-dispatcher/testing/event-sink.ts";
import { deadLetterStream, deadLetterSubject } from "@kyma/eventing/streams.ts";
import { startControlPlane, type TestControlPlane } from "@kyma/local-cluster/testing/control-plane.ts";
import { startNats, type TestNats } from "@kyma/local-cluster/testing/nats-server.ts";
import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest";
import { EventingPlatform, source } from "../eventing-platform.ts";
import { untilReady, untilSettled } from "./eventing-waits.ts";
import { Ledger } from "./ledger.ts";
import { SteadyPublisher } from "./steady-publisher.ts";

/** How long two of the sinks answer 503; 600 by hand. */
const outageSeconds = Number(process.env["KYMA_OUTAGE_SECONDS"] ?? 8);
const slowAnswerMs = 5000;

/** Each Subscription, its settings, and events per second. */
const kinds = {
  healthy: { rate: 50, config: {} },
  slow: { rate: 1, config: {} },
  patient: {
    rate: 5,
    config: { retryCount: "1000", retryBackoff: "200ms", retryMaxBackoff: "2s", maxInFlightMessages: "100" },
  },
  impatient: { rate: 5, config: { retryCount: "2", retryBackoff: "100ms" } },
};
type Kind = keyof typeof kinds;
const names = Object.keys(kinds) as Kind[];
const typeOf = (name: Kind): string => `${name}.created.v1`;

let controlPlane: TestControlPlane;
let nats: TestNats;
let platform: EventingPlatform;
let sink: EventSink;
let isOut = true;
const ledgers = Object.fromEntries(names.map((name) => [name, new Ledger()])) as Record<Kind, Ledger>;

/** What the sinks do, all behind one port. */
function answer(event: ReceivedEvent, response: ServerResponse): void {
  const name = names.find((one) => event.type === typeOf(one));
  if (!name) return void response.writeHead(404).end();
  const fails = isOut && (name === "patient" || name === "impatient");
  if (fails) return void response.writeHead(503).end("out of order");
  ledgers[name].delivered(event.id, event.at);
  setTimeout(() => response.writeHead(204).end(), name === "slow" ? slowAnswerMs : 0);
}

beforeAll(async () => {
  // Of its own: its controllers would look after other tests' objects, too.
  [controlPlane, nats, sink] = await Promise.all([startControlPlane(), startNats(), EventSink.start(answer)]);
  const { kubeconfig } = controlPlane;
  platform = await EventingPlatform.start({ kubeconfig, nats, dispatchers: 1, controllers: true });
}, 180_000);
afterAll(async () => {
  await platform?.stop();
  await sink?.stop();
  await nats?.stop();
  await controlPlane?.stop();
});

async function subscribe(name: Kind): Promise<void> {
  await platform.expose(name, sink.port);
  await platform.subscribe(name, { types: [typeOf(name)], config: kinds[name].config });
  await untilReady(platform, name);
}

function publish(name: Kind): Promise<void> {
  const { rate } = kinds[name];
  const eventOf = (id: string): object => ({
    specversion: "1.0",
    id,
    source,
    type: typeOf(name),
    data: { id },
  });
  const port = platform.publisherPort;
  const count = rate * outageSeconds;
  return new SteadyPublisher({ port, ledger: ledgers[name], eventOf, rate, count, prefix: `${name}-` }).run();
}

/** Ids of the events that were put aside for a Subscription, in order. */
async function putAside(name: Kind): Promise<string[]> {
  const subject = deadLetterSubject({ namespace: platform.namespace, name });
  const { streams } = platform.streams;
  const { state } = await streams.info(deadLetterStream);
  const found: string[] = [];
  for (let seq = state.first_seq; seq <= state.last_seq && state.messages > 0; seq++) {
    const message = await streams.getMessage(deadLetterStream, { seq });
    if (message?.subject !== subject) continue;
    expect(message.header.get("Kyma-Attempts")).toBe("3");
    found.push(message.json<{ id: string }>().id);
  }
  return found;
}

const idsOf = (name: Kind): string[] =>
  Array.from({ length: kinds[name].rate * outageSeconds }, (_, index) => `${name}-${index}`);

test(
  `R12: beside a slow sink and two that answer 503 for ${outageSeconds} s, a healthy one is not held up, and each event is delivered or put aside`,
  async () => {
    onTestFailed(async () => console.log(await platform.lastWords()));
    for (const name of names) await subscribe(name);
    await Promise.all(names.map(publish));
    const arrived = idsOf("healthy").filter((id) => ledgers.healthy.wasDelivered(id)).length;
    isOut = false;
    expect(arrived / idsOf("healthy").length).toBeGreaterThanOrEqual(0.95);
    await untilSettled(platform, 60_000 + outageSeconds * slowAnswerMs);
    for (const name of ["healthy", "slow", "patient"] as const) {
      expect(ledgers[name].acknowledgedCount()).toBe(kinds[name].rate * outageSeconds);
      expect(ledgers[name].lost()).toEqual([]);
      expect(ledgers[name].duplicates()).toBe(0);
      expect(await putAside(name)).toEqual([]);
    }
    const aside = await putAside("impatient");
    const delivered = idsOf("impatient").filter((id) => ledgers.impatient.wasDelivered(id));
    expect(aside.length).toBeGreaterThan(0);
    expect([...aside, ...delivered].toSorted()).toEqual(idsOf("impatient").toSorted());
    console.log(
      `${arrived} of ${idsOf("healthy").length} at once; put aside ${aside.length}, delivered late ${delivered.length}`,
    );
  },
  180_000 + outageSeconds * 4000,
);
