import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { GoneError } from "@kyma/kube/errors.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import type { KubeObject, ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { configMaps, events } from "@kyma/kube/resource-types.ts";
import { startControlPlane, type TestControlPlane } from "@kyma/local-cluster/testing/control-plane.ts";
import { compactEtcd } from "@kyma/local-cluster/testing/etcd-client.ts";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "../graphql/context.ts";
import { followers, versionsOf } from "../testing/followers.ts";
import { KubeProxy } from "../testing/kube-proxy.ts";
import { createSettledNamespace } from "../testing/test-console.ts";
import { callerOf } from "../testing/window-reader.ts";

// R8 on a real etcd: a control plane of its own, as what is compacted is gone for everybody.
let controlPlane: TestControlPlane;
beforeAll(async () => {
  controlPlane = await startControlPlane();
}, 120_000);
afterAll(() => controlPlane?.stop());

let proxy: KubeProxy;
let caller: Caller;
let namespace: string;
const ends: (() => unknown)[] = [];
beforeEach(async () => {
  proxy = new KubeProxy(controlPlane.kubeconfig);
  caller = callerOf(await proxy.listen());
  namespace = await createSettledNamespace(caller.kube);
});
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
  proxy.close();
});

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
  return versionsOf(items.map(({ metadata }) => metadata));
}
const lists = (type: ResourceType): number =>
  proxy.seen.filter(({ url }) => url.includes(`/${type.plural}?`) && !url.includes("watch=true")).length;

describe.each<[string, ResourceType, () => Promise<void>]>([
  ["etcd itself, which keeps no Events in the API server's memory", events, () => Promise.resolve()],
  ["an API server that started after it", configMaps, restartApiserver],
])("R8: after a compaction, when the 410 comes from %s,", (_where, type, afterwards) => {
  test.each(followers)("%s lists once and holds no ghost", async (_who, follow) => {
    const { kube } = caller;
    await kube.create(type, objectOf(type, "ghost"));
    await kube.create(type, objectOf(type, "changed"));
    const follower = follow(caller, type, namespace);
    ends.push(follower.stop);
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
