import { configMaps } from "@kyma/kube/resource-types.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createNamespace, startTestConsole, type TestConsole } from "../testing/test-console.ts";
import type { ManifestOutcome } from "./manifests.ts";

const run = promisify(execFile);
let app: TestConsole;
let namespace: string;
let folder: string;
beforeAll(async () => {
  app = await startTestConsole(inject("kubeconfig"));
  namespace = await createNamespace(app.kube);
  folder = await mkdtemp(join(tmpdir(), "kyma-upload-"));
});
afterAll(() => app[Symbol.asyncDispose]());

async function kubectlApply(manifest: string, ...flags: string[]): Promise<string> {
  const file = join(folder, "manifest.yaml");
  await writeFile(file, manifest);
  const kubectl = join(inject("toolsDir"), "kubectl");
  const { stdout, stderr } = await run(kubectl, [
    "--kubeconfig",
    inject("kubeconfig"),
    "apply",
    ...flags,
    "-f",
    file,
  ]);
  return stdout + stderr;
}

async function upload(yaml: string, more: object = {}): Promise<ManifestOutcome[]> {
  const query = `mutation($yaml: String!, $namespace: String, $firstLine: Int! = 1, $force: Boolean! = false, $dryRun: Boolean! = false) {
    applyManifest(yaml: $yaml, namespace: $namespace, firstLine: $firstLine, force: $force, dryRun: $dryRun) {
      outcome apiVersion kind namespace name plural message line pending stored result conflicts { field managers } } }`;
  const answer = await app.graphql(query, { yaml, ...more });
  expect(answer.errors).toBeUndefined();
  return answer.data?.["applyManifest"] as ManifestOutcome[];
}

const manifest = (name: string, data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\ndata:\n${data}`;
const dataOf = async (name: string): Promise<unknown> =>
  (await app.kube.get<UnknownObject>(configMaps, { namespace, name }))["data"];

test("an object is created, unchanged, configured; a dry run writes nothing", async () => {
  const text = manifest("life", '  a: "1"\n');
  expect(await upload(text, { dryRun: true })).toMatchObject([
    { outcome: "CREATED", name: "life", plural: "configmaps" },
  ]);
  await expect(dataOf("life")).rejects.toThrow("not found");
  expect(await upload(text)).toMatchObject([{ outcome: "CREATED" }]);
  expect(await upload(text)).toMatchObject([{ outcome: "UNCHANGED" }]);
  const [changed] = await upload(manifest("life", '  b: "1"\n'));
  expect(changed).toMatchObject({ outcome: "CONFIGURED" });
  expect(changed?.stored).toContain('a: "1"');
  expect(await dataOf("life")).toEqual({ b: "1" });
});

test("a List has an outcome per object, also where one is refused; JSON and the page's namespace are taken", async () => {
  const items = [
    { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "one" }, data: { a: "1" } },
    { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "Not A Name" } },
    { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "three" } },
  ];
  const text = JSON.stringify({ apiVersion: "v1", kind: "List", items }, null, 1);
  const outcomes = await upload(text, { namespace, firstLine: 100 });
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["CREATED", "REFUSED", "CREATED"]);
  const line = text.split("\n").findIndex((one) => one.includes("Not A Name")) + 100;
  expect(outcomes[1]).toMatchObject({
    line,
    message: expect.stringContaining("is not an object name") as string,
  });
});

test("what cannot be read or fit is refused with a sentence and its line, without a stack", async () => {
  const bomb = `a: &a [${"x,".repeat(9)}x]\nb: &b [${"*a,".repeat(9)}*a]\nc: &c [${"*b,".repeat(9)}*b]\nd: [${"*c,".repeat(9)}*c]\n`;
  const cases: [string, string, number][] = [
    ["a: 1\nb: [", "column", 2],
    ["kind: A\nkind: B", "the same key stands twice", 2],
    ["metadata:\n\tname: x", "tab", 2],
    [bomb, "aliases multiply", 1],
    ["just text", "no Kubernetes object", 1],
    ["a: 1\n---\nb: 1", "several documents", 1],
    [`kind: ConfigMap\napiVersion: v1\ndata: {a: "${"x".repeat(1024 * 1024)}"}`, "longer than 1 MiB", 1],
    [manifest("bad", '  a: "1"\nunknwn: 1\n'), "unknwn", 8],
    [manifest("bad", "  a: [1]\n"), "data.a", 7],
  ];
  for (const [yaml, message, line] of cases) {
    const [outcome] = await upload(yaml);
    expect(outcome).toMatchObject({ outcome: "REFUSED", line });
    expect(outcome?.message).toContain(message);
    expect(outcome?.message).not.toMatch(/\n\s+at /);
  }
});

test("a kind or namespace that does not exist yet is pending", async () => {
  const [kind] = await upload("apiVersion: x.example.com/v1\nkind: Nothing\nmetadata: {name: a}", {
    dryRun: true,
  });
  expect(kind).toMatchObject({
    outcome: "REFUSED",
    pending: true,
    message: expect.stringContaining("Nothing") as string,
  });
  const elsewhere = manifest("a", '  a: "1"').replace(namespace, "not-there-yet");
  expect(await upload(elsewhere, { dryRun: true })).toMatchObject([
    { pending: true, message: 'namespace "not-there-yet" does not exist' },
  ]);
});

test("another manager's field is refused with its name until it is taken over", async () => {
  const theirs: UnknownObject = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { namespace, name: "owned" },
    data: { a: "1" },
  };
  await app.kube.apply(configMaps, theirs, { manager: "argocd" });
  const text = manifest("owned", '  a: "2"\n');
  expect(await upload(text)).toMatchObject([
    {
      outcome: "REFUSED",
      conflicts: [{ field: ".data.a", managers: ["argocd"] }],
      message: expect.stringContaining("argocd owns .data.a") as string,
    },
  ]);
  expect(await upload(text, { force: true })).toMatchObject([{ outcome: "CONFIGURED" }]);
});

test("an upload over `kubectl apply` removes what it leaves out, and a later `kubectl apply` goes on from it", async () => {
  await kubectlApply(manifest("csa", '  keep: "1"\n  drop: "1"\n'));
  await app.kube.apply(
    configMaps,
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { namespace, name: "csa" },
      data: { foreign: "x" },
    } as UnknownObject,
    { manager: "other" },
  );
  const ours = manifest("csa", '  keep: "2"\n  ours: "1"\n');
  const [dry] = await upload(ours, { dryRun: true });
  expect(dry).toMatchObject({ outcome: "CONFIGURED", message: "" });
  expect(dry?.stored).toContain("drop:");
  expect(dry?.result).not.toContain("  drop:");
  expect(await upload(ours)).toMatchObject([{ outcome: "CONFIGURED" }]);
  expect(await dataOf("csa")).toEqual({ keep: "2", ours: "1", foreign: "x" });
  // The file goes on from what was uploaded: it drops `ours`, and does not bring `drop` back.
  await kubectlApply(manifest("csa", '  keep: "3"\n'));
  expect(await dataOf("csa")).toEqual({ keep: "3", foreign: "x" });
});

test("a field that was edited in the console is not reverted by a `kubectl apply` that does not name it", async () => {
  const file = manifest("edited", '  file: "1"\n');
  await kubectlApply(file);
  const ref = { type: { version: "v1", plural: "configmaps" }, namespace, name: "edited" };
  const { data } = await app.graphql("query($ref: ObjectRef!) { objectYaml(ref: $ref) }", { ref });
  const base = data?.["objectYaml"] as string;
  const text = base.replace('  file: "1"', '  file: "1"\n  console: "1"');
  const save =
    "mutation($ref: ObjectRef!, $base: String!, $text: String!) { saveYaml(ref: $ref, base: $base, text: $text) { method conflicts { field } } }";
  const done = await app.graphql(save, { ref, base, text });
  expect(done.data?.["saveYaml"]).toEqual({ method: "APPLY", conflicts: [] });
  await kubectlApply(file);
  expect(await dataOf("edited")).toEqual({ file: "1", console: "1" });
  await kubectlApply(manifest("edited", '  other: "1"\n'));
  expect(await dataOf("edited")).toEqual({ other: "1", console: "1" });
  await kubectlApply(manifest("edited", '  other: "2"\n'), "--server-side");
  expect(await dataOf("edited")).toEqual({ other: "2", console: "1" });
});
