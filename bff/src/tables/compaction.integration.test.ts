import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { GoneError } from "@kyma/kube/errors.ts";
import { Informer } from "@kyma/kube/informer.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import type { KubeObject, ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { configMaps, events } from "@kyma/kube/resource-types.ts";
import { startControlPlane, type TestControlPlane } from "@kyma/local-cluster/testing/control-plane.ts";
import { compactEtcd } from "@kyma/local-cluster/testing/etcd-client.ts";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "../graphql/context.ts";
import { objectsMessages } from "../resources/live-messages.ts";
import { LiveSets } from "../resources/live-sets.ts";
import { objectUpstream } from "../resources/object-upstream.ts";
import { KubeProxy } from "../testing/kube-proxy.ts";
import { createNamespace } from "../testing/test-console.ts";
import { callerOf } from "../testing/window-reader.ts";
import { Tables } from "./tables.ts";
import { WantedView } from "./wanted-view.ts";
import { windowMessages } from "./window-messages.ts";

// R8 on a real etcd: a control plane of its own, as what is compacted is gone for everybody.
let controlPlane: TestControlPlane;
beforeAll(async () => {
  controlPlane = await startControlPlane();
}, 120_000);
afterAll(() => controlPlane?.stop());

let proxy: KubeProxy;
let caller: Caller;
let namespace: string;
let liveSets: LiveSets;
const ends: (() => unknown)[] = [];
beforeEach(async () => {
  proxy = new KubeProxy(controlPlane.kubeconfig);
  caller = callerOf(await proxy.listen());
  namespace = await createNamespace(caller.kube);
  liveSets = new LiveSets(50);
});
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
  liveSets.close();
  proxy.close();
});

/** What somebody who follows a list holds of it: name → the label `version`. */
interface Follower {
  held: () => Record<string, string>;
  /** How often it was told to forget all and take what follows. */
  snapshots: () => number;
}

interface Labelled {
  name: string;
  labels?: Record<string, string>;
}
const versions = (objects: Iterable<Labelled>): Record<string, string> =>
  Object.fromEntries([...objects].map(({ name, labels }) => [name, labels?.["version"] ?? ""]));

/** Keeps what messages say, by key. */
function follow<M extends { snapshot: boolean }>(
  stream: AsyncIterableIterator<M>,
  read: (message: M) => { set: [string, Labelled][]; deleted: (key: string) => boolean },
): Follower {
  const held = new Map<string, Labelled>();
  let snapshots = 0;
  ends.push(() => stream.return?.());
  void (async () => {
    for await (const message of stream) {
      if (message.snapshot) {
        snapshots += 1;
        held.clear();
      }
      const { set, deleted } = read(message);
      for (const [key, object] of set) held.set(key, object);
      for (const key of held.keys()) if (deleted(key)) held.delete(key);
    }
  })();
  return { held: () => versions(held.values()), snapshots: () => snapshots };
}

function window(type: ResourceType): Follower {
  const wanted = new WantedView({});
  const scope = { type, namespaces: [namespace], labelSelector: undefined, fieldSelector: undefined };
  const tables = new Tables(liveSets, 50);
  const join = (): ReturnType<Tables["join"]> => tables.join(caller, scope, wanted.shape);
  return follow(windowMessages(join, wanted, { offset: 0, count: 100 }), ({ rows, order }) => ({
    set: (rows as (Labelled & { key: string })[]).map((row) => [row.key, row]),
    deleted: (key) => order !== null && !order.includes(key),
  }));
}

function objects(type: ResourceType): Follower {
  const join = () => liveSets.join("objects", () => objectUpstream(caller.kube, type, { namespace }));
  return follow(objectsMessages(join), ({ objects: changed, deleted }) => ({
    set: changed.map(({ metadata }) => [metadata.uid ?? "", metadata]),
    deleted: (key) => deleted.includes(key),
  }));
}

function informer(type: ResourceType): Follower {
  const stop = new AbortController();
  ends.push(() => stop.abort());
  let gone = 0;
  const copy = new Informer<KubeObject>(caller.kube, type, {
    namespace,
    onError: (error) => (gone += error instanceof GoneError ? 1 : 0),
  });
  copy.start(stop.signal);
  return { held: () => versions(copy.list().map(({ metadata }) => metadata)), snapshots: () => 1 + gone };
}

const objectOf = (type: ResourceType, name: string): UnknownObject => ({
  apiVersion: "v1",
  kind: type.kind,
  metadata: { namespace, name, labels: { version: "1" } },
  ...(type.kind === "Event" ? { involvedObject: { namespace, name } } : {}),
});

/** Asks past the proxy whether changes since this version are still known. */
async function watchFrom(type: ResourceType, resourceVersion: string): Promise<unknown> {
  const kube = new KubeClient(connect(loadKubeConfig(controlPlane.kubeconfig)));
  ends.push(() => kube.connection.close());
  const options = { namespace, resourceVersion, signal: AbortSignal.timeout(10_000) };
  return kube.watch(type, options).next();
}

async function listed(type: ResourceType): Promise<Record<string, string>> {
  const { items } = await caller.kube.list<KubeObject>(type, { namespace });
  return versions(items.map(({ metadata }) => metadata));
}
const lists = (type: ResourceType): number =>
  proxy.seen.filter(({ url }) => url.includes(`/${type.plural}?`) && !url.includes("watch=true")).length;

const followers: [string, (type: ResourceType) => Follower][] = [
  ["a window of a table", window],
  ["a live set of objects", objects],
  ["an informer", informer],
];

describe.each<[string, ResourceType, () => Promise<void>]>([
  ["etcd itself, which keeps no Events in the API server's memory", events, () => Promise.resolve()],
  ["an API server that started after it", configMaps, restartApiserver],
])("R8: after a compaction, when the 410 comes from %s,", (_where, type, afterwards) => {
  test.each(followers)("%s lists once and holds no ghost", async (_who, start) => {
    const { kube } = caller;
    await kube.create(type, objectOf(type, "ghost"));
    await kube.create(type, objectOf(type, "changed"));
    const follower = start(type);
    const before = await listed(type);
    const { resourceVersion } = await kube.list<KubeObject>(type, { namespace });
    await expect.poll(follower.held, { timeout: 10_000 }).toEqual(before);
    await expect.poll(() => proxy.openWatches).toBe(1);

    // The watch is cut, and its next one gets through only when its version is forgotten.
    const { promise: compacted, resolve: open } = Promise.withResolvers<void>();
    proxy.gate = ({ url }) => (url?.includes("watch=true") ? compacted : undefined);
    const watches = proxy.watches;
    proxy.say("");
    await expect.poll(() => proxy.watches, { timeout: 10_000 }).toBe(watches + 1);
    await kube.delete(type, { namespace, name: "ghost" });
    const labels = { version: "2" };
    await kube.patch(type, { namespace, name: "changed" }, { metadata: { labels } }, { type: "merge" });
    await kube.create(type, objectOf(type, "new"));
    await compactEtcd(controlPlane);
    await afterwards();
    await expect(watchFrom(type, resourceVersion)).rejects.toBeInstanceOf(GoneError);
    expect(follower.held()).toEqual(before);
    const known = { lists: lists(type), snapshots: follower.snapshots() };
    open();

    const expected = await listed(type);
    expect(expected).toMatchObject({ changed: "2", new: "1" });
    expect(expected).not.toHaveProperty("ghost");
    await expect.poll(follower.held, { timeout: 10_000 }).toEqual(expected);
    // It goes on from the new list.
    await kube.create(type, objectOf(type, "later"));
    await expect.poll(follower.held, { timeout: 10_000 }).toEqual({ ...expected, later: "1" });
    // One of its own, and the test's.
    expect(lists(type)).toBe(known.lists + 2);
    expect(follower.snapshots()).toBe(known.snapshots + 1);
  });
});

async function restartApiserver(): Promise<void> {
  const apiserver = controlPlane.processes["kube-apiserver"];
  await apiserver.kill();
  await apiserver.start();
  await apiserver.ready();
}
