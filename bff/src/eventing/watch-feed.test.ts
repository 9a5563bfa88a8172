import { ForbiddenError } from "@kyma/kube/errors.ts";
import { expect, test, vi } from "vitest";
import { attempts } from "./delivery-api.ts";
import { WatchFeed, type FeedUpstream } from "./watch-feed.ts";

const attempted = { verb: "watch", type: attempts, namespace: "shop" } as const;

function feedOf<T>(open: FeedUpstream<T>["open"]) {
  const feed = new WatchFeed<T>({ open, attempted });
  const wake = vi.fn<() => void>();
  return { feed, wake, stop: feed.open(wake) };
}

test("what is watched is told at once, then what happens", async () => {
  let send: (item: number | string) => void = () => undefined;
  const { feed, wake, stop } = feedOf<string>(async function* (_signal, onOpen) {
    onOpen();
    for (;;) yield await new Promise<string | number>((resolve) => (send = resolve));
  });
  await vi.waitFor(() =>
    expect(feed.take()?.value).toMatchObject({ watching: true, items: [], problem: null }),
  );
  expect(feed.take()).toBeUndefined();
  wake.mockClear();
  send("a");
  await vi.waitFor(() => expect(wake).toHaveBeenCalled());
  expect(feed.take()?.value).toMatchObject({ items: ["a"], omitted: 0 });
  send(12);
  await vi.waitFor(() => expect(feed.take()?.value).toMatchObject({ items: [], omitted: 12 }));
  stop();
});

test("a feed that was opened again says so, however short it was away", async () => {
  let opened = 0;
  let end: () => void = () => undefined;
  const { feed, wake, stop } = feedOf<string>(async function* (_signal, onOpen) {
    onOpen();
    yield `of ${++opened}`;
    await new Promise<void>((resolve) => (end = resolve));
  });
  await vi.waitFor(() => expect(wake).toHaveBeenCalledTimes(2));
  expect(feed.take()?.value).toMatchObject({ watching: true, opened: true, items: ["of 1"] });
  end();
  await vi.waitFor(() => expect(opened).toBe(2), 5000);
  expect(feed.take()?.value).toMatchObject({ watching: true, opened: true, items: ["of 2"] });
  stop();
});

test("what a slow reader cannot take is left out, the oldest first, and counted", async () => {
  const { feed, stop } = feedOf<string>(async function* (_signal, onOpen) {
    onOpen();
    for (let index = 1; index <= 700; index++) yield `event ${index}`;
    await new Promise(() => undefined);
  });
  await vi.waitFor(() => {
    const value = feed.take()?.value;
    expect(value).toMatchObject({ omitted: 200 });
    expect(value?.items).toHaveLength(500);
    expect(value?.items[0]).toBe("event 201");
  });
  stop();
});

test("a refused watch says which right is missing and is tried again", async () => {
  let tries = 0;
  const { feed, stop } = feedOf<string>(async function* (_signal, onOpen) {
    if (++tries === 1) throw new ForbiddenError(403, {});
    onOpen();
    yield "seen";
    await new Promise(() => undefined);
  });
  await vi.waitFor(() =>
    expect(feed.take()?.value.problem?.message).toBe(
      "You may not watch attempts.delivery.eventing.kyma-project.io in namespace shop.",
    ),
  );
  await vi.waitFor(() => expect(feed.take()?.value).toMatchObject({ watching: true, items: ["seen"] }));
  stop();
});
