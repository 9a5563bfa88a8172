import { TooManyRequestsError } from "@kyma/kube/errors.ts";
import type { ObjectKey } from "@kyma/kube/objects.ts";
import { pino } from "pino";
import { Registry } from "prom-client";
import { afterEach, expect, test } from "vitest";
import { Controller, type Reconcile } from "./controller.ts";
import { TerminalError } from "./errors.ts";
import { FakeClock, settle } from "./fake-clock.ts";
import { EngineMetrics } from "./metrics.ts";

const stop: AbortController[] = [];
afterEach(() => {
  for (const controller of stop.splice(0)) controller.abort();
});

function start(reconcile: Reconcile, workers = 1) {
  const clock = new FakeClock();
  const registry = new Registry();
  const lines: Record<string, unknown>[] = [];
  const log = pino(
    { level: "debug" },
    { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  let enqueue: (key: ObjectKey) => void = () => undefined;
  const controller = new Controller(
    {
      name: "sample",
      sources: [{ connect: (add) => (enqueue = add) }],
      reconcile,
      workers,
      allKeys: () => [],
    },
    { log, metrics: new EngineMetrics(registry), clock, random: () => 0 },
  );
  const abort = new AbortController();
  stop.push(abort);
  const ended = controller.run(abort.signal);
  const metric = async (name: string, labels: Record<string, string>) => {
    const { values } = (await registry.getSingleMetric(name)?.get()) ?? { values: [] };
    return values.find((value) => Object.entries(labels).every(([key, text]) => value.labels[key] === text))
      ?.value;
  };
  return {
    clock,
    metric,
    lines,
    abort,
    ended,
    enqueue: (name: string) => enqueue({ namespace: "shop", name }),
  };
}

test("a reconcile that throws is tried again with backoff, then forgotten", async () => {
  let fails = 2;
  const times: number[] = [];
  const { clock, enqueue, metric } = start(async () => {
    times.push(clock.now());
    if (fails-- > 0) throw new Error("not yet");
  });
  enqueue("a");
  await clock.advance(2000);
  expect(times).toEqual([0, 250, 750]);
  expect(await metric("controller_runtime_reconcile_total", { result: "error" })).toBe(2);
  expect(await metric("controller_runtime_reconcile_total", { result: "success" })).toBe(1);
  expect(await metric("workqueue_retries_total", { name: "sample" })).toBe(2);
  fails = 1;
  enqueue("a");
  await clock.advance(2000);
  expect(times.slice(3)).toEqual([2000, 2250]);
});

test("a TerminalError is reported and not tried again", async () => {
  let runs = 0;
  const { clock, enqueue, metric, lines } = start(async () => {
    runs++;
    throw new TerminalError("hopeless");
  });
  enqueue("a");
  await clock.advance(600_000);
  expect(runs).toBe(1);
  expect(await metric("controller_runtime_terminal_reconcile_errors_total", { controller: "sample" })).toBe(
    1,
  );
  expect(lines.filter(({ msg }) => msg === "reconcile failed for good")).toHaveLength(1);
});

test("a programming error is survived, counted, and the other keys go on", async () => {
  const done: string[] = [];
  const { clock, enqueue, metric } = start(async ({ name }) => {
    if (name === "bad") (undefined as unknown as { call(): void }).call();
    done.push(name);
  });
  enqueue("bad");
  enqueue("good");
  await clock.advance(10);
  expect(done).toEqual(["good"]);
  expect(await metric("controller_runtime_reconcile_panics_total", { controller: "sample" })).toBe(1);
});

test("the server's Retry-After is honoured", async () => {
  const times: number[] = [];
  const { clock, enqueue } = start(async () => {
    times.push(clock.now());
    if (times.length === 1) throw new TooManyRequestsError(429, { message: "busy" }, 9000);
  });
  enqueue("a");
  await clock.advance(20_000);
  expect(times).toEqual([0, 9000]);
});

test("requeueAfterMs brings a key back", async () => {
  const times: number[] = [];
  const { clock, enqueue } = start(async () => {
    times.push(clock.now());
    return times.length < 3 ? { requeueAfterMs: 1000 } : undefined;
  });
  enqueue("a");
  await clock.advance(10_000);
  expect(times).toEqual([0, 1000, 2000]);
});

test("workers share the keys, one key never runs twice at once, and each line names its reconcile", async () => {
  const open = new Map<string, () => void>();
  let most = 0;
  const { clock, enqueue, lines } = start(async ({ name }, { log }) => {
    log.info("working");
    expect(open.has(name)).toBe(false);
    await new Promise<void>((resolve) => open.set(name, resolve));
    most = Math.max(most, open.size);
    open.delete(name);
  }, 2);
  for (const name of ["a", "b", "c", "a"]) enqueue(name);
  await clock.advance(0);
  expect([...open.keys()]).toEqual(["a", "b"]);
  enqueue("a");
  for (let round = 0; round < 4; round++) {
    for (const finish of open.values()) finish();
    await settle();
  }
  expect(most).toBe(2);
  const working = lines.filter(({ msg }) => msg === "working");
  expect(working.map(({ object }) => object)).toEqual(["shop/a", "shop/b", "shop/c", "shop/a"]);
  expect(new Set(working.map(({ reconcileId }) => reconcileId)).size).toBe(4);
});

test("stopping waits for the key in work and hands out no other", async () => {
  let finish: () => void = () => undefined;
  const started: string[] = [];
  const { abort, ended, enqueue } = start(async ({ name }) => {
    started.push(name);
    await new Promise<void>((resolve) => (finish = resolve));
  });
  enqueue("a");
  enqueue("b");
  await settle();
  abort.abort();
  let over = false;
  void ended.then(() => (over = true));
  await settle();
  expect([started, over]).toEqual([["a"], false]);
  finish();
  await settle();
  expect([started, over]).toEqual([["a"], true]);
});
