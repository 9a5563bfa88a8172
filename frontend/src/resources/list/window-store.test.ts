import { expect, it, vi } from "vitest";
import { InvalidError, RequestError } from "#api/errors.ts";
import type { WindowMessage, WindowPart, WindowRequest } from "#api/lists.ts";
import { WindowStore } from "./window-store.ts";

interface Opened {
  wanted: WindowRequest;
  signal: AbortSignal;
  send: (message: Partial<WindowMessage>) => Promise<void>;
  fail: (error: Error) => Promise<void>;
}

/** A server whose streams the test feeds by hand. */
function harness() {
  const opened: Opened[] = [];
  const open = (wanted: WindowRequest, signal: AbortSignal): AsyncIterable<WindowPart> => {
    const { readable, writable } = new TransformStream<WindowPart>(undefined, { highWaterMark: 99 });
    const writer = writable.getWriter();
    const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
    opened.push({
      wanted,
      signal,
      send: async (message) => {
        await writer.write({ data: { tableWindow: whole(message) }, epoch: 1, at: 1000 });
        await settle();
      },
      fail: async (error) => {
        await writer.abort(error);
        await settle();
      },
    });
    return readable;
  };
  const store = new WindowStore(open, (notify) => notify());
  return { store, opened, last: () => opened.at(-1) as Opened };
}

function whole(over: Partial<WindowMessage>): WindowMessage {
  const offset = over.offset ?? 0;
  const order = over.order ?? Array.from({ length: 50 }, (_, index) => `k${offset + index}`);
  return {
    liveness: "LIVE",
    staleSince: null,
    revision: 1,
    snapshot: true,
    total: 10_000,
    unfiltered: 10_000,
    arriving: 0,
    columns: [],
    rows: order.map((key) => ({
      key,
      namespace: "shop",
      name: key,
      creationTimestamp: "",
      labels: {},
      cells: [],
    })),
    forbidden: [],
    warnings: [],
    ...over,
    offset,
    order,
  };
}

const query = (text: string | null = null) => ({
  scope: { type: { group: "", version: "v1", plural: "pods" } },
  view: { text },
});

it("asks for the first 50 rows, then for those around what is seen, anchored, and drops the old window when the new one is there", async () => {
  const { store, opened, last } = harness();
  store.show(query());
  expect(last().wanted.view).toMatchObject({ offset: 0, count: 50, anchor: null });
  await last().send({});
  expect(store.snapshot()).toMatchObject({ pending: false, error: undefined });

  store.look({ start: 20, end: 45 });
  await vi.waitFor(() => expect(opened).toHaveLength(2));
  expect(last().wanted.view).toMatchObject({ offset: 0, count: 105, anchor: "k20" });
  expect(opened[0]?.signal.aborted).toBe(false);
  await last().send({});
  expect(opened[0]?.signal.aborted).toBe(true);
  expect(last().signal.aborted).toBe(false);
});

it("keeps the rows of before while a changed filter is answered, and none of another kind", async () => {
  const { store, opened, last } = harness();
  store.show(query());
  await last().send({});
  store.show(query("web"));
  expect(store.snapshot()).toMatchObject({ pending: true, window: { total: 10_000 } });
  await last().send({ total: 3, order: ["a", "b", "c"] });
  expect(store.snapshot()).toMatchObject({ pending: false, window: { total: 3 } });

  store.show({ ...query(), scope: { type: { group: "", version: "v1", plural: "services" } } });
  expect(store.snapshot().window).toBeUndefined();
  expect(opened.slice(0, -1).every(({ signal }) => signal.aborted)).toBe(true);
});

it("forgets a filter that was typed over before it was answered", async () => {
  const { store, opened, last } = harness();
  store.show(query());
  await last().send({});
  store.show(query("w"));
  store.show(query("we"));
  expect(opened[1]?.signal.aborted).toBe(true);
  await opened[1]?.send({ total: 99 });
  expect(store.snapshot().window?.total).toBe(10_000);
  await last().send({ total: 5 });
  expect(store.snapshot().window?.total).toBe(5);
});

it("keeps no row when the right to read is lost", async () => {
  const { store, last } = harness();
  store.show(query());
  await last().send({});
  await last().fail(new RequestError("You may not list pods.", "FORBIDDEN"));
  expect(store.snapshot()).toMatchObject({ window: undefined, error: { code: "FORBIDDEN" } });
});

it("keeps the rows when the server refuses a filter, and says so", async () => {
  const { store, opened, last } = harness();
  store.show(query());
  await last().send({});
  store.show(query("("));
  await last().fail(new InvalidError("No.", "BAD_INPUT"));
  expect(store.snapshot()).toMatchObject({ pending: false, window: { total: 10_000 } });
  expect(store.snapshot().error?.message).toBe("No.");
  // The rows of before stay live meanwhile.
  await opened[0]?.send({ total: 10_001 });
  expect(store.snapshot()).toMatchObject({ window: { total: 10_001 }, error: { message: "No." } });
  store.show(query());
  expect(store.snapshot().error).toBeUndefined();
});

it("shows no empty list while the server waits for the cluster", async () => {
  const { store, last } = harness();
  store.show(query());
  await last().send({
    snapshot: false,
    total: 0,
    order: [],
    liveness: "RECONNECTING",
    staleSince: "2026-01-01T00:00:00Z",
  });
  expect(store.snapshot()).toMatchObject({
    window: undefined,
    lostAt: Date.parse("2026-01-01T00:00:00Z"),
  });
  await last().send({ total: 1, order: ["a"] });
  expect(store.snapshot()).toMatchObject({ window: { total: 1 }, lostAt: undefined });
});

it("shows the first rows while the others arrive, and how many were read when all are needed", async () => {
  const { store, opened, last } = harness();
  store.show(query());
  await last().send({ arriving: 9500 });
  expect(store.snapshot()).toMatchObject({ pending: false, window: { total: 10_000, arriving: 9500 } });

  // A row further down waits for the whole list; the first rows stay meanwhile.
  store.look({ start: 300, end: 330 });
  await vi.waitFor(() => expect(opened).toHaveLength(2));
  const waiting = { snapshot: false, total: 0, unfiltered: 10_000, order: [] };
  await last().send({ ...waiting, arriving: 6500 });
  expect(store.snapshot()).toMatchObject({
    lostAt: undefined,
    progress: { read: 3500, total: 10_000 },
    window: { total: 10_000 },
  });
  await opened[0]?.send({ snapshot: false, revision: 2, arriving: 6000, order: [] });
  expect(store.snapshot().window).toMatchObject({ total: 10_000, arriving: 6000 });
  await last().send({ revision: 2, offset: 240 });
  expect(store.snapshot()).toMatchObject({ progress: undefined, window: { offset: 240, arriving: 0 } });
  expect(opened[0]?.signal.aborted).toBe(true);
});

it("keeps the rows when the server begins a stream anew and has to wait", async () => {
  const { store, last } = harness();
  store.show(query());
  await last().send({});
  await last().send({ snapshot: false, revision: 2, total: 10_001 });
  const waiting = {
    snapshot: false,
    revision: 1,
    total: 0,
    unfiltered: 500,
    columns: null,
    order: null,
    rows: [],
  };
  await last().send({ ...waiting, arriving: 200 });
  expect(store.snapshot()).toMatchObject({ window: { total: 10_001 }, progress: { read: 300, total: 500 } });
  await last().send({ revision: 2, total: 500 });
  expect(store.snapshot()).toMatchObject({ window: { total: 500 }, progress: undefined });
});

it("closes everything when the page is left", async () => {
  const { store, opened, last } = harness();
  store.show(query());
  await last().send({});
  store.show(query("x"));
  store.close();
  expect(opened.map(({ signal }) => signal.aborted)).toEqual([true, true]);
});
