import { AnswerTooLargeError, ForbiddenError, GoneError, UnavailableError } from "@kyma/kube/errors.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { LiveSet, type Change, type ListProgress, type Upstream } from "./live-set.ts";
import { LiveSets } from "./live-sets.ts";
import { objectsMessages } from "./live-messages.ts";

/** An API server under the test's thumb: what it lists, and what its watch says next. */
class FakeUpstream implements Upstream<UnknownObject> {
  rows = new Map<string, UnknownObject>();
  lists = 0;
  listFailure: Error | undefined;
  /** Set: lists come in pages of one row, each when it is called, and fail if it rejects. */
  page: (() => Promise<void>) | undefined;
  #push: ((change: Change<UnknownObject> | Error | "end") => void) | undefined;

  async list(
    _: AbortSignal,
    progress: ListProgress<UnknownObject>,
  ): Promise<{ entries: Map<string, UnknownObject>; head: undefined; resourceVersion: string }> {
    this.lists += 1;
    if (this.listFailure) throw this.listFailure;
    const entries = new Map(this.rows);
    let remaining = entries.size;
    for (const entry of this.page ? entries : []) {
      await this.page?.();
      remaining -= 1;
      if (remaining > 0) progress.arrived({ entries: [entry], head: undefined, remaining });
    }
    return { entries, head: undefined, resourceVersion: String(this.lists) };
  }

  async *watch(_: string, signal: AbortSignal, opened: () => void): AsyncGenerator<Change<UnknownObject>> {
    opened();
    const queue: (Change<UnknownObject> | Error | "end")[] = [];
    let wake: (() => void) | undefined;
    this.#push = (change) => {
      queue.push(change);
      wake?.();
    };
    signal.addEventListener("abort", () => this.say("end"));
    for (;;) {
      const next = queue.shift();
      if (next === "end") return;
      if (next instanceof Error) throw next;
      if (next) yield next;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  say(change: Change<UnknownObject> | Error | "end"): void {
    this.#push?.(change);
  }
}

const row = (name: string, value = "x"): UnknownObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name },
  data: { value },
});
const sets: LiveSets[] = [];
afterEach(() => {
  for (const one of sets.splice(0)) one.close();
});

function open(upstream: FakeUpstream): { sets: LiveSets; reader: () => AsyncIterableIterator<Message> } {
  const all = new LiveSets(20);
  sets.push(all);
  return { sets: all, reader: () => objectsMessages(() => all.join("key", () => upstream)) };
}
type Message = ReturnType<typeof objectsMessages> extends AsyncIterableIterator<infer M> ? M : never;
const next = async (reader: AsyncIterator<Message>): Promise<Message> =>
  (await reader.next()).value as Message;

test("a watch that breaks is told as RECONNECTING and healed by a fresh snapshot", async () => {
  const upstream = new FakeUpstream();
  upstream.rows.set("a", row("a"));
  const reader = open(upstream).reader();
  expect(await next(reader)).toMatchObject({
    liveness: "LIVE",
    snapshot: true,
    objects: [{ metadata: { name: "a" } }],
  });
  await delay(5);
  upstream.rows = new Map([["b", row("b")]]);
  upstream.say(new UnavailableError(0, { message: "gone" }));
  expect(await next(reader)).toMatchObject({
    liveness: "RECONNECTING",
    snapshot: false,
    objects: [],
    deleted: [],
  });
  expect(await next(reader)).toMatchObject({ snapshot: true, objects: [{ metadata: { name: "b" } }] });
  expect(await next(reader)).toMatchObject({ liveness: "LIVE", snapshot: false, objects: [] });
  await reader.return?.();
});

test("410 is healed by a fresh snapshot", async () => {
  const upstream = new FakeUpstream();
  const reader = open(upstream).reader();
  await next(reader);
  await delay(5);
  upstream.rows.set("new", row("new"));
  upstream.say(new GoneError(410, { message: "too old" }));
  let message = await next(reader);
  if (!message.snapshot) message = await next(reader);
  expect(message).toMatchObject({ snapshot: true, objects: [{ metadata: { name: "new" } }] });
  expect(await next(reader)).toMatchObject({ liveness: "LIVE", snapshot: false });
  await reader.return?.();
});

test("a right that is lost ends the view and takes its data away", async () => {
  const upstream = new FakeUpstream();
  upstream.rows.set("a", row("a"));
  const { sets: all, reader } = open(upstream);
  const one = reader();
  await next(one);
  await delay(5);
  upstream.listFailure = new ForbiddenError(403, { message: "no" });
  upstream.say(new UnavailableError(0, {}));
  await next(one);
  await expect(one.next()).rejects.toBeInstanceOf(ForbiddenError);
  expect(all.count).toBe(0);
});

test("a list that is too large is not asked for again", async () => {
  const upstream = new FakeUpstream();
  upstream.listFailure = new AnswerTooLargeError(1024 * 1024);
  const reader = open(upstream).reader();
  await expect(reader.next()).rejects.toBe(upstream.listFailure);
  expect(upstream.lists).toBe(1);
});

test("readers share one upstream; it ends when the last has left for a while", async () => {
  const upstream = new FakeUpstream();
  const { sets: all, reader } = open(upstream);
  const readers = [reader(), reader(), reader()];
  await Promise.all(readers.map(next));
  expect(upstream.lists).toBe(1);
  await readers[0]?.return?.();
  await readers[1]?.return?.();
  await delay(40);
  expect(all.count).toBe(1);
  await readers[2]?.return?.();
  expect(all.count).toBe(1);
  await delay(40);
  expect(all.count).toBe(0);
});

test("a reader that waits for a change is released when it leaves", async () => {
  const reader = open(new FakeUpstream()).reader();
  await next(reader);
  const waiting = reader.next();
  await reader.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
});

test("a slow reader gets the last state of each object, whatever happened in between", async () => {
  const upstream = new FakeUpstream();
  const reader = open(upstream).reader();
  await next(reader);
  await delay(5);
  for (let count = 0; count < 10_000; count++)
    upstream.say({ key: `row-${count % 3}`, value: row(`row-${count % 3}`, String(count)) });
  upstream.say({ key: "row-0" });
  await delay(60);
  const message = await next(reader);
  expect(message.deleted).toEqual(["row-0"]);
  expect(message.objects.map(({ metadata, data }) => [metadata.name, data])).toEqual([
    ["row-1", { value: "9997" }],
    ["row-2", { value: "9998" }],
  ]);
  await reader.return?.();
});

test("an orderly end of the watch goes on from the last version without a new list", async () => {
  const upstream = new FakeUpstream();
  const set = new LiveSet(upstream);
  void set.run();
  await delay(300);
  upstream.say("end");
  await delay(20);
  upstream.say({ key: "late", value: row("late") });
  await delay(20);
  expect(set.entries.has("late")).toBe(true);
  expect(upstream.lists).toBe(1);
  set.stop();
});

/** A set whose upstream answers page by page as the test says, and what its listeners were told. */
function openPaged(names: string[]): {
  set: LiveSet<UnknownObject>;
  upstream: FakeUpstream;
  told: string[];
  answer: (error?: Error) => Promise<void>;
} {
  const upstream = new FakeUpstream();
  for (const name of names) upstream.rows.set(name, row(name));
  const waiting: PromiseWithResolvers<void>[] = [];
  upstream.page = () => {
    const page = Promise.withResolvers<void>();
    waiting.push(page);
    return page.promise;
  };
  const set = new LiveSet(upstream);
  const told: string[] = [];
  set.listen({
    changed: (key) => told.push(key ?? "all"),
    livenessChanged: () => told.push(set.liveness),
    arrivingChanged: () => told.push(`arriving ${set.arriving}`),
  });
  const answer = async (error?: Error): Promise<void> => {
    await expect.poll(() => waiting.length, { timeout: 3000 }).toBeGreaterThan(0);
    const page = waiting.shift();
    if (error) page?.reject(error);
    else page?.resolve();
    await delay(5);
  };
  void set.run();
  return { set, upstream, told, answer };
}
const keysOf = (set: LiveSet<UnknownObject>): string[] => [...set.entries.keys()];

test("the first list is told as it arrives, and is loaded when all of it is there", async () => {
  const { set, told, answer } = openPaged(["a", "b", "c", "d"]);
  await answer();
  expect([set.loaded, set.arriving, keysOf(set)]).toEqual([false, 3, ["a"]]);
  await answer();
  await answer();
  expect([set.loaded, set.arriving, keysOf(set)]).toEqual([false, 1, ["a", "b", "c"]]);
  await answer();
  expect([set.loaded, set.arriving, keysOf(set)]).toEqual([true, undefined, ["a", "b", "c", "d"]]);
  expect(told).toEqual(["all", "arriving 2", "arriving 1", "all"]);
  set.stop();
});

test("a first list that breaks half-way stays as it is until another one is complete", async () => {
  const { set, upstream, told, answer } = openPaged(["a", "b", "c"]);
  await answer();
  await answer(new GoneError(410, { message: "the continue token is too old" }));
  expect([set.loaded, set.arriving, keysOf(set), set.liveness]).toEqual([false, 2, ["a"], "RECONNECTING"]);
  upstream.rows.delete("a");
  upstream.rows.set("d", row("d"));
  for (let page = 0; page < 2; page++) await answer();
  expect([set.loaded, set.arriving, keysOf(set)]).toEqual([false, 2, ["a"]]);
  await answer();
  expect([set.loaded, set.arriving, keysOf(set), set.liveness]).toEqual([
    true,
    undefined,
    ["b", "c", "d"],
    "LIVE",
  ]);
  expect(told).toEqual(["all", "RECONNECTING", "all", "LIVE"]);
  set.stop();
});

test("a later list replaces what is shown only as a whole", async () => {
  const { set, upstream, told, answer } = openPaged(["a", "b"]);
  for (let page = 0; page < 2; page++) await answer();
  upstream.rows = new Map([
    ["c", row("c")],
    ["d", row("d")],
  ]);
  told.length = 0;
  upstream.say(new GoneError(410, { message: "too old" }));
  await answer();
  expect([set.loaded, set.arriving, keysOf(set)]).toEqual([true, undefined, ["a", "b"]]);
  await answer();
  expect(keysOf(set)).toEqual(["c", "d"]);
  expect(told).toEqual(["RECONNECTING", "all", "LIVE"]);
  set.stop();
});

test("a right that is missing after the first page takes that page away", async () => {
  const { set, answer } = openPaged(["a", "b"]);
  await answer();
  await answer(new ForbiddenError(403, { message: "no" }));
  expect([set.failure, set.arriving, keysOf(set)]).toEqual([expect.any(ForbiddenError), undefined, []]);
});

test("what is known of an entry more exactly outlives its change, and a list that is read again", async () => {
  const upstream = Object.assign(new FakeUpstream(), { merge: keepFirst });
  upstream.rows.set("a", row("a", "first"));
  const set = new LiveSet<UnknownObject>(upstream);
  void set.run();
  await expect.poll(() => set.liveness === "LIVE" && set.loaded).toBe(true);
  expect(set.entries.get("a")).toMatchObject({ data: { value: "first" } });
  upstream.say({ key: "a", value: row("a", "second") });
  upstream.say({ key: "b", value: row("b", "first of b") });
  await expect.poll(() => set.entries.size).toBe(2);
  expect(set.entries.get("a")).toMatchObject({ data: { value: "second", known: "first" } });
  upstream.rows = new Map([["a", row("a", "third")]]);
  upstream.say(new GoneError(410, { message: "too old" }));
  await expect.poll(() => set.entries.size, { timeout: 3000 }).toBe(1);
  expect(set.entries.get("a")).toMatchObject({ data: { value: "third", known: "first" } });
  set.stop();
});

function keepFirst(value: UnknownObject, before: UnknownObject): UnknownObject {
  const data = before["data"] as { value: string; known?: string };
  return { ...value, data: { ...(value["data"] as object), known: data.known ?? data.value } };
}
