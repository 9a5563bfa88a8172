import { configMaps, secrets } from "@kyma/kube/resource-types.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import {
  createNamespace,
  kubeconfigAs,
  startTestConsole,
  type TestConsole,
} from "../testing/test-console.ts";

let app: TestConsole;
let namespace: string;
beforeAll(async () => {
  app = await startTestConsole(inject("kubeconfig"));
  namespace = await createNamespace(app.kube);
});
afterAll(() => app[Symbol.asyncDispose]());

const configMap = (name: string, fields: object = {}): UnknownObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { namespace, name },
  ...fields,
});
const ref = (plural: string, name: string) => ({ type: { version: "v1", plural }, namespace, name });
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

async function code(query: string, variables: object): Promise<unknown> {
  return (await app.graphql(query, variables)).errors?.[0]?.extensions["code"];
}

const create =
  "mutation($object: JSON!, $dryRun: Boolean) { createObject(object: $object, dryRun: $dryRun) }";
const read = "query($ref: ObjectRef!) { object(ref: $ref) }";
const applyYaml =
  "mutation($ref: ObjectRef, $yaml: String!, $force: Boolean) { applyYaml(ref: $ref, yaml: $yaml, force: $force) { object conflicts { manager field } } }";
const yamlOf = "query($ref: ObjectRef!) { objectYaml(ref: $ref) }";

test("an object is created, read without managedFields, patched and deleted", async () => {
  const object = configMap("life", { data: { a: "1" } });
  expect((await app.graphql(create, { object, dryRun: true })).errors).toBeUndefined();
  expect((await app.graphql(read, { ref: ref("configmaps", "life") })).data).toEqual({ object: null });
  expect((await app.graphql(create, { object })).errors).toBeUndefined();
  expect(await code(create, { object })).toBe("ALREADY_EXISTS");
  const found = (await app.graphql(read, { ref: ref("configmaps", "life") })).data?.[
    "object"
  ] as UnknownObject;
  expect(found).toMatchObject({ kind: "ConfigMap", apiVersion: "v1", data: { a: "1" } });
  expect(found.metadata.managedFields).toBeUndefined();
  const patch = "mutation($ref: ObjectRef!, $patch: JSON!) { patchObject(ref: $ref, patch: $patch) }";
  const patched = await app.graphql(patch, {
    ref: ref("configmaps", "life"),
    patch: { data: { a: null, b: "2" } },
  });
  expect(patched.data?.["patchObject"]).toMatchObject({ data: { b: "2" } });
  const remove = "mutation($ref: ObjectRef!, $uid: String) { deleteObject(ref: $ref, uid: $uid) }";
  expect(await code(remove, { ref: ref("configmaps", "life"), uid: "another" })).toBe("CONFLICT");
  expect(
    (await app.graphql(remove, { ref: ref("configmaps", "life"), uid: found.metadata.uid })).data,
  ).toEqual({ deleteObject: true });
  expect(await code(remove, { ref: ref("configmaps", "life") })).toBe("NOT_FOUND");
});

test("what the API server refuses comes with its code and the fields", async () => {
  const bad = configMap("Not A Name");
  const { errors } = await app.graphql(create, { object: bad });
  expect(errors?.[0]?.extensions).toMatchObject({ code: "INVALID", causes: [{ field: "metadata.name" }] });
  expect(await code(create, { object: { ...bad, kind: "Nothing" } })).toBe("NOT_FOUND");
  expect(await code(create, { object: { kind: "ConfigMap" } })).toBe("BAD_INPUT");
  expect(await code('{ objects(type: {version: "v1", plural: "nothings"}) }', {})).toBe("NOT_FOUND");
});

test("the YAML editor's changes are written as such: removed fields go, others' changes are not overwritten", async () => {
  const made = configMap("edited", { data: { keep: "1", drop: "2" } });
  await app.kube.create(configMaps, made, { manager: "kubectl-create" });
  const yaml = (await app.graphql(yamlOf, { ref: ref("configmaps", "edited") })).data?.[
    "objectYaml"
  ] as string;
  expect(yaml).not.toContain("managedFields");
  const edited = yaml.replace(/ {2}drop: .*\n/, "").replace('keep: "1"', 'keep: "one"');
  const written = await app.graphql(applyYaml, { ref: ref("configmaps", "edited"), yaml: edited });
  expect(written.data?.["applyYaml"]).toMatchObject({ object: { data: { keep: "one" } }, conflicts: [] });
  const live = await app.kube.get<UnknownObject>(configMaps, { namespace, name: "edited" });
  expect(live["data"]).toEqual({ keep: "one" });
  expect(
    await code(applyYaml, {
      ref: ref("configmaps", "edited"),
      yaml: yaml.replace('keep: "1"', 'keep: "two"'),
    }),
  ).toBe("CONFLICT");
  const forced = await app.graphql(applyYaml, { ref: ref("configmaps", "edited"), yaml, force: true });
  expect(forced.data?.["applyYaml"]).toMatchObject({ object: { data: { keep: "1", drop: "2" } } });
  expect(
    await code(applyYaml, {
      ref: ref("configmaps", "edited"),
      yaml: yaml.replace("name: edited", "name: other"),
    }),
  ).toBe("BAD_INPUT");
  expect(await code(applyYaml, { yaml: "a: [" })).toBe("BAD_INPUT");
  expect(
    (
      await app.graphql(applyYaml, {
        yaml: `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fresh, namespace: ${namespace}}\n`,
      })
    ).errors,
  ).toBeUndefined();
});

test("A26: a Secret's values are masked everywhere until one is asked for, which is logged", async () => {
  const hidden = "s3cr3t-value";
  const data = { password: Buffer.from(hidden).toString("base64") };
  const secret: UnknownObject = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { namespace, name: "creds" },
    data,
  };
  secret.metadata.annotations = {
    [lastApplied]: JSON.stringify({ ...secret, stringData: { token: hidden } }),
  };
  const created = await app.graphql(create, { object: secret });
  const list = await app.graphql(
    `{ objects(type: {version: "v1", plural: "secrets"}, namespace: "${namespace}") }`,
  );
  const object = await app.graphql(read, { ref: ref("secrets", "creds") });
  const yaml = await app.graphql(yamlOf, { ref: ref("secrets", "creds") });
  const all = JSON.stringify([created, list, object, yaml]);
  expect(all).not.toContain(hidden);
  expect(all).not.toContain(data.password);
  expect(object.data?.["object"]).toMatchObject({ data: { password: "••••" } });
  const reveal =
    'query($key: String!, $namespace: String!) { revealSecret(namespace: $namespace, name: "creds", key: $key) }';
  expect(app.logged.filter((line) => line.includes("revealed"))).toHaveLength(0);
  expect((await app.graphql(reveal, { key: "password", namespace })).data).toEqual({ revealSecret: hidden });
  expect(await code(reveal, { key: "__proto__", namespace })).toBe("NOT_FOUND");
  expect(app.logged.filter((line) => line.includes("revealed"))).toHaveLength(1);
  expect(app.logged.join("")).not.toContain(hidden);
});

test("editing a Secret's YAML leaves masked values as they are and refuses to write the mask", async () => {
  const data = { a: Buffer.from("one").toString("base64"), b: Buffer.from("two").toString("base64") };
  await app.kube.create(secrets, {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { namespace, name: "pair" },
    data,
  } as UnknownObject);
  const yaml = (await app.graphql(yamlOf, { ref: ref("secrets", "pair") })).data?.["objectYaml"] as string;
  const edited = yaml.replace(/ {2}b: .*\n/, "  c: dGhyZWU=\n");
  expect(
    (await app.graphql(applyYaml, { ref: ref("secrets", "pair"), yaml: edited })).errors,
  ).toBeUndefined();
  const live = await app.kube.get<UnknownObject>(secrets, { namespace, name: "pair" });
  expect(live["data"]).toEqual({ a: data.a, c: "dGhyZWU=" });
  const masked = yaml.replace(/resourceVersion: .*/, "").replace(/ {2}b: /, "  renamed: ");
  expect(await code(applyYaml, { ref: ref("secrets", "pair"), yaml: masked })).toBe("BAD_INPUT");
  const object = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { namespace, name: "pair" },
    data: { a: "••••" },
  };
  expect(await code(create, { object })).toBe("BAD_INPUT");
});

test("A19: names such as __proto__ are data", async () => {
  const object = `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"proto","namespace":"${namespace}"},"data":{"constructor":"x","__proto__":"y"}}`;
  const body = `{"query":${JSON.stringify(create)},"variables":{"object":${object},"__proto__":{"polluted":true}}}`;
  const answer = await app.request(
    "/graphql",
    { method: "POST", headers: { "content-type": "application/json", cookie: app.cookie } },
    body,
  );
  expect(answer.status).toBe(200);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
  const yaml = (await app.graphql(yamlOf, { ref: ref("configmaps", "proto") })).data?.[
    "objectYaml"
  ] as string;
  const edited = yaml.replace("constructor: x", "constructor: z");
  expect(
    (await app.graphql(applyYaml, { ref: ref("configmaps", "proto"), yaml: edited })).errors,
  ).toBeUndefined();
  const live = await app.kube.get<UnknownObject>(configMaps, { namespace, name: "proto" });
  expect((live["data"] as Record<string, string>)["constructor"]).toBe("z");
});

test("A20: no name, namespace or type can lead a request elsewhere", async () => {
  const { version, plural } = { version: "v1", plural: "configmaps" };
  const type = { version, plural };
  const refs = [
    { type, namespace: "a/../../kube-system", name: "x" },
    { type, namespace, name: "../../secrets/creds" },
    { type, namespace, name: "x\r\nHost: evil" },
    { type, namespace, name: "x?watch=true" },
    { type, namespace, name: "%2e%2e" },
    { type: { version, plural: "configmaps/../secrets" }, namespace, name: "creds" },
    { type: { version: "v1/../v1", plural }, namespace, name: "x" },
    { type, name: "x" },
    { type: { version, plural: "namespaces" }, namespace, name: "x" },
  ];
  for (const one of refs)
    expect({ one, code: await code(read, { ref: one }) }).toEqual({ one, code: "BAD_INPUT" });
});

test("A18, A25: a person without rights gets FORBIDDEN from the API server on every way to an object", async () => {
  const other = await startTestConsole(await kubeconfigAs(inject("kubeconfig"), "nobody"));
  const ask = async (query: string, variables: object = {}): Promise<unknown> =>
    (await other.graphql(query, variables)).errors?.[0]?.extensions["code"];
  try {
    expect(await ask(read, { ref: ref("secrets", "creds") })).toBe("FORBIDDEN");
    expect(await ask(yamlOf, { ref: ref("secrets", "creds") })).toBe("FORBIDDEN");
    expect(
      await ask(`{ objects(type: {version: "v1", plural: "secrets"}, namespace: "${namespace}") }`),
    ).toBe("FORBIDDEN");
    expect(await ask(`{ revealSecret(namespace: "${namespace}", name: "creds", key: "password") }`)).toBe(
      "FORBIDDEN",
    );
    expect(await ask(create, { object: configMap("theirs") })).toBe("FORBIDDEN");
    const who = (await other.graphql("{ session { user } }")).data;
    expect(who).toEqual({ session: { user: "nobody" } });
  } finally {
    await other[Symbol.asyncDispose]();
  }
});

test("discovery lists every served kind once, our own too", async () => {
  const answer = await app.graphql(
    "{ apiResources { group version plural kind namespaced verbs shortNames categories } }",
  );
  const all = answer.data?.["apiResources"] as {
    plural: string;
    group: string;
    kind: string;
    shortNames: string[];
  }[];
  expect(all.find(({ plural, group }) => plural === "pods" && group === "")).toMatchObject({
    kind: "Pod",
    shortNames: ["po"],
  });
  expect(all.find(({ kind }) => kind === "APIRule")).toMatchObject({
    group: "gateway.kyma-project.io",
    version: "v2",
  });
  expect(all.filter(({ plural }) => plural.includes("/"))).toEqual([]);
});
