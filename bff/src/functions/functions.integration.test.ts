import type { KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import { functions } from "@kyma/crds/resource-types.ts";
import type { KubeObject, UnknownObject } from "@kyma/kube/objects.ts";
import { controllerRevisions, pods, services } from "@kyma/kube/resource-types.ts";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createNamespace, startTestConsole, type TestConsole } from "../testing/test-console.ts";

let app: TestConsole;
let namespace: string;
beforeAll(async () => {
  app = await startTestConsole(inject("kubeconfig"));
  namespace = await createNamespace(app.kube);
});
afterAll(() => app[Symbol.asyncDispose]());

/** The real kubectl, as a person would use it. */
function kubectl(args: string[], manifest?: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const flags = ["--kubeconfig", inject("kubeconfig"), "--namespace", namespace];
    const child = execFile(join(inject("toolsDir"), "kubectl"), [...flags, ...args], (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
    child.stdin?.end(manifest ? JSON.stringify(manifest) : "");
  });
}

function manifest(name: string): KymaFunction {
  return {
    apiVersion: "serverless.kyma-project.io/v1alpha2",
    kind: "Function",
    metadata: { name, namespace },
    spec: {
      runtime: "nodejs24",
      source: { inline: { source: "module.exports = { main: () => 1 }", dependencies: "{}" } },
      env: [
        { name: "KEEP", value: "1" },
        { name: "DROP", value: "2" },
      ],
      labels: { keep: "yes", drop: "yes" },
      resourceConfiguration: { function: { profile: "S" } },
      replicas: 1,
    },
  };
}

const read = (name: string): Promise<KymaFunction> =>
  app.kube.get<KymaFunction>(functions, { namespace, name });

interface SaveResult {
  object: KymaFunction | null;
  conflicts: { manager: string; field: string; message: string }[];
}

async function save(base: KymaFunction, edit: object, force = false): Promise<SaveResult> {
  const query = `mutation($ref: FunctionRef!, $edit: FunctionEdit!, $base: JSON!, $force: Boolean) {
    saveFunction(ref: $ref, edit: $edit, base: $base, force: $force) { object conflicts { manager field message } }
  }`;
  const ref = { namespace, name: base.metadata.name };
  const { data, errors } = await app.graphql(query, { ref, edit, base, force });
  if (errors) throw new Error(JSON.stringify(errors));
  return data?.["saveFunction"] as SaveResult;
}

const edit = {
  source: "module.exports = { main: () => 2 }",
  env: [{ name: "KEEP", value: "one" }],
  labels: { keep: "yes", add: "new" },
  profile: null,
};
const edited = {
  source: { inline: { source: edit.source, dependencies: "{}" } },
  env: edit.env,
  labels: edit.labels,
};

test.for(["apply", "create"])(
  "a Function made by kubectl %s: what the person removes really goes",
  async (verb) => {
    const name = `by-${verb}`;
    await kubectl([verb, "-f", "-"], manifest(name));
    const result = await save(await read(name), edit);
    expect(result.conflicts).toEqual([]);
    const { spec } = await read(name);
    expect(spec).toEqual({ runtime: "nodejs24", replicas: 1, ...edited });
    const again = await save(await read(name), { labels: {}, env: null, dependencies: null });
    expect(again.conflicts).toEqual([]);
    expect((await read(name)).spec).toEqual({
      runtime: "nodejs24",
      replicas: 1,
      source: { inline: { source: edit.source } },
    });
  },
);

test("a Function made by the console's create, and one by server-side apply of kubectl", async () => {
  const create = "mutation($object: JSON!) { createObject(object: $object) }";
  expect((await app.graphql(create, { object: manifest("by-console") })).errors).toBeUndefined();
  expect((await save(await read("by-console"), edit)).conflicts).toEqual([]);
  expect((await read("by-console")).spec).toMatchObject(edited);

  await kubectl(["apply", "--server-side", "--field-manager", "gitops", "-f", "-"], manifest("by-gitops"));
  const base = await read("by-gitops");
  const refused = await save(base, { labels: { keep: "yes" } });
  expect(refused).toMatchObject({
    object: null,
    conflicts: [{ manager: "gitops", field: ".spec.labels.drop" }],
  });
  expect((await read("by-gitops")).spec).toEqual(base.spec);
  expect((await save(base, { labels: { keep: "yes" } }, true)).conflicts).toEqual([]);
  expect((await read("by-gitops")).spec.labels).toEqual({ keep: "yes" });
  // A key of its own beside theirs is nobody's business.
  expect((await save(await read("by-gitops"), { labels: { keep: "yes", mine: "x" } })).conflicts).toEqual([]);
});

test("kubectl scale keeps its replicas, unless the person asks for others and takes them over", async () => {
  await kubectl(["apply", "-f", "-"], manifest("scaled"));
  expect(
    (await save(await read("scaled"), { source: "module.exports = { main: () => 3 }", replicas: 2 }))
      .conflicts,
  ).toEqual([]);
  await kubectl(["scale", "functions.serverless.kyma-project.io/scaled", "--replicas", "5"]);
  const scaled = await read("scaled");
  expect((await save(scaled, { source: "module.exports = { main: () => 4 }" })).conflicts).toEqual([]);
  expect((await read("scaled")).spec.replicas).toBe(5);
  const refused = await save(await read("scaled"), { replicas: 3 });
  expect(refused.conflicts).toMatchObject([{ manager: "kubectl", field: ".spec.replicas" }]);
  expect((await save(await read("scaled"), { replicas: 3 }, true)).conflicts).toEqual([]);
  expect((await read("scaled")).spec.replicas).toBe(3);
});

test("what somebody else changed meanwhile comes back as a conflict; their other changes survive", async () => {
  await kubectl(["apply", "-f", "-"], manifest("shared"));
  const base = await read("shared");
  const patch = {
    spec: { runtime: "nodejs22", labels: { theirs: "x" }, env: [{ name: "KEEP", value: "theirs" }] },
  };
  await kubectl([
    "patch",
    "functions.serverless.kyma-project.io/shared",
    "--type",
    "merge",
    "-p",
    JSON.stringify(patch),
  ]);
  const refused = await save(base, { env: [{ name: "KEEP", value: "mine" }] });
  expect(refused).toMatchObject({
    object: null,
    conflicts: [{ manager: "kubectl-patch", field: ".spec.env" }],
  });
  const saved = await save(base, {
    source: "module.exports = { main: () => 5 }",
    labels: { keep: "yes", drop: "yes", mine: "y" },
  });
  expect(saved.conflicts).toEqual([]);
  const { spec } = await read("shared");
  expect(spec).toMatchObject({
    runtime: "nodejs22",
    labels: { theirs: "x", mine: "y" },
    env: [{ value: "theirs" }],
  });
  expect((await save(base, { env: [{ name: "KEEP", value: "mine" }] }, true)).conflicts).toEqual([]);
  expect((await read("shared")).spec.env).toEqual([{ name: "KEEP", value: "mine" }]);
});

test("an explicit resources block gives way to a profile", async () => {
  const custom = manifest("custom");
  custom.spec.resourceConfiguration = {
    function: { resources: { requests: { cpu: "100m", memory: "64Mi" } } },
  };
  await kubectl(["apply", "-f", "-"], custom);
  expect((await save(await read("custom"), { profile: "M" })).conflicts).toEqual([]);
  expect((await read("custom")).spec.resourceConfiguration).toEqual({ function: { profile: "M" } });
});

test("a bad edit is refused with the field's name", async () => {
  await kubectl(["apply", "-f", "-"], manifest("strict"));
  const base = await read("strict");
  await expect(save(base, { env: [{ value: "x" }] })).rejects.toThrow(/env\.0\.name.*BAD_INPUT/);
  await expect(save(base, { env: [{ name: "FUNC_PORT", value: "1" }] })).rejects.toThrow(/INVALID/);
  await expect(
    save({ ...base, metadata: { ...base.metadata, name: "missing" } }, { source: "x" }),
  ).rejects.toThrow(/NOT_FOUND/);
});

async function addRevision(fn: KymaFunction, revision: number, spec: object): Promise<void> {
  const owner = {
    apiVersion: fn.apiVersion,
    kind: fn.kind,
    name: fn.metadata.name,
    uid: fn.metadata.uid ?? "",
  };
  await app.kube.create(controllerRevisions, {
    apiVersion: "apps/v1",
    kind: "ControllerRevision",
    metadata: {
      namespace,
      name: `${fn.metadata.name}-${revision}`,
      labels: { "serverless.kyma-project.io/function-name": fn.metadata.name },
      ownerReferences: [owner],
    },
    data: spec,
    revision,
  } as KubeObject);
}

test("an earlier revision is put back whole, replicas aside", async () => {
  await kubectl(["apply", "-f", "-"], manifest("revised"));
  const first = await read("revised");
  await addRevision(first, 1, { ...first.spec, replicas: 9 });
  await save(first, { ...edit, replicas: 4 });
  const second = await read("revised");
  await addRevision(second, 2, second.spec);
  await addRevision({ ...second, metadata: { ...second.metadata, uid: "of-an-earlier-function" } }, 3, {});
  const ref = `ref: {namespace: "${namespace}", name: "revised"}`;
  const list = await app.graphql(`{ functionRevisions(${ref}) { name revision current createdAt spec } }`);
  expect(list.data?.["functionRevisions"]).toMatchObject([
    { revision: 2, current: true },
    { revision: 1, current: false, spec: { runtime: "nodejs24" } },
  ]);
  const revert = (name: string) => app.graphql(`mutation { revertFunction(${ref}, revision: "${name}") }`);
  expect((await revert("revised-2")).errors?.[0]?.extensions["code"]).toBe("BAD_INPUT");
  expect((await revert("nothing")).errors?.[0]?.extensions["code"]).toBe("NOT_FOUND");
  expect((await revert("revised-1")).errors).toBeUndefined();
  expect((await read("revised")).spec).toEqual({ ...first.spec, replicas: 4 });
  // And the next edit finds nothing in its way.
  expect((await save(await read("revised"), edit)).conflicts).toEqual([]);
  expect((await read("revised")).spec).toEqual({ runtime: "nodejs24", replicas: 4, ...edited });
});

test("the diagnosis names the cause and the failing pod; null when nothing is wrong", async () => {
  await kubectl(["apply", "-f", "-"], manifest("sick"));
  const query = `{ functionDiagnosis(ref: {namespace: "${namespace}", name: "sick"}) { cause pod container lines } }`;
  expect((await app.graphql(query)).data).toEqual({ functionDiagnosis: null });
  const labels = { "serverless.kyma-project.io/function-name": "sick" };
  const spec = { containers: [{ name: "function", image: "kyma.local/function-runtime-nodejs24:1" }] };
  await app.kube.create(pods, {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { namespace, name: "sick-1", labels },
    spec,
  } as UnknownObject);
  const terminated = { exitCode: 1, reason: "Error", message: "SyntaxError: Unexpected token" };
  const status = {
    phase: "Running",
    containerStatuses: [
      {
        name: "function",
        ready: false,
        restartCount: 2,
        image: "x",
        imageID: "x",
        state: { waiting: { reason: "CrashLoopBackOff" } },
        lastState: { terminated },
      },
    ],
  };
  await app.kube.patchStatus(pods, { namespace, name: "sick-1" }, status, { manager: "kubelet" });
  const { data } = await app.graphql(query);
  expect(data?.["functionDiagnosis"]).toEqual({
    cause: expect.stringContaining("SyntaxError: Unexpected token") as string,
    pod: "sick-1",
    container: "function",
    lines: [],
  });
});

const run =
  "mutation($ref: FunctionRef!, $request: RunRequest!) { runFunction(ref: $ref, request: $request) { status error note } }";

test("a run that reaches nobody says so in one sentence", async () => {
  await kubectl(["apply", "-f", "-"], manifest("idle"));
  const ref = { namespace, name: "idle" };
  const noService = await app.graphql(run, { ref, request: {} });
  expect(noService.data?.["runFunction"]).toMatchObject({
    status: 0,
    error: 'Function "idle" has no Service yet; wait until it is rolled out.',
  });
  const spec = { selector: { app: "idle" }, ports: [{ port: 80, targetPort: 8080 }] };
  await app.kube.create(services, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { namespace, name: "idle" },
    spec,
  } as UnknownObject);
  const headers = [{ name: "Authorization", value: "Bearer x" }];
  const noPod = await app.graphql(run, { ref, request: { headers } });
  expect(noPod.data?.["runFunction"]).toMatchObject({
    status: 0,
    error: 'No pod of Function "idle" is ready to answer; its status says why.',
    note: expect.stringContaining("Authorization") as string,
  });
});

test("A20: a run stays at the Function's own Service", async () => {
  const paths = [
    "/../../secrets",
    "/%2e%2e/x",
    "/..%2fx",
    "/%252e%252e/x",
    "//evil.example",
    "\\\\evil",
    "/a\\..\\b",
    "http://evil/",
    "x",
    "/a b",
    "/a\r\nHost: x",
  ];
  for (const path of paths) {
    const answer = await app.graphql(run, { ref: { namespace, name: "idle" }, request: { path } });
    expect({ path, code: answer.errors?.[0]?.extensions["code"] }).toEqual({ path, code: "BAD_INPUT" });
  }
  const elsewhere = await app.graphql(run, {
    ref: { namespace: "a/../../kube-system", name: "idle" },
    request: {},
  });
  expect(elsewhere.errors?.[0]?.extensions["code"]).toBe("BAD_INPUT");
  const noFunction = await app.graphql(run, {
    ref: { namespace: "default", name: "kubernetes" },
    request: {},
  });
  expect(noFunction.errors?.[0]?.extensions["code"]).toBe("NOT_FOUND");
  for (const header of [
    { name: "x", value: "a\r\nb: c" },
    { name: "a b", value: "x" },
  ]) {
    const answer = await app.graphql(run, {
      ref: { namespace, name: "idle" },
      request: { headers: [header] },
    });
    expect(answer.errors?.[0]?.extensions["code"]).toBe("BAD_INPUT");
  }
});
