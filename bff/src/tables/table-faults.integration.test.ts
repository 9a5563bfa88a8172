import { ForbiddenError } from "@kyma/kube/errors.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { configMaps, roleBindings, roles } from "@kyma/kube/resource-types.ts";
import { pino } from "pino";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import type { Caller, GraphqlContext } from "../graphql/context.ts";
import { Kinds } from "../resources/kinds.ts";
import { LiveSets } from "../resources/live-sets.ts";
import { createNamespace, createSettledNamespace } from "../testing/test-console.ts";
import { KubeProxy } from "../testing/kube-proxy.ts";
import { callerOf, WindowState } from "../testing/window-reader.ts";
import { bulk, type BulkResult } from "./bulk.ts";
import { Tables } from "./tables.ts";
import { WantedView, type ViewInput } from "./wanted-view.ts";
import { windowMessages } from "./window-messages.ts";

let proxy: KubeProxy;
let admin: Caller;
let namespace: string;
let liveSets: LiveSets;
let tables: Tables;
const opened: WindowState[] = [];

beforeEach(async () => {
  proxy = new KubeProxy(inject("kubeconfig"));
  admin = callerOf(await proxy.listen());
  namespace = await createSettledNamespace(admin.kube);
  liveSets = new LiveSets(50);
  tables = new Tables(liveSets, 50);
  proxy.seen.length = 0;
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((state) => state.leave()));
  liveSets.close();
  proxy.close();
});

function open(caller: Caller, view: ViewInput = {}, namespaces: string[] = [namespace]): WindowState {
  const wanted = new WantedView(view);
  const scope = { type: configMaps, namespaces, labelSelector: undefined, fieldSelector: undefined };
  const state = new WindowState(
    windowMessages(() => tables.join(caller, scope, wanted.shape), wanted, { offset: 0, count: 100 }),
  );
  opened.push(state);
  return state;
}

const create = (name: string, data: Record<string, string> = {}, space = namespace): Promise<KubeObject> => {
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace: space, name }, data };
  return admin.kube.create(configMaps, object);
};
const touch = (name: string, number: number): Promise<KubeObject> =>
  admin.kube.patch(configMaps, { namespace, name }, { data: { [`k${number}`]: "" } }, { type: "merge" });

async function listed(): Promise<string[]> {
  const { items } = await admin.kube.list<KubeObject>(configMaps, { namespace });
  return items.map(({ metadata }) => metadata.name).toSorted();
}
const untilEqual = async (state: WindowState): Promise<void> => {
  const names = await listed();
  await expect.poll(() => state.names.toSorted(), { timeout: 20_000, interval: 20 }).toEqual(names);
};

test("any number of readers makes one list and one watch per identity and scope, none when the last has left", async () => {
  const states = Array.from({ length: 30 }, (_, index) =>
    open(admin, { text: index % 2 ? "kube" : "", sort: [{ column: "age", descending: index % 3 === 0 }] }),
  );
  await expect.poll(() => states.every(({ messages }) => messages > 0)).toBe(true);
  await expect.poll(() => [proxy.lists, proxy.watches, proxy.openWatches]).toEqual([1, 1, 1]);
  await Promise.all(states.map((state) => state.leave()));
  await expect.poll(() => proxy.openWatches, { timeout: 5000 }).toBe(0);
});

test("A24: who may not list sees nothing of what somebody else holds open", async () => {
  const own = open(admin);
  await untilEqual(own);
  const nobody = open(callerOf(await proxy.listen("nobody")));
  await expect.poll(() => nobody.failure).toBeInstanceOf(ForbiddenError);
  expect(nobody.messages).toBe(0);
  expect(own.failure).toBeUndefined();
});

async function grantList(user: string, space: string): Promise<void> {
  const api = "rbac.authorization.k8s.io";
  const metadata = { namespace: space, name: "list" };
  const rules = [{ apiGroups: [""], resources: ["configmaps"], verbs: ["list", "watch"] }];
  const subjects = [{ kind: "User", name: user, apiGroup: api }];
  const roleRef = { apiGroup: api, kind: "Role", name: "list" };
  const apiVersion = `${api}/v1`;
  const role = { apiVersion, kind: "Role", metadata, rules };
  await admin.kube.create(roles, role);
  const binding = { apiVersion, kind: "RoleBinding", metadata, subjects, roleRef };
  await admin.kube.create(roleBindings, binding);
}

test("a set of namespaces needs no right to list namespaces; those without the right are named", async () => {
  const user = `user-${namespace}`;
  const [second, third] = [await createNamespace(admin.kube), await createNamespace(admin.kube)];
  await grantList(user, namespace);
  await grantList(user, second);
  await create("mine");
  await create("theirs", {}, second);
  const person = callerOf(await proxy.listen(user));
  const state = open(person, { text: "s", sort: [{ column: "name", descending: false }] }, [
    namespace,
    second,
    third,
  ]);
  await expect.poll(() => state.names, { timeout: 5000 }).toContain("theirs");
  expect(state.forbidden).toEqual([third]);
  expect(state.failure).toBeUndefined();
  const none = open(person, {}, [third, "default"]);
  await expect.poll(() => none.failure).toBeInstanceOf(ForbiddenError);
});

test("a right that is revoked ends the list and its data within ten seconds, although the watch goes on", async () => {
  const user = `user-${namespace}`;
  await grantList(user, namespace);
  const state = open(callerOf(await proxy.listen(user)));
  await untilEqual(state);
  await expect.poll(() => proxy.openWatches).toBe(1);
  const began = performance.now();
  await admin.kube.delete(roleBindings, { namespace, name: "list" });
  await expect.poll(() => state.failure, { timeout: 12_000 }).toBeInstanceOf(ForbiddenError);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(state.names).toEqual([]);
  await expect.poll(() => proxy.openWatches, { timeout: 2000 }).toBe(0);
}, 20_000);

const gone = { type: "ERROR", object: { kind: "Status", code: 410, reason: "Expired", message: "too old" } };

test("R8: 410, as an event or as an answer, is healed by a fresh list without ghosts", async () => {
  await create("ghost");
  const state = open(admin);
  await untilEqual(state);
  let refusals = 1;
  proxy.fault = ({ url }) => (url?.includes("watch=true") && refusals-- > 0 ? { status: 410 } : undefined);
  proxy.say(`${JSON.stringify(gone)}\n`);
  await admin.kube.delete(configMaps, { namespace, name: "ghost" });
  await create("new");
  await untilEqual(state);
  await expect.poll(() => state.liveness).toBe("LIVE");
  expect(state.names).not.toContain("ghost");
  expect(refusals).toBeLessThanOrEqual(0);
});

test("R9: a half-open connection is noticed, said, and healed", async () => {
  const caller = callerOf(await proxy.listen(), 700);
  const state = open(caller);
  await untilEqual(state);
  const before = Date.now();
  proxy.freeze();
  await expect.poll(() => state.liveness, { timeout: 8000 }).toBe("RECONNECTING");
  expect(Math.abs(Date.parse(state.staleSince ?? "") - before)).toBeLessThan(3000);
  proxy.thaw();
  await create("meanwhile");
  await untilEqual(state);
  await expect.poll(() => state.liveness, { timeout: 8000 }).toBe("LIVE");
  expect(state.staleSince).toBeNull();
}, 30_000);

function tableLine(type: string, name: string, uid: string, labels: object = {}): string {
  const object = { kind: "PartialObjectMetadata", metadata: { name, namespace, uid, labels } };
  return `${JSON.stringify({ type, object: { kind: "Table", metadata: {}, rows: [{ cells: [name, 1, "1s"], object }] } })}\n`;
}
const long = Buffer.from(tableLine("MODIFIED", "long", "long", { text: "ü".repeat(1_500_000) }));

test.each<[string, (Buffer | string)[]]>([
  ["a line that ends in the middle", ['{"type":"ADDED","obj']],
  ["a line that is no JSON", ["<html>\n"]],
  ["an event of unknown type", ['{"type":"RENAMED","object":{}}\n']],
  ["an object that is null", ['{"type":"ADDED","object":null}\n']],
  ["ADDED twice", [tableLine("ADDED", "x", "x"), tableLine("ADDED", "x", "x"), "{\n"]],
  ["MODIFIED before ADDED", [tableLine("MODIFIED", "y", "y"), "{\n"]],
  ["a line of 3 MiB cut inside a character", [long.subarray(0, 200_001), long.subarray(200_001), "{\n"]],
])("R10: after %s the list is what the API server has", async (_, chunks) => {
  const state = open(admin);
  await untilEqual(state);
  for (const [index, chunk] of chunks.entries()) proxy.say(chunk, { open: index < chunks.length - 1 });
  await create("after");
  await untilEqual(state);
  await expect.poll(() => state.liveness, { timeout: 5000 }).toBe("LIVE");
});

test("R11: a reader that takes nothing delays nobody and ends with the last state", async () => {
  await create("busy");
  const [slow, quick] = [open(admin), open(admin)];
  await untilEqual(quick);
  await untilEqual(slow);
  const resume = slow.pause();
  const seen = slow.messages;
  for (let number = 1; number <= 200; number++) await touch("busy", number);
  await expect.poll(() => quick.cells.find(([name]) => name === "busy")).toEqual(["busy", 200]);
  expect(slow.messages).toBeLessThanOrEqual(seen + 1);
  resume();
  await expect.poll(() => slow.cells).toEqual(quick.cells);
  expect(slow.messages).toBeLessThanOrEqual(seen + 3);
});

test("bulk: what fails is told by object, the others are done", async () => {
  const names = Array.from({ length: 40 }, (_, index) => `item-${index}`);
  await Promise.all(names.map((name) => create(name)));
  const broken = new Set(["item-3", "item-17", "item-31"]);
  const nameOf = (url = ""): string => url.split("?")[0]?.split("/").at(-1) ?? "";
  proxy.fault = ({ method, url }) =>
    method === "DELETE" && broken.has(nameOf(url)) ? { status: 500 } : undefined;
  const context = { caller: admin, log: pino({ level: "silent" }), signal: AbortSignal.timeout(30_000) };
  const remove = (targets: string[]): Promise<BulkResult[]> =>
    bulk(
      new Kinds(),
      {
        action: "DELETE",
        type: { group: "", version: "v1", plural: "configmaps" },
        targets: targets.map((name) => ({ namespace, name })),
        dryRun: false,
      },
      context as GraphqlContext,
    );
  const results = await remove(names);
  const failed = results.filter(({ ok }) => !ok);
  expect(failed.map(({ name }) => name).toSorted()).toEqual([...broken].toSorted());
  expect(failed[0]?.message).toBe("injected 500");
  proxy.fault = () => undefined;
  expect((await remove([...broken])).every(({ ok }) => ok)).toBe(true);
  expect(await listed()).toEqual(["kube-root-ca.crt"]);
});
