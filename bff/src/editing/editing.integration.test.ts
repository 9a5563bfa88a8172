import { configMaps, deployments, nodes, secrets } from "@kyma/kube/resource-types.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createNamespace, startTestConsole, type TestConsole } from "../testing/test-console.ts";
import type { SaveResult } from "./save.ts";

let app: TestConsole;
let namespace: string;
beforeAll(async () => {
  app = await startTestConsole(inject("kubeconfig"));
  namespace = await createNamespace(app.kube);
});
afterAll(() => app[Symbol.asyncDispose]());

const saveFields =
  "conflicts { reason field managers base theirs mine } refusal { message causes { field message line } } stored result method fields ignored { field mine result } text";
const save = `mutation($ref: ObjectRef!, $base: String!, $text: String!, $choices: [FieldChoice!]! = [], $dryRun: Boolean! = false) {
  saveYaml(ref: $ref, base: $base, text: $text, choices: $choices, dryRun: $dryRun) { ${saveFields} } }`;
const coreRef = (plural: string, name: string) => ({ type: { version: "v1", plural }, namespace, name });
const appsRef = (name: string) => ({
  type: { group: "apps", version: "v1", plural: "deployments" },
  namespace,
  name,
});

async function yamlOf(ref: object): Promise<string> {
  const answer = await app.graphql("query($ref: ObjectRef!) { objectYaml(ref: $ref) }", { ref });
  return answer.data?.["objectYaml"] as string;
}

async function saved(ref: object, base: string, text: string, more: object = {}): Promise<SaveResult> {
  const answer = await app.graphql(save, { ref, base, text, ...more });
  expect(answer.errors).toBeUndefined();
  return answer.data?.["saveYaml"] as SaveResult;
}

const configMap = (name: string, fields: object = {}): UnknownObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { namespace, name },
  ...fields,
});
const deployment = (name: string, spec: object = {}): UnknownObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { namespace, name },
  spec: {
    replicas: 0,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: "app", image: "a:1", env: [{ name: "A", value: "1" }] }] },
    },
    ...spec,
  },
});

test("row 24: a kind's schema holds just what it needs, also for our own kinds", async () => {
  const ask = async (group: string, version: string, plural: string) => {
    const query = "query($type: ResourceType!) { kindSchema(type: $type) }";
    const answer = await app.graphql(query, { type: { group, version, plural } });
    expect(answer.errors).toBeUndefined();
    return answer.data?.["kindSchema"] as Record<string, Record<string, unknown>> | null;
  };
  const schema = await ask("apps", "v1", "deployments");
  expect(schema?.["properties"]?.["kind"]).toMatchObject({ enum: ["Deployment"] });
  expect(Object.keys(schema?.["definitions"] ?? {})).toContain("io.k8s.api.core.v1.Container");
  expect(Object.keys(schema?.["definitions"] ?? {})).not.toContain("io.k8s.api.apps.v1.StatefulSetSpec");
  expect(JSON.stringify(schema)).not.toContain("#/components/");
  const rule = JSON.stringify(await ask("gateway.kyma-project.io", "v2", "apirules"));
  expect(rule).toContain("jwt");
  expect(rule).toContain('"additionalProperties":false');
});

test("row 9: a Node whose status another client updates all the time is saved 50 times of 50", async () => {
  const name = `busy-${namespace}`;
  await app.kube.create(nodes, {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: { round: "none" } },
  });
  const ref = { type: { version: "v1", plural: "nodes" }, name };
  let updates = 0;
  const stop = new AbortController();
  const kubelet = (async () => {
    while (!stop.signal.aborted) {
      const conditions = [
        {
          type: "Ready",
          status: "True",
          lastHeartbeatTime: new Date().toISOString(),
          message: `beat ${updates}`,
        },
      ];
      await app.kube.patchStatus(
        nodes,
        { name },
        { conditions, capacity: { cpu: String((updates % 9) + 1) } },
        { manager: "kubelet" },
      );
      updates += 1;
    }
  })();
  try {
    let base = await yamlOf(ref);
    for (let round = 0; round < 50; round += 1) {
      const text = base.replace(/round: .*/, `round: "${round}"`).replace(/ {4}mine: .*\n/, "");
      const result = await saved(ref, base, text, {
        choices: [{ field: ".metadata.labels.round", take: "MINE" }],
      });
      expect(result).toMatchObject({ conflicts: [], refusal: null, ignored: [] });
      base = result.text ?? "";
    }
    const live = await app.kube.get<UnknownObject>(nodes, { name });
    expect(live.metadata.labels?.["round"]).toBe("49");
    expect(updates).toBeGreaterThan(50);
  } finally {
    stop.abort();
    await kubelet;
    await app.kube.delete(nodes, { name });
  }
});

test("a field that another manager owns is a conflict that names manager and field; mine, theirs and both are possible", async () => {
  const ref = coreRef("configmaps", "owned");
  await app.kube.apply(configMaps, configMap("owned", { data: { a: "1", b: "1", c: "1" } }), {
    manager: "argocd",
  });
  const base = await yamlOf(ref);
  const text = base
    .replace('a: "1"', 'a: "2"')
    .replace('b: "1"', 'b: "2"')
    .replace(/^data:/m, "data:\n  free: mine");
  const refused = await saved(ref, base, text);
  expect(refused.conflicts).toEqual([
    { reason: "OWNED", field: ".data.a", managers: ["argocd"], base: '"1"', theirs: '"1"', mine: '"2"' },
    { reason: "OWNED", field: ".data.b", managers: ["argocd"], base: '"1"', theirs: '"1"', mine: '"2"' },
  ]);
  const choices = [
    { field: ".data.a", take: "MINE" },
    { field: ".data.b", take: "THEIRS" },
  ];
  const done = await saved(ref, base, text, { choices });
  expect(done).toMatchObject({ conflicts: [], method: "APPLY" });
  const live = await app.kube.get<UnknownObject>(configMaps, { namespace, name: "owned" });
  expect(live["data"]).toEqual({ a: "2", b: "1", c: "1", free: "mine" });
});

test("a field that somebody changed since the edit began is a conflict, and nothing is lost", async () => {
  const ref = coreRef("configmaps", "changed");
  await app.kube.apply(configMaps, configMap("changed", { data: { a: "1" } }), { manager: "kyma-console" });
  const base = await yamlOf(ref);
  await app.kube.apply(configMaps, configMap("changed", { data: { a: "2", other: "x" } }), {
    manager: "kyma-console",
  });
  const text = base.replace('a: "1"', 'a: "3"');
  const refused = await saved(ref, base, text);
  expect(refused.conflicts).toMatchObject([
    { reason: "CHANGED", field: ".data.a", base: '"1"', theirs: '"2"', mine: '"3"' },
  ]);
  await saved(ref, base, text, { choices: [{ field: ".data.a", take: "MINE" }] });
  const live = await app.kube.get<UnknownObject>(configMaps, { namespace, name: "changed" });
  expect(live["data"]).toEqual({ a: "3", other: "x" });
});

test("row 10: the dry run shows defaults before anything is written, and an immutable field is refused with its line", async () => {
  const ref = appsRef("shown");
  await app.kube.create(deployments, deployment("shown"), { manager: "kyma-console" });
  const base = await yamlOf(ref);
  const container = "- name: app\n";
  expect(base).toContain(container);
  const text = base.replace(container, `- name: second\n          image: b:1\n        ${container}`);
  const dry = await saved(ref, base, text, { dryRun: true });
  expect(dry.stored).not.toContain("second");
  expect(dry.result).toContain("name: second");
  expect(dry.result?.match(/terminationMessagePath/g)).toHaveLength(2);
  const live = await app.kube.get<UnknownObject>(deployments, { namespace, name: "shown" });
  expect(JSON.stringify(live)).not.toContain("second");
  const immutable = base.replace(/matchLabels:\n( +)app: shown/, "matchLabels:\n$1app: other");
  const refused = await saved(ref, base, immutable, { dryRun: true });
  expect(refused.refusal?.causes).toContainEqual({
    field: "spec.selector",
    message: expect.stringContaining("immutable") as string,
    line: immutable.split("\n").findIndex((line) => line.trim() === "selector:") + 1,
  });
  const unknown = await saved(ref, base, base.replace("replicas: 0", "replicas: 0\n  replcas: 1"), {
    dryRun: true,
  });
  expect(unknown.refusal?.message).toContain("replcas");
});

test("what another manager owns is removed only when the person says so, with everything else in one write", async () => {
  const ref = appsRef("removal");
  await app.kube.create(deployments, deployment("removal"), { manager: "kubectl-create" });
  const base = await yamlOf(ref);
  const text = base
    .replace(/ +- name: A\n +value: "1"\n/, "")
    .replace("env:\n", "env: []\n")
    .replace("a:1", "a:2");
  const refused = await saved(ref, base, text);
  expect(refused.conflicts.toReversed()).toMatchObject([
    {
      reason: "REMOVED",
      field: '.spec.template.spec.containers[name="app"].env[name="A"]',
      managers: ["kubectl-create"],
    },
    { reason: "OWNED", field: '.spec.template.spec.containers[name="app"].image' },
  ]);
  const choices = refused.conflicts.map(({ field }) => ({ field, take: "MINE" }));
  const done = await saved(ref, base, text, { choices });
  expect(done).toMatchObject({ method: "JSON_PATCH", conflicts: [], ignored: [] });
  const live = await app.kube.get<UnknownObject>(deployments, { namespace, name: "removal" });
  expect(JSON.stringify(live["spec"])).not.toContain('"env"');
  expect(JSON.stringify(live["spec"])).toContain("a:2");
});

test("replicas belong to whoever scales: an edit elsewhere does not touch them", async () => {
  const ref = appsRef("scaled");
  await app.kube.create(deployments, deployment("scaled"), { manager: "kyma-console" });
  const base = await yamlOf(ref);
  await app.kube.patch(
    deployments,
    { namespace, name: "scaled" },
    { spec: { replicas: 3 } },
    { type: "merge", manager: "hpa" },
  );
  const choice = { field: '.spec.template.spec.containers[name="app"].image', take: "MINE" };
  const done = await saved(ref, base, base.replace("a:1", "a:9"), { choices: [choice] });
  expect(done.fields).toEqual([choice.field]);
  const live = await app.kube.get<UnknownObject>(deployments, { namespace, name: "scaled" });
  expect(live["spec"]).toMatchObject({ replicas: 3 });
});

test("the text keeps its comments, and takes over what others changed meanwhile", async () => {
  const ref = coreRef("configmaps", "rebased");
  await app.kube.apply(configMaps, configMap("rebased", { data: { a: "1", b: "1" } }), {
    manager: "kyma-console",
  });
  const base = await yamlOf(ref);
  const text = base.replace('  a: "1"', '  # why a\n  a: "mine" # here');
  await app.kube.apply(configMaps, configMap("rebased", { data: { a: "2", b: "2" } }), {
    manager: "kyma-console",
  });
  const query =
    "query($ref: ObjectRef!, $base: String!, $text: String!) { rebaseYaml(ref: $ref, base: $base, text: $text) { live text changes { field managers before after } conflicts { field theirs mine } } }";
  const { data } = await app.graphql(query, { ref, base, text });
  const rebased = data?.["rebaseYaml"] as { live: string; text: string };
  expect(rebased).toMatchObject({
    changes: [
      { field: ".data.a", managers: ["kyma-console"], before: '"1"', after: '"2"' },
      { field: ".data.b", managers: ["kyma-console"], before: '"1"', after: '"2"' },
    ],
    conflicts: [{ field: ".data.a", theirs: '"2"', mine: "mine" }],
  });
  expect(rebased.text).toContain('  # why a\n  a: "mine" # here\n  b: "2"\n');
  const done = await saved(ref, rebased.live, rebased.text);
  expect(done).toMatchObject({ conflicts: [], fields: [".data.a"] });
  expect(done.text).toContain('  # why a\n  a: "mine" # here\n');
});

test("A19: __proto__ and constructor as keys are data", async () => {
  const ref = coreRef("configmaps", "proto");
  await app.kube.create(configMaps, configMap("proto", { data: { a: "1" } }));
  const base = await yamlOf(ref);
  const text = base
    .replace(/^data:/m, 'data:\n  __proto__: "polluted"\n  constructor: "x"')
    .replace("metadata:", "metadata:\n  labels:\n    constructor: label");
  await saved(ref, base, text);
  const live = await app.kube.get<UnknownObject>(configMaps, { namespace, name: "proto" });
  expect(Object.entries(live["data"] as object)).toEqual(
    expect.arrayContaining([
      ["__proto__", "polluted"],
      ["constructor", "x"],
    ]),
  );
  expect(live.metadata.labels).toEqual({ constructor: "label" });
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

test("A26: no value of a Secret in diff, conflict, refusal, text or log", async () => {
  const ref = coreRef("secrets", "hidden");
  const encode = (text: string): string => Buffer.from(text).toString("base64");
  const secret = configMap("hidden", {
    kind: "Secret",
    data: { a: encode("old-secret-a"), b: encode("old-secret-b") },
  });
  secret.metadata.annotations = {
    "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify({
      data: { a: encode("old-secret-a") },
    }),
  };
  await app.kube.create(secrets, secret, { manager: "argocd" });
  const base = await yamlOf(ref);
  const text = base.replace(/ {2}a: .*/, `  a: ${encode("new-secret-a")}`);
  const answers = [
    await saved(ref, base, text),
    await saved(ref, base, text.replace(/ {2}b: .*/, '  b: "%%new-secret-b"'), {
      choices: [
        { field: ".data.a", take: "MINE" },
        { field: ".data.b", take: "MINE" },
      ],
    }),
  ];
  expect(answers[0]?.conflicts).toMatchObject([
    { field: ".data.a", managers: ["argocd"], theirs: "••••", mine: "••••" },
  ]);
  expect(answers[1]?.refusal).not.toBeNull();
  const choices = [{ field: ".data.a", take: "MINE" }];
  const dry = await saved(ref, base, text, { choices, dryRun: true });
  expect(dry.result).toContain("a: •••• (changed)");
  expect(dry.result).toContain("b: ••••\n");
  const done = await saved(ref, base, text, { choices });
  const all = JSON.stringify([answers, dry, done]) + app.logged.join("");
  for (const word of ["old-secret-a", "new-secret-a", "old-secret-b", "new-secret-b"]) {
    expect(all).not.toContain(word);
    expect(all).not.toContain(encode(word));
  }
  const live = await app.kube.get<UnknownObject>(secrets, { namespace, name: "hidden" });
  expect(live["data"]).toEqual({ a: encode("new-secret-a"), b: encode("old-secret-b") });
  const moved = await app.graphql(save, { ref, base, text: base.replace("  a: ", "  c: ") });
  expect(moved.errors?.[0]?.extensions["code"]).toBe("BAD_INPUT");
});
