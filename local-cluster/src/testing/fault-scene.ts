import { KubeClient } from "@kyma/kube/client.ts";
import { Informer } from "@kyma/kube/informer.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { configMaps, namespaces } from "@kyma/kube/resource-types.ts";
import { expect, onTestFinished, vi } from "vitest";
import { CountingConnection } from "./client.ts";
import { startControlPlane, type TestControlPlane } from "./control-plane.ts";
import { WriteLoad } from "./write-load.ts";

const namespace = "faults";

/** A control plane of its own under writes, watched by an informer. */
export interface FaultScene {
  controlPlane: TestControlPlane;
  load: WriteLoad;
  informer: Informer<KubeObject>;
  /** What the informer has sent. */
  watching: CountingConnection;
  /** Stops the writes; then everything acknowledged must be stored, and the informer must hold just what is stored. */
  expectNothingLost: () => Promise<void>;
}

/** Sets the scene; its end is bound to the running test's. etcd syncs to disk, as it does outside tests. */
export async function setScene(): Promise<FaultScene> {
  const controlPlane = await startControlPlane({ unsafeNoFsync: false });
  onTestFinished(() => controlPlane.stop());
  const writing = new CountingConnection(controlPlane.kubeconfig);
  const watching = new CountingConnection(controlPlane.kubeconfig);
  const client = new KubeClient(writing);
  await client.create(namespaces, { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  const ended = new AbortController();
  const informer = new Informer<KubeObject>(new KubeClient(watching), configMaps, { namespace });
  informer.start(ended.signal);
  const load = new WriteLoad(client, namespace);
  onTestFinished(async () => {
    ended.abort();
    await load.stop();
    writing.close();
    watching.close();
  });
  await informer.synced;
  load.start();
  await load.more(50, 30_000);
  const expectNothingLost = async (): Promise<void> => {
    await load.stop();
    const { items } = await client.list(configMaps, { namespace });
    const stored = new Set(items.map(({ metadata }) => metadata.name));
    expect([...load.acknowledged].filter((name) => !stored.has(name))).toEqual([]);
    await vi.waitFor(() => {
      const held = informer.list(namespace).map(({ metadata }) => metadata.name);
      expect(held.sort()).toEqual([...stored].sort());
    }, 15_000);
  };
  return { controlPlane, load, informer, watching, expectNothingLost };
}
