import type { UnknownObject } from "@kyma/kube/objects.ts";
import {
  configMaps,
  deployments,
  disruptionBudgets,
  events,
  pods,
  replicaSets,
  resourceQuotas,
  secrets,
  serviceAccounts,
  services,
} from "@kyma/kube/resource-types.ts";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import {
  createNamespace,
  kubeconfigAs,
  readUntil,
  startTestConsole,
  type TestConsole,
} from "../testing/test-console.ts";
import type { RelatedObjects } from "./related-object.ts";

interface Message {
  liveness: string;
  changed: string[];
  object: UnknownObject | null;
  state: { word: string; health: string } | null;
  owners: RelatedObjects | null;
  children: RelatedObjects | null;
  related: RelatedObjects | null;
  events: { events: { reason: string; name: string; count: number }[]; missing: string[] } | null;
}

// As frontend/src/api/object-page.ts selects them.
const common = "group version plural kind namespace name uid state { word health sentence }";
const page = `subscription($ref: ObjectRef!, $paths: [String!]) {
  objectPage(ref: $ref) {
    liveness staleSince changed object(paths: $paths) state { word health sentence }
    owners { objects { ${common} exists } total missing }
    children { objects { ${common} parent createdAt } total missing }
    related { objects { ${common} relation exists } total missing }
    events { events { key type reason message count lastSeen source kind name } missing }
  }
}`;

let app: TestConsole;
let namespace: string;
beforeAll(async () => {
  app = await startTestConsole(inject("kubeconfig"));
  namespace = await createNamespace(app.kube);
});
afterAll(() => app[Symbol.asyncDispose]());

const labels = { app: "web" };
function deployment(name: string, replicas = 3): UnknownObject {
  const env = { name: "A", valueFrom: { configMapKeyRef: { name: "settings", key: "a" } } };
  const container = {
    name: "main",
    image: "example/web:1",
    env: [env],
    resources: { requests: { cpu: "10m" } },
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { namespace, name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
}
const ref = (plural: string, name: string, group = ""): object => ({
  type: { group, version: "v1", plural },
  namespace,
  name,
});

/** The latest of each part, until `done` with them. */
async function readPage(
  variables: Record<string, unknown>,
  done: (page: Partial<Message>, messages: Message[]) => boolean,
  console: TestConsole = app,
  query = page,
): Promise<{ page: Partial<Message>; messages: Message[] }> {
  const client = console.socket();
  const latest: Record<string, unknown> = {};
  try {
    const messages = await readUntil<Message>(client, query, variables, (message, all) => {
      for (const part of message.changed) latest[part] = message[part as keyof Message];
      return done(latest, all);
    });
    return { page: latest, messages };
  } finally {
    await client.dispose();
  }
}

const everything = ["object", "state", "owners", "children", "related", "events"];

test("a Deployment's page tells what it owns, what it uses and who uses it, in a fifth of the bytes", async () => {
  await app.kube.create(deployments, deployment("web"));
  await app.kube.create(services, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { namespace, name: "web" },
    spec: { selector: labels, ports: [{ port: 80 }] },
  } as never);
  await app.kube.create(disruptionBudgets, {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { namespace, name: "web" },
    spec: { minAvailable: 1, selector: { matchLabels: labels } },
  } as never);
  // What the page of a Deployment shows of the object itself.
  const paths = ["metadata", "spec.replicas", "spec.strategy", "spec.paused", "status"];
  const done = (now: Partial<Message>): boolean =>
    everything.every((part) => part in now) &&
    now.children?.total === 4 &&
    (now.events?.events.length ?? 0) >= 4;
  const { page: whole } = await readPage({ ref: ref("deployments", "web", "apps"), paths }, done);
  expect(whole.object).toMatchObject({ spec: { replicas: 3 }, metadata: { name: "web" } });
  expect(whole.object).not.toHaveProperty("spec.template");
  expect(whole.state).toMatchObject({ word: "Progressing", health: "PROGRESS" });
  expect(whole.children?.objects.map(({ kind }) => kind)).toEqual(["ReplicaSet", "Pod", "Pod", "Pod"]);
  const [replicaSet, pod] = whole.children?.objects ?? [];
  expect(replicaSet?.parent).toBe(whole.object?.metadata.uid);
  expect(pod?.parent).toBe(replicaSet?.uid);
  const relation = (kind: string): object | undefined =>
    whole.related?.objects.find((one) => one.kind === kind);
  expect(relation("Service")).toMatchObject({ name: "web", relation: "sends it traffic" });
  expect(relation("PodDisruptionBudget")).toMatchObject({ name: "web", relation: "limits its disruptions" });
  expect(relation("ConfigMap")).toMatchObject({
    name: "settings",
    exists: false,
    relation: "used: environment of main",
  });

  await runPods(whole.children?.objects.filter(({ kind }) => kind === "Pod").map(({ name }) => name) ?? []);
  // Settled, a page that opens now: its parts once each against the objects that they are made of, as the API server sends them.
  const { messages } = await readPage({ ref: ref("deployments", "web", "apps"), paths }, done);
  const sent = JSON.stringify(messages).length;
  const raw = await rawBytes();
  expect(sent / raw).toBeLessThanOrEqual(0.2);
});

/** Says what a node would say of pods that run. */
async function runPods(names: string[]): Promise<void> {
  const at = new Date().toISOString();
  const condition = (type: string): object => ({
    type,
    status: "True",
    lastProbeTime: null,
    lastTransitionTime: at,
  });
  const image = { image: "example/web:1", imageID: `example/web@sha256:${"0".repeat(64)}` };
  const container = {
    name: "main",
    ready: true,
    started: true,
    restartCount: 0,
    ...image,
    state: { running: { startedAt: at } },
  };
  const status = {
    phase: "Running",
    conditions: ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"].map(
      condition,
    ),
    containerStatuses: [{ ...container, containerID: `containerd://${"0".repeat(64)}` }],
    hostIP: "10.0.0.1",
    podIP: "10.244.0.9",
    podIPs: [{ ip: "10.244.0.9" }],
    startTime: at,
  };
  for (const name of names)
    await app.kube.patchStatus(pods, { namespace, name }, status, { manager: "kubelet" });
}

async function rawBytes(): Promise<number> {
  const lists = await Promise.all(
    [deployments, replicaSets, pods, services, disruptionBudgets, events].map((type) =>
      app.kube.list(type, { namespace }),
    ),
  );
  return lists.flatMap(({ items }) => items).reduce((sum, item) => sum + JSON.stringify(item).length, 0);
}

test("only what the query selects is read from the API server, and equal pages share it", async () => {
  await app.kube.create(configMaps, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { namespace, name: "small" },
    data: { a: "1" },
  } as never);
  const only = `subscription($ref: ObjectRef!) { objectPage(ref: $ref) { liveness changed object(paths: ["data"]) } }`;
  const clients = [app.socket(), app.socket()];
  const streams = clients.map((client) =>
    client.iterate({ query: only, variables: { ref: ref("configmaps", "small") } }),
  );
  const before = await upstreamWatches();
  const first = await Promise.all(streams.map((stream) => stream.next()));
  for (const { value } of first) {
    const message = (value as { data: { objectPage: Message } }).data.objectPage;
    expect(message).toEqual({ liveness: "LIVE", changed: ["object"], object: { data: { a: "1" } } });
  }
  expect((await upstreamWatches()) - before).toBe(1);
  for (const client of clients) await client.dispose();
});

/** Watches that the console holds open, by its own metrics. */
async function upstreamWatches(): Promise<number> {
  const { body } = await app.request("/metrics", { headers: { cookie: app.cookie } });
  const line = body.split("\n").find((one) => one.startsWith("kyma_bff_upstream_watches"));
  return Number(line?.split(" ")[1]);
}

test("a change is told by its part alone; a deleted object is null", async () => {
  await app.kube.create(configMaps, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { namespace, name: "lively" },
    data: { a: "1" },
  } as never);
  let step = 0;
  let changedOnly: string[] | undefined;
  const { messages } = await readPage({ ref: ref("configmaps", "lively"), paths: ["data"] }, (now, all) => {
    if (step === 0 && everything.every((part) => part in now)) {
      step = 1;
      void app.kube.patch(configMaps, { namespace, name: "lively" }, { data: { a: "2" } }, { type: "merge" });
    } else if (step === 1 && JSON.stringify(now.object) === `{"data":{"a":"2"}}`) {
      step = 2;
      changedOnly = all.at(-1)?.changed;
      void app.kube.delete(configMaps, { namespace, name: "lively" });
    }
    return step === 2 && now.object === null;
  });
  expect(changedOnly).toEqual(["object"]);
  expect(messages.at(-1)?.changed).toContain("object");
});

test("Secret values are masked and paths with a dot in a key work", async () => {
  const data = { "tls.key": Buffer.from("hidden").toString("base64") };
  await app.kube.create(secrets, {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { namespace, name: "safe" },
    data,
  } as never);
  const { page: shown, messages } = await readPage(
    { ref: ref("secrets", "safe"), paths: ["data.tls\\.key"] },
    (now) => "object" in now,
  );
  expect(shown.object).toEqual({ data: { "tls.key": "••••" } });
  expect(JSON.stringify(messages)).not.toContain(data["tls.key"]);
});

test("warnings are counted without the Events being sent", async () => {
  const { metadata } = await app.kube.create<UnknownObject>(configMaps, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { namespace, name: "warned" },
  });
  const involvedObject = { kind: "ConfigMap", namespace, name: "warned", uid: metadata.uid };
  for (const [index, type] of ["Warning", "Normal", "Warning"].entries()) {
    const event = { apiVersion: "v1", kind: "Event", metadata: { namespace, name: `e${index}` }, type };
    await app.kube.create(events, { ...event, involvedObject } as never);
  }
  const query = `subscription($ref: ObjectRef!) { objectPage(ref: $ref) { changed warnings } }`;
  const { page: shown } = await readPage(
    { ref: ref("configmaps", "warned") },
    (now) => "warnings" in now,
    app,
    query,
  );
  expect(shown).toEqual({ warnings: 2 });
});

test("a Namespace's page counts what is in it, and its quotas are live", async () => {
  const place = await createNamespace(app.kube);
  await app.kube.create(configMaps, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { namespace: place, name: "one" },
  });
  const named = (name: string): object => ({ apiVersion: "v1", metadata: { namespace: place, name } });
  const quota = { ...named("few"), kind: "ResourceQuota", spec: { hard: { pods: "3" } } };
  await app.kube.create(resourceQuotas, quota as never);
  const query = `subscription($ref: ObjectRef!) { objectPage(ref: $ref) {
    changed contents { kinds { kind count } missing } quotas { quotas { name resources { name hard used } } missing }
  } }`;
  const variables = { ref: { type: { group: "", version: "v1", plural: "namespaces" }, name: place } };
  let raised = false;
  const { page: shown } = await readPage(
    variables,
    (now) => {
      const { contents, quotas } = now as Record<string, { quotas?: object[] } | undefined>;
      if (!contents || !quotas) return false;
      const patch = { spec: { hard: { pods: "5" } } };
      if (!raised)
        void app.kube.patch(resourceQuotas, { namespace: place, name: "few" }, patch, { type: "merge" });
      raised = true;
      return JSON.stringify(quotas).includes('"hard":"5","used":"0"');
    },
    app,
    query,
  );
  expect(shown).toMatchObject({
    contents: { kinds: expect.arrayContaining([{ kind: "ResourceQuota", count: 1 }]), missing: [] },
    quotas: { quotas: [{ name: "few", resources: [{ name: "pods", hard: "5", used: "0" }] }], missing: [] },
  });
});

test("what the person may not read is named, the rest of the page stands", async () => {
  const user = `reader-${randomUUID().slice(0, 8)}`;
  const rbac = "rbac.authorization.k8s.io";
  const role = { group: rbac, version: "v1", plural: "roles", kind: "Role", namespaced: true };
  const binding = {
    group: rbac,
    version: "v1",
    plural: "rolebindings",
    kind: "RoleBinding",
    namespaced: true,
  };
  const rules = [
    { apiGroups: [""], resources: ["serviceaccounts", "pods"], verbs: ["get", "list", "watch"] },
  ];
  await app.kube.create(role, {
    apiVersion: `${rbac}/v1`,
    kind: "Role",
    metadata: { namespace, name: user },
    rules,
  } as never);
  await app.kube.create(binding, {
    apiVersion: `${rbac}/v1`,
    kind: "RoleBinding",
    metadata: { namespace, name: user },
    roleRef: { apiGroup: rbac, kind: "Role", name: user },
    subjects: [{ apiGroup: rbac, kind: "User", name: user }],
  } as never);
  await app.kube.create(serviceAccounts, {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { namespace, name: "robot" },
  });
  await using other = await startTestConsole(await kubeconfigAs(inject("kubeconfig"), user));
  const { page: shown } = await readPage(
    { ref: ref("serviceaccounts", "robot") },
    (now) => everything.every((part) => part in now),
    other,
  );
  expect(shown.object?.metadata.name).toBe("robot");
  expect(shown.related?.missing).toContain(
    `You may not list rolebindings.rbac.authorization.k8s.io in namespace ${namespace}.`,
  );
  expect(shown.events?.missing).toEqual([`You may not list events in namespace ${namespace}.`]);
  const forbidden = readPage({ ref: ref("configmaps", "small") }, () => true, other);
  await expect(forbidden).rejects.toMatchObject({ extensions: { code: "FORBIDDEN" } });
});
