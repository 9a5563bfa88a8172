import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { configMaps } from "@kyma/kube/resource-types.ts";
import { createClient, type Client } from "graphql-ws";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { WebSocket } from "ws";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { KubeProxy } from "../testing/kube-proxy.ts";
import { startProgram } from "../testing/processes.ts";
import { createNamespace, signIn } from "../testing/test-console.ts";

const browsers = 10;
const viewsOfEach = 100;
const objects = 20;
/** By hand: KYMA_KILLS=20 and `--reporter verbose`, which shows the figures. */
const kills = Number(process.env["KYMA_KILLS"] ?? 3);
const window = `subscription($namespace: String!, $sort: [TableSort!]) {
  tableWindow(scope: {type: {version: "v1", plural: "configmaps"}, namespaces: [$namespace], labelSelector: "r1"}, view: {sort: $sort, count: 100}) {
    snapshot order rows { key name labels } total
  }
}`;

interface Message {
  snapshot: boolean;
  order: string[] | null;
  rows: { key: string; name: string; labels: Record<string, string> }[];
}

/** What one view of one browser shows: of each object the number of its last change. */
class View {
  #rows = new Map<string, Message["rows"][number]>();
  readonly #errors: string[] = [];
  snapshots = 0;

  take({ snapshot, order, rows }: Message): void {
    if (snapshot) this.snapshots += 1;
    if (snapshot) this.#rows.clear();
    for (const row of rows) this.#rows.set(row.key, row);
    if (order) this.#rows = new Map([...this.#rows].filter(([key]) => order.includes(key)));
  }

  note(error: string): void {
    this.#errors.push(error);
  }

  /** What it was told besides that the API server cannot be had just now. */
  get unexpected(): string[] {
    return this.#errors.filter((error) => error !== "UNAVAILABLE");
  }

  get numbers(): Record<string, number> {
    return Object.fromEntries(
      [...this.#rows.values()].map(({ name, labels }) => [name, Number(labels["r1"])]),
    );
  }
}

let proxy: KubeProxy;
let directory: string;
let port: number;
let child: ChildProcess;
let closing = false;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "kyma-r1-"));
  proxy = new KubeProxy(inject("kubeconfig"));
  const { server } = await proxy.listen();
  const kubeconfig = `apiVersion: v1
kind: Config
clusters: [{name: test, cluster: {server: "${server}"}}]
users: [{name: test, user: {}}]
contexts: [{name: test, context: {cluster: test, user: test}}]
current-context: test
`;
  await writeFile(join(directory, "kubeconfig"), kubeconfig, { mode: 0o600 });
  port = await freePort();
});
afterAll(async () => {
  child.kill("SIGKILL");
  proxy.close();
  await rm(directory, { recursive: true, force: true });
});

test("R1: the console is killed again and again; a thousand live views of ten browsers are right again by themselves", async (context) => {
  const kube = new KubeClient(connect(loadKubeConfig(inject("kubeconfig"))));
  const namespace = await createNamespace(kube);
  const names = Array.from({ length: objects }, (_, index) => `object-${index}`);
  for (const name of names) {
    const metadata = { namespace, name, labels: { r1: "0" } };
    await kube.create<KubeObject>(configMaps, { apiVersion: "v1", kind: "ConfigMap", metadata });
  }
  await startConsole();
  const cookie = await signIn(join(directory, "console-url"));
  const sockets = Array.from({ length: browsers }, () => browser(cookie));
  const views = sockets.flatMap((client) =>
    Array.from({ length: viewsOfEach }, (_, n) => open(client, namespace, n)),
  );

  let written = Object.fromEntries(names.map((name) => [name, 0]));
  const stop = new AbortController();
  const writer = (async () => {
    for (let change = 1; !stop.signal.aborted; change += 1) {
      const name = names[change % objects] ?? "";
      const patch = { metadata: { labels: { r1: String(change) } } };
      await kube.patch(configMaps, { namespace, name }, patch, { type: "merge" });
      written = { ...written, [name]: change };
      await delay(50);
    }
  })();
  const lists = (): number =>
    proxy.seen.filter(({ url }) => url.includes(`${namespace}/configmaps?`) && !url.includes("watch=true"))
      .length;
  const discoveries = (): number => proxy.seen.filter(({ url }) => url === "/apis").length;
  await untilAllHave(views, { ...written });
  for (let kill = 0; kill < kills; kill += 1) {
    const before = { lists: lists(), discoveries: discoveries() };
    for (const view of views) view.snapshots = 0;
    child.kill("SIGKILL");
    await once(child, "exit");
    const killed = performance.now();
    await startConsole();
    const started = performance.now();
    await untilAllHave(views, { ...written });
    const healed = performance.now();
    await context.annotate(
      `kill ${kill + 1}: started in ${seconds(started - killed)}, all views right ${seconds(healed - started)} later, lists: ${lists() - before.lists}`,
    );
    expect([lists() - before.lists, discoveries() - before.discoveries]).toEqual([1, 1]);
  }
  stop.abort();
  await writer;
  const { items } = await kube.list<KubeObject>(configMaps, { namespace, labelSelector: "r1" });
  const stored = Object.fromEntries(
    items.map(({ metadata }) => [metadata.name, Number(metadata.labels?.["r1"])]),
  );
  expect(stored).toEqual(written);
  const isRight = ({ numbers }: View): boolean => isDeepStrictEqual(numbers, stored);
  await expect.poll(() => views.filter((view) => !isRight(view)).length, { timeout: 20_000 }).toBe(0);
  expect(views.flatMap(({ unexpected }) => unexpected)).toEqual([]);
  closing = true;
  for (const client of sockets) await client.dispose();
  kube.connection.close();
}, 600_000);

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Every view was told all anew, and shows each object at least as new as `least` says. */
async function untilAllHave(views: View[], least: Record<string, number>): Promise<void> {
  const wanted = Object.entries(least);
  const isThere = ({ numbers, snapshots }: View): boolean =>
    snapshots > 0 && wanted.every(([name, number]) => (numbers[name] ?? -1) >= number);
  await expect
    .poll(() => views.filter((view) => !isThere(view)).length, { timeout: 60_000, interval: 100 })
    .toBe(0);
}

async function startConsole(): Promise<void> {
  const files = ["kubeconfig", "sign-in-file", "session-file"].flatMap((option) => {
    const name = { "sign-in-file": "console-url", "session-file": "sessions.json" }[option] ?? option;
    return [`--${option}`, join(directory, name)];
  });
  const started = await startProgram("bff/src/app/main.ts", [...files, "--port", String(port)], {
    until: /the console is served/,
  });
  ({ child } = started);
}

/** A tab: one socket, opened again by itself after a pause that differs from tab to tab. */
function browser(cookie: string): Client {
  const origin = `http://127.0.0.1:${port}`;
  class BrowserSocket extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, { headers: { cookie, origin } });
    }
  }
  return createClient({
    url: `ws://127.0.0.1:${port}/graphql`,
    webSocketImpl: BrowserSocket,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: () => delay(100 + Math.random() * 400),
    onNonLazyError: () => undefined,
  });
}

/** As the page does it, a view that ended for want of something is opened again. */
function open(client: Client, namespace: string, number: number): View {
  const view = new View();
  const sort = [{ column: number % 2 ? "name" : "age", descending: number % 3 === 0 }];
  const subscribe = (): void => {
    client.subscribe<{ tableWindow: Message }>(
      { query: window, variables: { namespace, sort } },
      {
        next: ({ data, errors }) => {
          if (data) view.take(data.tableWindow);
          for (const { extensions } of errors ?? []) view.note(String(extensions?.["code"]));
        },
        error: (error) => view.note(JSON.stringify(error)),
        complete: () => {
          if (!closing) setTimeout(subscribe, 500);
        },
      },
    );
  };
  subscribe();
  return view;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}
