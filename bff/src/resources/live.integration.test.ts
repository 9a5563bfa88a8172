import { ForbiddenError } from "@kyma/kube/errors.ts";
import { connect } from "@kyma/kube/connection.ts";
import { KubeClient } from "@kyma/kube/client.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { configMaps, secrets } from "@kyma/kube/resource-types.ts";
import { setTimeout as delay } from "node:timers/promises";
import { pino } from "pino";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import {
  createNamespace,
  kubeconfigAs,
  readUntil,
  startTestConsole,
  type TestConsole,
} from "../testing/test-console.ts";
import { Kinds } from "./kinds.ts";
import { liveResolvers } from "./live-resolvers.ts";
import { LiveSets } from "./live-sets.ts";

let app: TestConsole;
let namespace: string;
beforeAll(async () => {
  app = await startTestConsole(inject("kubeconfig"));
  namespace = await createNamespace(app.kube);
});
afterAll(() => app[Symbol.asyncDispose]());

interface Message {
  liveness: string;
  snapshot: boolean;
  objects: UnknownObject[];
  deleted: string[];
}
const objects = `subscription($namespace: String, $plural: String!, $labelSelector: String) {
  objectsEvents(type: {version: "v1", plural: $plural}, namespace: $namespace, labelSelector: $labelSelector) {
    liveness snapshot objects deleted
  }
}`;
const configMap = (name: string, labels: Record<string, string> = {}): UnknownObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { namespace, name, labels },
});

test("a set starts with a snapshot, also when it is empty, and then tells of changes only", async () => {
  const labelSelector = "test=set";
  const client = app.socket();
  const labels = { test: "set" };
  const steps = [
    () => app.kube.create(configMaps, configMap("one", labels)),
    () => app.kube.patch(configMaps, { namespace, name: "one" }, { data: { a: "1" } }, { type: "merge" }),
    () => app.kube.delete(configMaps, { namespace, name: "one" }),
  ];
  const messages = await readUntil<Message>(
    client,
    objects,
    { namespace, plural: "configmaps", labelSelector },
    ({ deleted }) => {
      void steps.shift()?.();
      return deleted.length > 0;
    },
  );
  const [first, added, changed, removed] = messages;
  expect(first).toMatchObject({ liveness: "LIVE", snapshot: true, objects: [] });
  expect(added).toMatchObject({ snapshot: false, objects: [{ metadata: { name: "one", labels } }] });
  expect(changed).toMatchObject({ snapshot: false, objects: [{ data: { a: "1" } }] });
  expect(removed).toMatchObject({ objects: [], deleted: [added?.objects[0]?.metadata.uid] });
  await client.dispose();
});

const watches = async (): Promise<number> =>
  Number(
    /^kyma_bff_upstream_watches (\d+)/m.exec(
      (await app.request("/metrics", { headers: { cookie: app.cookie } })).body,
    )?.[1],
  );

test("viewers of one set share one upstream watch, and leaving ends it", async () => {
  const before = await watches();
  const clients = Array.from({ length: 5 }, () => app.socket());
  const labelSelector = "test=shared";
  const open = clients.map((client) =>
    client.iterate({ query: objects, variables: { namespace, plural: "configmaps", labelSelector } }),
  );
  await Promise.all(open.map((iterator) => iterator.next()));
  expect(await watches()).toBe(before + 1);
  for (const iterator of open) await iterator.return?.();
  await expect.poll(watches, { timeout: 15_000, interval: 500 }).toBeLessThanOrEqual(before);
  for (const client of clients) await client.dispose();
});

test("one object is followed through its life, a Secret's values masked", async () => {
  const query = `subscription($namespace: String!) {
    objectEvents(ref: {type: {version: "v1", plural: "secrets"}, namespace: $namespace, name: "followed"}) { liveness object }
  }`;
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { namespace, name: "followed" },
    stringData: { a: "hidden" },
  };
  const client = app.socket();
  let seen = 0;
  const messages = await readUntil<{ object: UnknownObject | null }>(
    client,
    query,
    { namespace },
    ({ object }) => {
      if (seen++ === 0) void app.kube.create(secrets, secret);
      else if (object) void app.kube.delete(secrets, { namespace, name: "followed" });
      return seen > 1 && object === null;
    },
  );
  expect(messages.map(({ object }) => object?.["data"] ?? null)).toEqual([null, { a: "••••" }, null]);
  await client.dispose();
});

test("A24: a person without the right sees nothing of a set that somebody else holds open", async () => {
  const sets = new LiveSets();
  const { objectsEvents: field } = liveResolvers(new Kinds(), sets);
  const open = async (kubeconfig: string): Promise<AsyncIterator<Message>> => {
    const access = loadKubeConfig(kubeconfig);
    const identity = access.impersonate?.user ?? "admin";
    const caller = { kube: new KubeClient(connect(access)), identity };
    const context = {
      caller,
      transport: "websocket",
      signal: AbortSignal.timeout(60_000),
      log: pino({ level: "silent" }),
    };
    const args = { type: { group: "", version: "v1", plural: "secrets" }, namespace };
    const subscribe = field?.subscribe as (...args: unknown[]) => Promise<AsyncIterable<Message>>;
    return (await subscribe(undefined, args, context))[Symbol.asyncIterator]();
  };
  const admin = await open(inject("kubeconfig"));
  expect((await admin.next()).value).toMatchObject({ snapshot: true });
  const nobody = await open(await kubeconfigAs(inject("kubeconfig"), "nobody"));
  await expect(nobody.next()).rejects.toBeInstanceOf(ForbiddenError);
  await admin.return?.();
  sets.close();
});

test("a subscription that the API server refuses ends with its code", async () => {
  const client = app.socket();
  const failure = readUntil(client, objects, { plural: "nothings", namespace }, () => true);
  await expect(failure).rejects.toMatchObject({ extensions: { code: "NOT_FOUND" } });
  const selector = readUntil(
    client,
    objects,
    { plural: "pods", namespace, labelSelector: "a b" },
    () => true,
  );
  await expect(selector).rejects.toMatchObject({ extensions: { code: "BAD_INPUT" } });
  await client.dispose();
});

test("a burst of changes reaches a reader as few messages that end in the last state", async () => {
  const client = app.socket();
  const labelSelector = "test=burst";
  const labels = { test: "burst" };
  await app.kube.create(configMaps, configMap("busy", labels));
  const patchAll = async (): Promise<void> => {
    for (let count = 1; count <= 40; count++) {
      await app.kube.patch(
        configMaps,
        { namespace, name: "busy" },
        { data: { [`k${count}`]: "x" } },
        { type: "merge" },
      );
    }
  };
  let patching: Promise<void> | undefined;
  const messages = await readUntil<Message>(
    client,
    objects,
    { namespace, plural: "configmaps", labelSelector },
    ({ objects: [busy] }) => {
      patching ??= patchAll();
      return Object.keys(busy?.["data"] ?? {}).length === 40;
    },
  );
  await patching;
  expect(messages.length).toBeLessThan(30);
  await delay(0);
  await client.dispose();
});
