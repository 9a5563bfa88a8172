import type { KubeObject, UnknownObject } from "@kyma/kube/objects.ts";
import {
  autoscalers,
  configMaps,
  controllerRevisions,
  cronJobs,
  daemonSets,
  deployments,
  jobs,
  nodes,
  pods,
  replicaSets,
  statefulSets,
} from "@kyma/kube/resource-types.ts";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { createNamespace, readUntil, startTestConsole, type TestConsole } from "../testing/test-console.ts";
import type { Job, Workload } from "./workload-objects.ts";

let app: TestConsole;
let namespace: string;
beforeAll(async () => {
  app = await startTestConsole(inject("kubeconfig"));
  namespace = await createNamespace(app.kube);
});
afterAll(() => app[Symbol.asyncDispose]());

const budgets = {
  group: "policy",
  version: "v1",
  plural: "poddisruptionbudgets",
  kind: "PodDisruptionBudget",
  namespaced: true,
};

function object(
  apiVersion: string,
  kind: string,
  name: string,
  fields: object,
  metadata: object = {},
): UnknownObject {
  return { apiVersion, kind, metadata: { name, namespace, ...metadata }, ...fields };
}

function template(app: string, image: string, annotations?: Record<string, string>) {
  const containers = [{ name: "a", image, env: [{ name: "A", value: image }] }];
  return { metadata: { labels: { app }, ...(annotations ? { annotations } : {}) }, spec: { containers } };
}

const kinds = { Deployment: deployments, StatefulSet: statefulSets, DaemonSet: daemonSets };

async function makeWorkload(kind: keyof typeof kinds, name: string, replicas = 0): Promise<void> {
  const selector = { matchLabels: { app: name } };
  const spec = {
    ...(kind === "DaemonSet" ? {} : { replicas }),
    selector,
    template: template(name, "one:1", { first: "yes" }),
  };
  await app.kube.create(
    kinds[kind],
    object("apps/v1", kind, name, { spec }, { annotations: { "kubernetes.io/change-cause": "first" } }),
  );
}

function ref(plural: string, name: string, group = "apps"): object {
  return { type: { group, version: "v1", plural }, namespace, name };
}

async function send(query: string, variables: object): Promise<Record<string, unknown>> {
  const { data, errors } = await app.graphql(query, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data ?? {};
}

async function codeOf(query: string, variables: object): Promise<unknown> {
  return (await app.graphql(query, variables)).errors?.[0]?.extensions["code"];
}

interface Revision {
  revision: number;
  current: boolean;
  images: string[];
  changeCause: string | null;
}
const listQuery =
  "query($ref: ObjectRef!) { workloadRevisions(ref: $ref) { revision current images changeCause pods } }";
const rollback =
  "mutation($ref: ObjectRef!, $revision: Int!, $dryRun: Boolean! = false) { rollbackWorkload(ref: $ref, revision: $revision, dryRun: $dryRun) { message } }";

async function revisions(target: object): Promise<Revision[]> {
  return (await send(listQuery, { ref: target }))["workloadRevisions"] as Revision[];
}

test.for(["Deployment", "StatefulSet", "DaemonSet"] as const)(
  "%s: after a rollback the pod template equals that of the revision, exactly",
  async (kind) => {
    const name = `rolled-${kind.toLowerCase()}`;
    const type = kinds[kind];
    const key = { namespace, name };
    await makeWorkload(kind, name);
    const target = ref(type.plural, name);
    await vi.waitFor(async () => expect(await revisions(target)).toHaveLength(1), { timeout: 20_000 });
    const first = await app.kube.get<Workload>(type, key);
    const changed = {
      metadata: { annotations: { "kubernetes.io/change-cause": "second" } },
      spec: { template: template(name, "two:2") },
    };
    await app.kube.patch(
      type,
      key,
      [
        { op: "replace", path: "/spec/template", value: changed.spec.template },
        { op: "add", path: "/metadata/annotations/kubernetes.io~1change-cause", value: "second" },
      ],
      { type: "json" },
    );
    await vi.waitFor(async () => expect(await revisions(target)).toHaveLength(2), { timeout: 20_000 });
    expect(await revisions(target)).toMatchObject([
      { revision: 2, current: true, images: ["two:2"] },
      { revision: 1, current: false, images: ["one:1"] },
    ]);
    const comparison = await send(
      "query($ref: ObjectRef!) { revisionComparison(ref: $ref, revision: 1) { before after current } }",
      { ref: target },
    );
    expect(comparison["revisionComparison"]).toMatchObject({
      before: expect.stringContaining("image: two:2") as string,
      after: expect.stringMatching(/first: "?yes"?[\s\S]*image: one:1/) as string,
      current: false,
    });
    await send(rollback, { ref: target, revision: 1, dryRun: true });
    expect((await app.kube.get<Workload>(type, key)).spec.template).not.toEqual(first.spec.template);
    expect(await codeOf(rollback, { ref: target, revision: 2 })).toBe("BAD_INPUT");
    expect(await codeOf(rollback, { ref: target, revision: 99 })).toBe("NOT_FOUND");

    await send(rollback, { ref: target, revision: 1 });
    const back = await app.kube.get<Workload>(type, key);
    expect(back.spec.template).toEqual(first.spec.template);
    const cause = back.metadata.annotations?.["kubernetes.io/change-cause"];
    expect(cause).toBe(kind === "Deployment" ? "first" : "second");
    await vi.waitFor(
      async () => expect((await revisions(target))[0]).toMatchObject({ current: true, images: ["one:1"] }),
      { timeout: 20_000 },
    );
  },
);

test("revisions of others with the same labels do not count", async () => {
  await makeWorkload("StatefulSet", "alone");
  const labels = { app: "alone" };
  const owner = {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    name: "alone",
    uid: "11111111-1111-1111-1111-111111111111",
  };
  const foreign = { data: { spec: { template: template("alone", "evil:1") } }, revision: 7 };
  await app.kube.create(
    controllerRevisions,
    object("apps/v1", "ControllerRevision", "foreign", foreign, { labels, ownerReferences: [owner] }),
  );
  await vi.waitFor(
    async () => expect(await revisions(ref("statefulsets", "alone"))).toMatchObject([{ images: ["one:1"] }]),
    { timeout: 20_000 },
  );
});

const scale =
  "mutation($ref: ObjectRef!, $replicas: Int!, $expected: Int, $dryRun: Boolean! = false) { scaleWorkload(ref: $ref, replicas: $replicas, expected: $expected, dryRun: $dryRun) { message } }";

test("scaling goes through the subresource; another number meanwhile is a conflict, another's status is not", async () => {
  await makeWorkload("Deployment", "scaled", 1);
  const target = ref("deployments", "scaled");
  const replicas = async () =>
    (await app.kube.get<Workload>(deployments, { namespace, name: "scaled" })).spec.replicas;
  await send(scale, { ref: target, replicas: 7, dryRun: true });
  expect(await replicas()).toBe(1);
  const answer = await send(scale, { ref: target, replicas: 3, expected: 1 });
  expect(answer["scaleWorkload"]).toEqual({ message: 'Deployment "scaled" is scaled from 1 to 3.' });
  expect(await replicas()).toBe(3);
  expect(await codeOf(scale, { ref: target, replicas: 4, expected: 1 })).toBe("CONFLICT");
  expect(await codeOf(scale, { ref: target, replicas: -1 })).toBe("BAD_INPUT");
  expect(await codeOf(scale, { ref: ref("daemonsets", "x"), replicas: 1 })).toBe("BAD_INPUT");
  expect(await codeOf(scale, { ref: ref("deployments", "missing"), replicas: 1 })).toBe("NOT_FOUND");
  const noise = async (): Promise<void> => {
    for (let n = 0; n < 20; n++)
      await app.kube.patch(
        deployments,
        { namespace, name: "scaled" },
        { metadata: { annotations: { n: String(n) } } },
        { type: "merge" },
      );
  };
  const scaling = async (): Promise<void> => {
    for (const next of [4, 5, 6]) await send(scale, { ref: target, replicas: next, expected: next - 1 });
  };
  await Promise.all([noise(), scaling()]);
  expect(await replicas()).toBe(6);
});

test("the autoscaler that owns the number is named", async () => {
  await makeWorkload("Deployment", "elastic", 0);
  const spec = {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "elastic" },
    minReplicas: 2,
    maxReplicas: 5,
  };
  await app.kube.create(
    autoscalers,
    object("autoscaling/v2", "HorizontalPodAutoscaler", "elastic-scaler", { spec }),
  );
  const query =
    "query($ref: ObjectRef!) { scaleTarget(ref: $ref) { replicas autoscalers { name minReplicas maxReplicas } } }";
  expect(await send(query, { ref: ref("deployments", "elastic") })).toEqual({
    scaleTarget: { replicas: 0, autoscalers: [{ name: "elastic-scaler", minReplicas: 2, maxReplicas: 5 }] },
  });
});

test("restart changes nothing but the annotation; a paused rollout refuses, until it is resumed", async () => {
  await makeWorkload("Deployment", "restarted");
  const target = { ref: ref("deployments", "restarted") };
  const read = () => app.kube.get<Workload>(deployments, { namespace, name: "restarted" });
  const before = await read();
  const restart = "mutation($ref: ObjectRef!) { restartWorkload(ref: $ref) { message } }";
  const pause = (paused: boolean) =>
    send(`mutation($ref: ObjectRef!) { pauseRollout(ref: $ref, paused: ${paused}) { message } }`, target);
  await pause(true);
  expect((await read()).spec.paused).toBe(true);
  expect(await codeOf(restart, target)).toBe("BAD_INPUT");
  expect(await codeOf(rollback, { ...target, revision: 1 })).toMatch(/BAD_INPUT|NOT_FOUND/);
  await pause(false);
  await send(restart, target);
  const after = await read();
  const { "kubectl.kubernetes.io/restartedAt": restartedAt, ...annotations } =
    after.spec.template.metadata?.annotations ?? {};
  expect(Date.parse(restartedAt ?? "")).toBeGreaterThan(Date.now() - 60_000);
  expect({ ...after.spec.template, metadata: { ...after.spec.template.metadata, annotations } }).toEqual(
    before.spec.template,
  );
});

test("a CronJob triggered by hand makes a Job that it owns; a Job runs again as a copy", async () => {
  const jobTemplate = {
    spec: { template: { spec: { restartPolicy: "Never", containers: [{ name: "a", image: "one:1" }] } } },
  };
  const spec = { schedule: "0 0 1 1 *", suspend: true, jobTemplate };
  await app.kube.create(cronJobs, object("batch/v1", "CronJob", "yearly", { spec }));
  const named = (field: string, name: string) =>
    send(`mutation { ${field}(namespace: "${namespace}", name: "${name}") { name message } }`, {});
  const made = (await named("triggerCronJob", "yearly"))["triggerCronJob"] as { name: string };
  expect(made.name).toMatch(/^yearly-manual-[a-z0-9]{5}$/);
  const job = await app.kube.get<Job>(jobs, { namespace, name: made.name });
  expect(job.metadata).toMatchObject({
    annotations: { "cronjob.kubernetes.io/instantiate": "manual" },
    ownerReferences: [{ kind: "CronJob", name: "yearly", controller: true }],
  });
  const again = (await named("rerunJob", made.name))["rerunJob"] as { name: string };
  const copy = await app.kube.get<Job>(jobs, { namespace, name: again.name });
  expect(copy.metadata.ownerReferences).toBeUndefined();
  expect(copy.spec.selector).not.toEqual(job.spec.selector);
  expect(copy.spec.template.spec).toEqual(job.spec.template.spec);
  const suspend = (suspended: boolean) =>
    send(`mutation($ref: ObjectRef!) { suspend(ref: $ref, suspended: ${suspended}) { message } }`, {
      ref: ref("jobs", again.name, "batch"),
    });
  await suspend(true);
  expect((await app.kube.get<Job>(jobs, { namespace, name: again.name })).spec.suspend).toBe(true);
  await suspend(false);
  expect((await app.kube.get<Job>(jobs, { namespace, name: again.name })).spec.suspend).toBe(false);
});

async function makePod(name: string, fields: object = {}, metadata: object = {}): Promise<KubeObject> {
  const spec = { containers: [{ name: "a", image: "one:1" }], ...fields };
  const made = await app.kube.create(pods, object("v1", "Pod", name, { spec }, metadata));
  const status = { phase: "Running", conditions: [{ type: "Ready", status: "True" }] };
  await app.kube.patchStatus(pods, { namespace, name }, status, { manager: "kubelet" });
  return made;
}

interface Eviction {
  name: string;
  outcome: string;
  message: string;
}
const evict =
  "mutation($pods: [PodTarget!]!, $dryRun: Boolean! = false) { evictPods(pods: $pods, dryRun: $dryRun) { name outcome message } }";
const evictAll = async (targets: object[], dryRun = false) =>
  (await send(evict, { pods: targets, dryRun }))["evictPods"] as Eviction[];

test("an eviction that a budget refuses comes back at once with the API server's sentence", async () => {
  const labels = { app: "guarded" };
  await makePod("guarded", {}, { labels });
  const free = await makePod("free");
  await app.kube.create(
    budgets,
    object("policy/v1", "PodDisruptionBudget", "guard", {
      spec: { minAvailable: 1, selector: { matchLabels: labels } },
    }),
  );
  await vi.waitFor(
    async () => {
      const budget = await app.kube.get<UnknownObject>(budgets, { namespace, name: "guard" });
      expect(budget["status"]).toMatchObject({ observedGeneration: 1 });
    },
    { timeout: 20_000 },
  );
  const [dry] = await evictAll([{ namespace, name: "free" }], true);
  expect(dry).toMatchObject({ outcome: "EVICTED" });
  const startedAt = performance.now();
  const results = await evictAll([
    { namespace, name: "guarded" },
    { namespace, name: "missing" },
    { namespace, name: "free", uid: "22222222-2222-2222-2222-222222222222" },
    { namespace, name: "free", uid: free.metadata.uid },
  ]);
  expect(performance.now() - startedAt).toBeLessThan(8000);
  expect(results.map(({ outcome }) => outcome)).toEqual(["REFUSED", "GONE", "GONE", "EVICTED"]);
  expect(results[0]?.message).toMatch(/disruption budget/);
  expect(await codeOf(evict, { pods: Array.from({ length: 21 }, () => ({ namespace, name: "x" })) })).toBe(
    "BAD_INPUT",
  );
  expect(await codeOf(evict, { pods: [{ namespace: "../x", name: "x" }] })).toBe("BAD_INPUT");
});

test("a node is cordoned and uncordoned; its drain plan sorts its pods", async () => {
  const node = `node-${randomBytes(4).toString("hex")}`;
  await app.kube.create(nodes, { apiVersion: "v1", kind: "Node", metadata: { name: node } });
  try {
    const cordon = (cordoned: boolean) =>
      send(`mutation { cordonNode(name: "${node}", cordoned: ${cordoned}) { message } }`, {});
    const unschedulable = async () => (await app.kube.get<UnknownObject>(nodes, { name: node }))["spec"];
    await cordon(true);
    expect(await unschedulable()).toMatchObject({ unschedulable: true });
    await cordon(false);
    expect(await unschedulable()).not.toMatchObject({ unschedulable: true });
    await makePod("on-node", { nodeName: node, volumes: [{ name: "cache", emptyDir: {} }] });
    const { drainPlan } = await send(
      `{ drainPlan(node: "${node}") { name skipped isUnmanaged emptyDirs } }`,
      {},
    );
    expect(drainPlan).toEqual([{ name: "on-node", skipped: null, isUnmanaged: true, emptyDirs: ["cache"] }]);
  } finally {
    await app.kube.delete(nodes, { name: node });
  }
});

interface PageMessage {
  changed: string[];
  workload: { replicas: { desired: number }; rollout: { state: string; sentence: string } } | null;
  pods: { pods: { name: string; status: string }[]; total: number } | null;
}

test("the page of a workload: rollout and pods in the page's one subscription", async () => {
  await makeWorkload("Deployment", "paged", 2);
  const query = `subscription($ref: ObjectRef!) { objectPage(ref: $ref) {
    liveness changed workload { replicas { desired } rollout { state sentence } } pods { total pods { name status } }
  } }`;
  const client = app.socket();
  const isWaiting = ({ workload }: PageMessage): boolean =>
    /^Waiting for deployment "paged" rollout to finish: \d+/.test(workload?.rollout.sentence ?? "");
  const hasPods = ({ pods: part }: PageMessage): boolean => part?.total === 2;
  const target = { ref: ref("deployments", "paged") };
  const messages = await readUntil<PageMessage>(
    client,
    query,
    target,
    (_, all) => all.some(isWaiting) && all.some(hasPods),
  );
  expect(messages.find(hasPods)?.pods?.pods.map(({ status }) => status)).toEqual(["Pending", "Pending"]);
  await client.dispose();
  const sets = await app.kube.list(replicaSets, { namespace, labelSelector: "app=paged" });
  expect(sets.items).toHaveLength(1);
  // A kind without such parts says so with null, once.
  await app.kube.create(configMaps, object("v1", "ConfigMap", "plain", {}));
  const other = app.socket();
  const [first] = await readUntil<PageMessage>(
    other,
    query,
    { ref: ref("configmaps", "plain", "") },
    (message) => message.changed.includes("pods"),
  );
  expect(first).toMatchObject({ workload: null, pods: null });
  await other.dispose();
});
