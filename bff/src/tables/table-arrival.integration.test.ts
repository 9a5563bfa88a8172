import type { KubeObject } from "@kyma/kube/objects.ts";
import { configMaps } from "@kyma/kube/resource-types.ts";
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from "vitest";
import type { Caller } from "../graphql/context.ts";
import { LiveSets } from "../resources/live-sets.ts";
import { KubeProxy } from "../testing/kube-proxy.ts";
import { createNamespace } from "../testing/test-console.ts";
import { callerOf, WindowState } from "../testing/window-reader.ts";
import { Tables } from "./tables.ts";
import { WantedView, type ViewInput } from "./wanted-view.ts";
import { windowMessages } from "./window-messages.ts";
import type { WindowInput } from "./window-place.ts";

/** More than one page of 500, and names whose order by number is another one than the API server's. */
const names = Array.from({ length: 620 }, (_, index) => `item-${index}`);
const byNumber = ["kube-root-ca.crt", ...names].toSorted((a, b) =>
  a.localeCompare(b, "en", { numeric: true }),
);

let proxy: KubeProxy;
let admin: Caller;
let namespace: string;
let liveSets: LiveSets;
let tables: Tables;
const opened: WindowState[] = [];

beforeAll(async () => {
  proxy = new KubeProxy(inject("kubeconfig"));
  admin = callerOf(await proxy.listen());
  namespace = await createNamespace(admin.kube);
  for (let from = 0; from < names.length; from += 31)
    await Promise.all(names.slice(from, from + 31).map(create));
  await vi.waitUntil(async () => (await listed()).length === byNumber.length, { timeout: 10_000 });
}, 60_000);
afterEach(async () => {
  await Promise.all(opened.splice(0).map((state) => state.leave()));
  liveSets.close();
  proxy.gate = () => undefined;
  proxy.fault = () => undefined;
});
afterAll(() => proxy.close());

function create(name: string): Promise<KubeObject> {
  return admin.kube.create(configMaps, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { namespace, name },
  });
}

async function listed(): Promise<string[]> {
  return (await admin.kube.list<KubeObject>(configMaps, { namespace })).items.map(
    ({ metadata }) => metadata.name,
  );
}

/** Begins with nothing that was read before. */
function start(): void {
  liveSets = new LiveSets(50);
  tables = new Tables(liveSets, 50);
  proxy.seen.length = 0;
}

function open(view: ViewInput & Partial<WindowInput> = {}, labelSelector?: string): WindowState {
  const wanted = new WantedView(view);
  const scope = { type: configMaps, namespaces: [namespace], labelSelector, fieldSelector: undefined };
  const state = new WindowState(
    windowMessages(() => tables.join(admin, scope, wanted.shape), wanted, { offset: 0, count: 100, ...view }),
  );
  opened.push(state);
  return state;
}

const isLaterPage = (url = ""): boolean => url.includes("/configmaps?") && url.includes("continue=");
const answeredPages = (): number => proxy.seen.filter(({ url }) => isLaterPage(url)).length;

/** Keeps the second page back until it is called. */
function holdSecondPage(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  proxy.gate = ({ url }) => (isLaterPage(url) ? promise : undefined);
  return resolve;
}

test("the first rows are told, and counted with all others, before the second page is answered", async () => {
  start();
  const release = holdSecondPage();
  const plain = open();
  await expect.poll(() => plain.names).toHaveLength(100);
  expect(plain).toMatchObject({ liveness: "LIVE", total: 621, unfiltered: 621, arriving: 121 });
  const late = open({ count: 500 });
  await expect.poll(() => late.names).toHaveLength(500);

  release();
  await expect.poll(() => plain.arriving).toBe(0);
  expect(plain.names).toEqual(byNumber.slice(0, 100));
  expect(late.names).toEqual(byNumber.slice(0, 500));
  expect(plain).toMatchObject({ total: 621, unfiltered: 621 });
  expect([proxy.lists, answeredPages()]).toEqual([2, 1]);

  await create("a-new-one");
  await expect.poll(() => plain.names.slice(0, 2)).toEqual(["a-new-one", "item-0"]);
  await admin.kube.delete(configMaps, { namespace, name: "a-new-one" });
  await expect.poll(() => plain.names).toEqual(byNumber.slice(0, 100));
  expect(plain.total).toBe(621);
});

test.each<[string, ViewInput & Partial<WindowInput>]>([
  ["sorted", { sort: [{ column: "name", descending: true }] }],
  ["filtered", { text: "item-61" }],
  ["scrolled", { offset: 300 }],
])("a %s window tells how much was read, and shows rows when all are there", async (_, view) => {
  start();
  const release = holdSecondPage();
  const state = open(view);
  await expect.poll(() => state.arriving).toBe(121);
  expect(state).toMatchObject({ names: [], liveness: "LIVE", unfiltered: 621 });
  release();
  await expect.poll(() => state.arriving).toBe(0);
  const expected = {
    sorted: byNumber.toReversed().slice(0, 100),
    filtered: byNumber.filter((name) => name.includes("item-61")),
    scrolled: byNumber.slice(300, 400),
  };
  expect(state.names).toEqual(expected[_ as keyof typeof expected]);
});

test("a window whose rows the API server does not count waits without a word", async () => {
  start();
  const release = holdSecondPage();
  const state = open({}, "!nowhere");
  await expect.poll(answeredPages).toBe(1);
  expect(state.messages).toBe(0);
  release();
  await expect.poll(() => state.total).toBe(621);
  expect(state.names).toEqual(byNumber.slice(0, 100));
});

test("a list that breaks half-way says so, keeps its first rows, and heals without ghosts", async () => {
  await create("a-ghost");
  start();
  let broken = true;
  proxy.fault = ({ url }) => (broken && isLaterPage(url) ? { status: 410 } : undefined);
  const state = open();
  await expect.poll(() => state.names).toHaveLength(100);
  expect(state.names).toContain("a-ghost");
  await expect.poll(() => state.liveness).toBe("RECONNECTING");
  expect(state).toMatchObject({ total: 622, arriving: 122 });
  await admin.kube.delete(configMaps, { namespace, name: "a-ghost" });
  broken = false;
  await expect.poll(() => state.arriving, { timeout: 10_000 }).toBe(0);
  expect(state).toMatchObject({ names: byNumber.slice(0, 100), total: 621, unfiltered: 621 });
  await expect.poll(() => state.liveness).toBe("LIVE");
});
