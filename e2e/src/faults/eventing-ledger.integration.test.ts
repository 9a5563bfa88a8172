import { seededRandom } from "@kyma/backend-controllers/testing/controllers-process.ts";
import { EventSink } from "@kyma/event-dispatcher/testing/event-sink.ts";
import { deadLetterStream, eventStream } from "@kyma/eventing/streams.ts";
import { startControlPlane, type TestControlPlane } from "@kyma/local-cluster/testing/control-plane.ts";
import type { TestProcess } from "@kyma/local-cluster/testing/control-plane.ts";
import { startNats, type TestNats } from "@kyma/local-cluster/testing/nats-server.ts";
import { randomInt } from "node:crypto";
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest";
import { EventingPlatform, source } from "../eventing-platform.ts";
import { untilReady, untilSettled } from "./eventing-waits.ts";
import { type Kill, Ledger } from "./ledger.ts";
import { SteadyPublisher } from "./steady-publisher.ts";

/** 50,000 by hand. */
const ledgerEvents = Number(process.env["KYMA_LEDGER_EVENTS"] ?? 3000);
/** Of nats-server at each rate; 20 by hand. */
const natsKills = Number(process.env["KYMA_NATS_KILLS"] ?? 3);
const seed = Number(process.env["KYMA_LEDGER_SEED"] ?? randomInt(2 ** 31));
/** In flight at a time; a killed dispatcher keeps its part until NATS gives it to another, half a minute later. */
const maxInFlight = 100;
const settledWithinMs = 120_000;
const type = (name: string): string => `${name}.counted.v1`;

let controlPlane: TestControlPlane;
let nats: TestNats;
let platform: EventingPlatform;
let sink: EventSink;

beforeAll(async () => {
  // An acknowledged event must be on the disk, as outside of tests.
  [controlPlane, nats, sink] = await Promise.all([
    startControlPlane(),
    startNats({ unsafeNoSync: false }),
    EventSink.start((_, response) => setTimeout(() => response.writeHead(204).end(), 10)),
  ]);
  const { kubeconfig } = controlPlane;
  platform = await EventingPlatform.start({ kubeconfig, nats, dispatchers: 2, controllers: true });
}, 180_000);
afterAll(async () => {
  await platform?.stop();
  await sink?.stop();
  await nats?.stop();
  await controlPlane?.stop();
});

async function subscribe(name: string): Promise<void> {
  const config = { maxInFlightMessages: String(maxInFlight) };
  await platform.expose(name, sink.port);
  await platform.subscribe(name, { types: [type(name)], config });
  await untilReady(platform, name);
}

/** Publishes to `name` at a rate and notes all in the ledger; what arrives is noted as well. */
function publish(name: string, ledger: Ledger, rate: number, count: number): SteadyPublisher {
  const eventOf = (id: string): object => ({
    specversion: "1.0",
    id,
    source,
    type: type(name),
    data: { id },
  });
  const deliver = sink.answer;
  sink.answer = (event, response, request) => {
    ledger.delivered(event.id, event.at);
    deliver(event, response, request);
  };
  return new SteadyPublisher({
    port: platform.publisherPort,
    ledger,
    eventOf,
    rate,
    count,
    prefix: `${name}-`,
  });
}

/** kill -9, and started again at once, as a supervisor or the kubelet would. */
async function killAndRestart(victim: string, process: TestProcess, ledger: Ledger): Promise<void> {
  const at = performance.now();
  await process.kill();
  ledger.kills.push({ victim, at });
  await process.start();
}

function tell(what: string, ledger: Ledger, load: SteadyPublisher): void {
  const answers = [...load.answers]
    .map(([status, count]) => `${count} × ${status || "no answer"}`)
    .join(", ");
  const kills = ledger.kills.map(({ victim }) => victim).join(" ");
  for (const id of ledger.unexplained()) console.log(ledger.story(id));
  console.log(
    `${what}: ${ledger.acknowledgedCount()} acknowledged (${answers}), ${ledger.lost().length} lost, ${ledger.duplicates()} delivered again, ` +
      `${ledger.unexplained().length} of them unexplained; ${ledger.kills.length} kills: ${kills}`,
  );
}

async function expectClean(ledger: Ledger, count: number): Promise<void> {
  expect(ledger.acknowledgedCount()).toBe(count);
  expect(ledger.lost()).toEqual([]);
  // Each kill may repeat what was in flight, and no more. Those that no kill's time explains are told above: a crowded machine makes some.
  expect(ledger.duplicates()).toBeLessThanOrEqual(ledger.kills.length * maxInFlight);
  expect((await platform.streams.streams.info(deadLetterStream)).state.messages).toBe(0);
}

function showStateOnFailure(): void {
  onTestFailed(async () => {
    console.log(await platform.lastWords());
    for await (const info of platform.streams.consumers.list(eventStream)) {
      const { num_pending, num_ack_pending, num_waiting, num_redelivered, ack_floor, delivered } = info;
      console.log(info.config.filter_subject, {
        num_pending,
        num_ack_pending,
        num_waiting,
        num_redelivered,
        ack_floor,
        delivered,
      });
    }
  });
}

test(`${ledgerEvents} events while publisher, dispatchers, controllers and NATS are killed in turn: none is lost (seed ${seed})`, async () => {
  showStateOnFailure();
  const { gateway, dispatchers, controllers } = platform.processes;
  const victims: Record<string, TestProcess> = {
    "event-gateway": gateway,
    ...Object.fromEntries(dispatchers.map((one, index) => [`event-dispatcher-${index}`, one])),
    ...(controllers && { controllers }),
    "nats-server": nats.process,
  };
  await subscribe("ledger");
  const ledger = new Ledger();
  const load = publish("ledger", ledger, 300, ledgerEvents);
  const finished = load.run();
  const random = seededRandom(seed);
  const every = Math.max(280, Math.ceil(ledgerEvents / 100));
  const rounds = Math.floor((ledgerEvents - 1) / every / Object.keys(victims).length);
  for (let kill = 0, round = 0; round < rounds; round++) {
    const order = Object.entries(victims)
      .map((victim) => ({ victim, place: random() }))
      .toSorted((a, b) => a.place - b.place);
    for (const { victim } of order) {
      await load.wereDue(++kill * every);
      await killAndRestart(...victim, ledger);
    }
  }
  await finished;
  await untilSettled(platform, settledWithinMs);
  tell(`seed ${seed}`, ledger, load);
  expect(new Set(ledger.kills.map(({ victim }) => victim)).size).toBe(5);
  await expectClean(ledger, ledgerEvents);
}, 900_000);

test("R5: kill -9 of nats-server at 150 and 1,000 events/s loses nothing that was acknowledged; what is refused is told by 5xx", async () => {
  showStateOnFailure();
  const runs: { name: string; ledger: Ledger; load: SteadyPublisher; count: number }[] = [];
  // What the first rate leaves behind is delivered while the second one's kills go on.
  const kills: Kill[] = [];
  for (const rate of [150, 1000]) {
    const name = `rate-${rate}`;
    await subscribe(name);
    const ledger = new Ledger(kills);
    const count = rate * (natsKills + 1);
    const load = publish(name, ledger, rate, count);
    const finished = load.run();
    for (let kill = 1; kill <= natsKills; kill++) {
      await load.wereDue(kill * rate);
      await killAndRestart("nats-server", nats.process, ledger);
    }
    await finished;
    runs.push({ name, ledger, load, count });
  }
  await untilSettled(platform, settledWithinMs);
  for (const { name, ledger, load, count } of runs) {
    tell(name, ledger, load);
    await expectClean(ledger, count);
    const refusals = [...load.answers.keys()].filter((status) => status !== 204 && status !== 408);
    expect(refusals.length).toBeGreaterThan(0);
    expect(refusals.filter((status) => status < 500)).toEqual([]);
  }
}, 900_000);
