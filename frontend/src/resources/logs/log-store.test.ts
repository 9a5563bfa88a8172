import { expect, test, vi } from "vitest";
import type { LogBatch } from "#api/logs.ts";
import { textPattern } from "./line-pattern.ts";
import { LogStore, mostLines } from "./log-store.ts";

const batch = (texts: string[], extra: Partial<LogBatch> = {}): LogBatch => ({
  streams: [],
  sources: texts.map(() => 0),
  times: texts.map(() => "2026-01-01T00:00:00.000000000Z"),
  texts,
  gaps: [],
  cursors: [],
  liveness: "LIVE",
  omitted: 0,
  ended: false,
  ...extra,
});
const stream = (index: number, pod: string) => ({
  index,
  pod,
  container: "c",
  kind: "MAIN" as const,
  restarts: 0,
  state: "LIVE" as const,
  message: null,
});
const shown = async (store: LogStore, count: number) => {
  await vi.waitFor(() => expect(store.shown.length).toBe(count));
  return store.shown.slice(0, count).map(({ text }) => text);
};

test("only so many lines are kept, the newest", async () => {
  const store = new LogStore();
  for (let part = 0; part < 11; part++)
    store.append(batch(Array.from({ length: 10_000 }, (_, i) => `${part * 10_000 + i}`)));
  await vi.waitFor(() => expect(store.version).toBeGreaterThan(0));
  expect([store.all.length, store.all.first?.text, store.received]).toEqual([mostLines, "10000", 110_000]);
});

test("filters by pattern, level and stream; hits are counted", async () => {
  const store = new LogStore();
  store.append(
    batch(["ERROR a", "INFO b", "ERROR c"], {
      streams: [stream(0, "x"), stream(1, "y")],
      sources: [0, 0, 1],
    }),
  );
  store.setFilter({ ...store.filter, pattern: textPattern("error"), onlyMatches: true });
  expect(await shown(store, 2)).toEqual(["ERROR a", "ERROR c"]);
  store.setFilter({ ...store.filter, pattern: undefined, levels: new Set(["info"]) });
  expect(await shown(store, 1)).toEqual(["INFO b"]);
  store.setFilter({ ...store.filter, levels: undefined, hidden: new Set(["x/c"]) });
  store.append(batch(["later"], { sources: [1] }));
  expect(await shown(store, 2)).toEqual(["ERROR c", "later"]);
});

test("streams keep their place when a new subscription numbers them otherwise; a gap is a line of its own", async () => {
  const store = new LogStore();
  store.append(batch(["a"], { streams: [stream(0, "x"), stream(1, "y")] }));
  store.append(batch(["b"], { streams: [stream(0, "y")], gaps: [{ before: 0, stream: 0, count: 7 }] }));
  await shown(store, 3);
  expect(
    store.all.slice(0, 3).map((entry) => [entry.text, entry.gap, store.streams[entry.stream]?.pod]),
  ).toEqual([
    ["a", undefined, "x"],
    ["", 7, "y"],
    ["b", undefined, "y"],
  ]);
});
