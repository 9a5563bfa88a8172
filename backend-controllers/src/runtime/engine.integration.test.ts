import { randomUUID } from "node:crypto";
import { KubeClient } from "@kyma/kube/client.ts";
import { Connection, type KubeRequest, type KubeResponse } from "@kyma/kube/connection.ts";
import { UnavailableError } from "@kyma/kube/errors.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { type KubeObject, keyOf } from "@kyma/kube/objects.ts";
import { configMaps, leases } from "@kyma/kube/resource-types.ts";
import { pino } from "pino";
import { Registry } from "prom-client";
import { expect, inject, test } from "vitest";
import { adminClient, createNamespace, eventually, find } from "../testing/cluster.ts";
import { startAdminServer } from "./admin-server.ts";
import { applyIfChanged } from "./apply.ts";
import { LeadershipLostError } from "./errors.ts";
import { addFinalizer, hasFinalizer, removeFinalizer } from "./finalizers.ts";
import { LeaderElector } from "./leader-election.ts";
import { Manager } from "./manager.ts";
import { EngineMetrics } from "./metrics.ts";
import { ownedBy } from "./owner-references.ts";
import { forEach, owns } from "./sources.ts";

interface ConfigMap extends KubeObject {
  data?: Record<string, string>;
}

const kubeconfig = inject("kubeconfig");
const admin = adminClient(kubeconfig);
const silent = pino({ level: "silent" });

/** A connection that can be cut. */
class FragileConnection extends Connection {
  cut = false;
  override send(path: string, request: KubeRequest = {}): Promise<KubeResponse> {
    if (this.cut) return Promise.reject(new UnavailableError(0, { message: "cut" }));
    return super.send(path, request);
  }
}

/** A process in small: it notes in each ConfigMap labelled for it who looked at it last. */
function startParticipant(namespace: string, identity: string) {
  const connection = new FragileConnection(loadKubeConfig(kubeconfig));
  const client = new KubeClient(connection);
  const lease = { namespace, name: "leader" };
  const elector = new LeaderElector({
    client,
    lease,
    identity,
    log: silent,
    leaseMs: 2000,
    renewWithinMs: 1200,
    retryMs: 200,
  });
  const registry = new Registry();
  const manager = new Manager({ client, log: silent, metrics: new EngineMetrics(registry), elector });
  const cache = manager.cache<ConfigMap>(configMaps, { namespace, labelSelector: "test=election" });
  manager.add({
    name: `note-${identity}`,
    sources: [forEach(cache, (next, previous) => next?.data?.["ask"] !== previous?.data?.["ask"])],
    async reconcile(key, { signal }) {
      const ask = cache.get(key)?.data?.["ask"];
      await client.patch(
        configMaps,
        key,
        { data: { [`answer-${ask}`]: identity } },
        { type: "merge", signal },
      );
    },
    allKeys: () => cache.list().map(keyOf),
  });
  const stop = new AbortController();
  const ended = manager.run(stop.signal);
  ended.catch(() => undefined);
  return { connection, manager, registry, ended, stop };
}

test("one leads, a stand-by takes over, and who is cut off rests until it is back", async () => {
  const namespace = await createNamespace(admin, "election");
  const question = { namespace, name: "question" };
  const labels = { test: "election" };
  await admin.create(configMaps, { apiVersion: "v1", kind: "ConfigMap", metadata: { ...question, labels } });
  const ask = (text: string) => admin.patch(configMaps, question, { data: { ask: text } }, { type: "merge" });
  const answer = (text: string) =>
    eventually(
      async () => (await admin.get<ConfigMap>(configMaps, question)).data?.[`answer-${text}`],
      `answer ${text}`,
    );

  const first = startParticipant(namespace, "first");
  await ask("1");
  expect(await answer("1")).toBe("first");
  const second = startParticipant(namespace, "second");
  await eventually(
    () => (second.manager.unreadyReason === undefined ? true : undefined),
    "the stand-by is ready",
  );
  await ask("2");
  expect(await answer("2")).toBe("first");

  // In order: the lease is given back, so the other need not wait for it to expire.
  first.stop.abort();
  await first.ended;
  await ask("3");
  expect(await answer("3")).toBe("second");

  // Cut off with nobody else about: work rests, nobody gives up, and goes on afterwards.
  second.connection.cut = true;
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(
    (await second.registry.getSingleMetric("leader_election_master_status")?.get())?.values[0]?.value,
  ).toBe(0);
  second.connection.cut = false;
  await ask("4");
  expect(await answer("4")).toBe("second");

  // Another took the lease meanwhile: this process must end.
  const spec = { holderIdentity: randomUUID(), leaseDurationSeconds: 60 };
  await admin.patch(leases, { namespace, name: "leader" }, { spec }, { type: "merge" });
  await expect(second.ended).rejects.toThrow(LeadershipLostError);
});

test("an API server that never lists ends the start with a sentence, and the log says why", async () => {
  const lines: { resource?: string; err?: { message: string } }[] = [];
  const log = pino({ level: "warn" }, { write: (line) => void lines.push(JSON.parse(line) as object) });
  const connection = new FragileConnection(loadKubeConfig(kubeconfig));
  connection.cut = true;
  const manager = new Manager({
    client: new KubeClient(connection),
    log,
    metrics: new EngineMetrics(new Registry()),
    syncTimeoutMs: 300,
  });
  manager.cache(configMaps);
  await expect(manager.run(new AbortController().signal)).rejects.toThrow(
    /Could not list configmaps within 0.3 s/,
  );
  expect(lines).toContainEqual(expect.objectContaining({ resource: "configmaps" }));
  expect(lines[0]?.err?.message).toContain("cut");
});

test("an owner's children follow it, and a finalizer holds a deletion back", async () => {
  const namespace = await createNamespace(admin, "owner");
  const manager = new Manager({ client: admin, log: silent, metrics: new EngineMetrics(new Registry()) });
  const cache = manager.cache<ConfigMap>(configMaps, { namespace });
  const finalizer = "test.example/hold";
  let cleanedUp = 0;
  const isParent = (name: string) => name.startsWith("parent");
  manager.add({
    name: "family",
    sources: [forEach(cache), owns(cache, configMaps)],
    async reconcile(key, { signal }) {
      const parent = cache.get(key);
      if (parent === undefined || !isParent(key.name)) return;
      if (parent.metadata.deletionTimestamp !== undefined) {
        cleanedUp++;
        if (hasFinalizer(parent, finalizer)) await removeFinalizer(admin, configMaps, parent, finalizer);
        return;
      }
      if (!hasFinalizer(parent, finalizer)) {
        await addFinalizer(admin, configMaps, parent, finalizer);
        return;
      }
      const name = `child-of-${key.name}`;
      const metadata = { name, namespace, ownerReferences: [ownedBy(parent)] };
      const desired = {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata,
        data: { copy: parent.data?.["value"] ?? "" },
      };
      await applyIfChanged(
        { client: admin, manager: "family", signal },
        configMaps,
        desired,
        cache.get({ namespace, name }),
      );
    },
    allKeys: () => cache.list().map(keyOf),
  });
  const stop = new AbortController();
  const ended = manager.run(stop.signal);
  try {
    const parent = { namespace, name: "parent" };
    const child = { namespace, name: "child-of-parent" };
    const metadata = { ...parent };
    await admin.create(configMaps, {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata,
      data: { value: "1" },
    } as KubeObject);
    const copied = (value: string) =>
      eventually(
        async () =>
          (await find<ConfigMap>(admin, configMaps, child))?.data?.["copy"] === value ? true : undefined,
        `copy ${value}`,
      );
    await copied("1");
    await admin.patch(configMaps, child, { data: { copy: "drifted" } }, { type: "merge" });
    await copied("1");
    await admin.delete(configMaps, child);
    await copied("1");
    await admin.delete(configMaps, parent);
    await eventually(
      async () => ((await find(admin, configMaps, parent)) ? undefined : true),
      "the parent is gone",
    );
    expect(cleanedUp).toBeGreaterThan(0);
  } finally {
    stop.abort();
    await ended;
  }
});

test("the admin server tells health, readiness and metrics, on loopback only", async () => {
  const registry = new Registry();
  const metrics = new EngineMetrics(registry);
  metrics.leading("controllers", true);
  let reason: string | undefined = "caches are not synced yet";
  const server = await startAdminServer({ port: 0, registry, unreadyReason: () => reason });
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
    return [response.status, await response.text()];
  };
  expect(await get("/healthz")).toEqual([200, "ok\n"]);
  expect(await get("/readyz")).toEqual([503, "caches are not synced yet\n"]);
  reason = undefined;
  expect(await get("/readyz")).toEqual([200, "ok\n"]);
  expect(await get("/metrics")).toEqual([
    200,
    expect.stringContaining('leader_election_master_status{name="controllers"} 1'),
  ]);
  expect((await get("/other"))[0]).toBe(404);
  await expect(
    startAdminServer({ port: server.port, registry, unreadyReason: () => reason }),
  ).rejects.toThrow(/EADDRINUSE/);
  await server.close();
});
