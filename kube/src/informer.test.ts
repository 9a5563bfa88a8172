import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { KubeClient } from "./client.ts";
import { connect, type Connection } from "./connection.ts";
import { FaultyServer, listOf, status, stream, watchLine, configMap } from "./faulty-server.ts";
import { Informer } from "./informer.ts";
import type { KubeObject } from "./objects.ts";
import { configMaps } from "./resource-types.ts";

let server: FaultyServer;
let connection: Connection;
let informer: Informer<KubeObject>;
let stop: AbortController;
const errors: unknown[] = [];

beforeEach(async () => {
  server = new FaultyServer();
  connection = connect(await server.listen());
  stop = new AbortController();
  errors.length = 0;
  informer = new Informer(new KubeClient(connection), configMaps, {
    indexes: { initial: (object) => [object.metadata.name[0] ?? ""] },
    onError: (error) => errors.push(error),
  });
});
afterEach(() => {
  stop.abort();
  connection.close();
  server.close();
});

const held = (): string =>
  informer
    .list()
    .map((object) => `${object.metadata.name}@${object.metadata.resourceVersion}`)
    .sort()
    .join(" ");
const soon = (assert: () => void): Promise<void> => vi.waitFor(assert, { timeout: 10_000, interval: 10 });
const lists = (): number => server.requests.filter(({ url }) => !url.includes("watch=true")).length;

describe("an informer", () => {
  it("holds what list and watch say, without managedFields", async () => {
    server.lists.push(listOf({ a: "1", b: "2" }, "5"));
    server.watches.push(
      stream(
        [watchLine("ADDED", "c", "6"), watchLine("DELETED", "a", "7"), watchLine("MODIFIED", "b", "8")],
        true,
      ),
    );
    informer.start(stop.signal);
    await informer.synced;
    await soon(() => expect(held()).toBe("b@8 c@6"));
    expect(informer.get({ namespace: "default", name: "b" })?.metadata.managedFields).toBeUndefined();
    expect(informer.byIndex("initial", "b").map((object) => object.metadata.name)).toEqual(["b"]);
    expect(informer.byIndex("initial", "a")).toEqual([]);
  });

  it("keeps on after HTTP 500 on list and on watch, and says that it reconnects", async () => {
    server.lists.push(status(500), listOf({ a: "1" }, "5"));
    server.watches.push(status(500), status(503), stream([watchLine("ADDED", "b", "6")], true));
    const states: string[] = [];
    informer.onState((state) => states.push(state));
    informer.start(stop.signal);
    await soon(() => expect(held()).toBe("a@1 b@6"));
    expect(states).toEqual(["live", "reconnecting", "live"]);
    expect(lists()).toBe(2);
  });

  it("lists anew after 410 as a status and as an event, and drops ghosts", async () => {
    const gone = `${JSON.stringify({ type: "ERROR", object: { kind: "Status", code: 410, reason: "Expired" } })}\n`;
    server.lists.push(
      listOf({ a: "1", ghost: "2" }, "5"),
      listOf({ a: "1", b: "9" }, "10"),
      listOf({ a: "11" }, "12"),
    );
    server.watches.push(stream([gone]), status(410), stream([], true));
    const removed: string[] = [];
    informer.onChange((next, previous) => next ?? removed.push(previous?.metadata.name ?? ""));
    informer.start(stop.signal);
    await soon(() => expect(held()).toBe("a@11"));
    expect(removed).toEqual(["ghost", "b"]);
  });

  it("goes on from the version of the last bookmark", async () => {
    server.lists.push(listOf({}, "5"));
    server.watches.push(stream([watchLine("BOOKMARK", "", "77")]), stream([], true));
    informer.start(stop.signal);
    await soon(() => expect(server.requests.at(-1)?.url).toContain("resourceVersion=77"));
    expect(lists()).toBe(1);
    expect(informer.list()).toEqual([]);
  });

  it.each([
    ["a truncated line", ['{"type":"ADDED","object":{"meta']],
    ["a line that is no JSON", ["hello\n"]],
    ["an unknown event type", [watchLine("EXPLODED", "z", "9")]],
  ])("lists anew after %s (R10)", async (_name, chunks) => {
    server.lists.push(listOf({ a: "1" }, "5"), listOf({ a: "1", b: "2" }, "6"));
    server.watches.push(stream(chunks), stream([], true));
    informer.start(stop.signal);
    await soon(() => expect(held()).toBe("a@1 b@2"));
  });

  it("takes a doubled ADDED and a MODIFIED before ADDED, and characters cut by a chunk's end (R10)", async () => {
    const object = configMap("a", "6") as { data?: object };
    object.data = { text: "grüße" };
    const bytes = Buffer.from(`${JSON.stringify({ type: "MODIFIED", object })}\n`);
    const cut = bytes.indexOf(0xc3) + 1;
    server.lists.push(listOf({}, "5"));
    server.watches.push(
      stream(
        [
          bytes.subarray(0, cut),
          bytes.subarray(cut),
          watchLine("ADDED", "b", "7"),
          watchLine("ADDED", "b", "7"),
        ],
        true,
      ),
    );
    const seen: string[] = [];
    informer.onChange((next) => seen.push(next?.metadata.name ?? ""));
    informer.start(stop.signal);
    await soon(() => expect(held()).toBe("a@6 b@7"));
    expect(seen).toEqual(["a", "b"]);
    expect((informer.list()[0] as unknown as { data: object }).data).toEqual({ text: "grüße" });
  });

  it("survives a listener that throws", async () => {
    server.lists.push(listOf({ a: "1", b: "2" }, "5"));
    server.watches.push(stream([], true));
    informer.onChange(() => {
      throw new Error("listener");
    });
    informer.start(stop.signal);
    await informer.synced;
    expect(held()).toBe("a@1 b@2");
    expect(errors).toHaveLength(2);
  });

  it("reports an index and a transform that throw for one object, and holds all others", async () => {
    const failing = (name: string) => (object: KubeObject) => {
      if (object.metadata.name === name) throw new Error(name);
    };
    const [index, transform] = [failing("b"), failing("c")];
    informer = new Informer(new KubeClient(connection), configMaps, {
      indexes: { initial: (object) => (index(object), [object.metadata.name[0] ?? ""]) },
      transform: (object) => (transform(object), object),
      onError: (error) => errors.push((error as Error).message),
    });
    server.lists.push(listOf({ a: "1", b: "2", c: "3", d: "4" }, "5"));
    server.watches.push(
      stream(
        [watchLine("MODIFIED", "c", "6"), watchLine("DELETED", "b", "7"), watchLine("ADDED", "e", "8")],
        true,
      ),
    );
    informer.start(stop.signal);
    await informer.synced;
    expect([lists(), errors, held()]).toEqual([1, ["b", "c"], "a@1 b@2 d@4"]);
    expect(informer.byIndex("initial", "b")).toEqual([]);
    await soon(() => expect(held()).toBe("a@1 d@4 e@8"));
    expect(errors).toEqual(["b", "c", "c"]);
  });

  it("is live as soon as the watch is open, though nothing happens", async () => {
    server.lists.push(listOf({ a: "1" }, "5"));
    server.watches.push(status(500), stream([], true));
    const states: string[] = [];
    informer.onState((state) => states.push(state));
    informer.start(stop.signal);
    await soon(() => expect(states).toEqual(["live", "reconnecting", "live"]));
  });

  it("does not open watches in a row when the server ends each at once", async () => {
    server.lists.push(listOf({ a: "1" }, "5"));
    server.watches.push(stream([]));
    informer.start(stop.signal);
    await informer.synced;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(server.requests.length).toBeLessThan(6);
  });

  it("comes back no earlier than Retry-After asks (R19)", async () => {
    server.lists.push(status(429, { "retry-after": "1" }), listOf({ a: "1" }, "5"));
    server.watches.push(stream([], true));
    informer.start(stop.signal);
    await informer.synced;
    const [first, second] = server.requests;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it("opens nothing after it was stopped", async () => {
    server.lists.push(listOf({}, "5"));
    server.watches.push(status(500));
    informer.start(stop.signal);
    await soon(() => expect(errors.length).toBeGreaterThan(0));
    stop.abort();
    const requests = server.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(server.requests).toHaveLength(requests);
  });
});
