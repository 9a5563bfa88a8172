import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { Informer } from "@kyma/kube/informer.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import type { KubeObject, UnknownObject } from "@kyma/kube/objects.ts";
import { configMaps } from "@kyma/kube/resource-types.ts";
import type { Client } from "graphql-ws";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { relayTo, type CuttableProxy } from "../testing/cuttable-proxy.ts";
import { createNamespace, startTestConsole, type TestConsole } from "../testing/test-console.ts";

let proxy: CuttableProxy;
let app: TestConsole;
let kube: KubeClient;
let namespace: string;
let browser: Client;
const stop = new AbortController();
beforeAll(async () => {
  const relay = await relayTo(inject("kubeconfig"));
  ({ proxy } = relay);
  app = await startTestConsole(relay.kubeconfig);
  kube = new KubeClient(connect(loadKubeConfig(inject("kubeconfig"))));
  namespace = await createNamespace(kube);
  browser = app.socket();
});
afterAll(async () => {
  stop.abort();
  proxy.close();
  await browser.dispose();
  await app[Symbol.asyncDispose]();
  kube.connection.close();
});

const window = `subscription($namespace: String!) {
  tableWindow(scope: {type: {version: "v1", plural: "configmaps"}, namespaces: [$namespace]}, view: {count: 100}) {
    liveness staleSince snapshot order rows { key name }
  }
}`;
const objects = `subscription($namespace: String!) {
  objectsEvents(type: {version: "v1", plural: "configmaps"}, namespace: $namespace) { liveness snapshot objects deleted }
}`;

/** What a page shows of a list: names, and whether they may be out of date. */
interface Page {
  names: Set<string>;
  liveness: string;
  staleSince?: string | null;
}
interface Message extends Pick<Page, "liveness" | "staleSince"> {
  snapshot: boolean;
  /** Of a window. */
  order?: string[] | null;
  rows?: { key: string; name: string }[];
  /** Of a set of objects. */
  objects?: UnknownObject[];
  deleted?: string[];
}

function open(query: string): Page {
  const page: Page = { names: new Set(), liveness: "" };
  const held = new Map<string, string>();
  const take = ({ snapshot, order, rows = [], objects = [], deleted = [] }: Message): void => {
    if (snapshot) held.clear();
    for (const { key, name } of rows) held.set(key, name);
    for (const { metadata } of objects) held.set(metadata.uid ?? "", metadata.name);
    for (const key of order ? [...held.keys()].filter((key) => !order.includes(key)) : deleted)
      held.delete(key);
  };
  browser.subscribe<Record<string, Message>>(
    { query, variables: { namespace } },
    {
      next: ({ data }) => {
        const [message] = Object.values(data ?? {});
        if (!message) return;
        take(message);
        const { liveness, staleSince } = message;
        Object.assign(page, { liveness, staleSince, names: new Set(held.values()) });
      },
      error: (error) => Object.assign(page, { liveness: `failed: ${JSON.stringify(error)}` }),
      complete: () => undefined,
    },
  );
  return page;
}

const create = (name: string): Promise<KubeObject> =>
  kube.create(configMaps, { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace, name } });

async function listed(): Promise<Set<string>> {
  const { items } = await kube.list<KubeObject>(configMaps, { namespace });
  return new Set(items.map(({ metadata }) => metadata.name));
}

// With the limits that production has, so it takes a minute.
test("R9: a network that swallows everything is noticed within a minute, told, and healed when it lets through again", async () => {
  const informer = new Informer<KubeObject>(
    new KubeClient(connect(loadKubeConfig(inject("kubeconfig")))),
    configMaps,
    { namespace },
  );
  informer.start(stop.signal);
  const pages = [open(window), open(objects)];
  const shown = (): unknown[] => [
    ...pages.map(({ names }) => names),
    new Set(informer.list().map(({ metadata }) => metadata.name)),
  ];
  await create("ghost");
  await expect.poll(shown, { timeout: 20_000 }).toEqual(Array(3).fill(await listed()));

  proxy.freeze();
  const frozenAt = Date.now();
  await kube.delete(configMaps, { namespace, name: "ghost" });
  await create("meanwhile");
  await expect
    .poll(() => pages.map(({ liveness }) => liveness), { timeout: 60_000, interval: 250 })
    .toEqual(["RECONNECTING", "RECONNECTING"]);
  // Since about the last word of the API server, not since that was noticed.
  const staleSince = Date.parse(pages[0]?.staleSince ?? "");
  expect(staleSince - frozenAt).toBeLessThan(Date.now() - staleSince);
  expect([...(pages[0]?.names ?? [])]).toContain("ghost");

  proxy.thaw();
  const now = await listed();
  expect(now).not.toContain("ghost");
  await expect.poll(shown, { timeout: 60_000 }).toEqual(Array(3).fill(now));
  await expect
    .poll(() => pages.map(({ liveness }) => liveness), { timeout: 60_000 })
    .toEqual(["LIVE", "LIVE"]);
  expect(pages[0]?.staleSince).toBeNull();
}, 150_000);
