import { configMaps, services } from "@kyma/kube/resource-types.ts";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
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
  const metadata = { namespace, name: `${namespace}-frontend` };
  await app.kube.create(configMaps, { apiVersion: "v1", kind: "ConfigMap", metadata });
  await app.kube.create(services, {
    apiVersion: "v1",
    kind: "Service",
    metadata,
    spec: { ports: [{ port: 80 }] },
  } as never);
});
afterAll(() => app[Symbol.asyncDispose]());

interface Hit {
  kind: string;
  namespace: string | null;
  name: string;
}
const query = `query($text: String!, $namespaces: [String!], $limit: Int) {
  searchObjects(text: $text, namespaces: $namespaces, limit: $limit) { kind namespace name score }
}`;

async function search(console: TestConsole, text: string, more: object = {}): Promise<Hit[]> {
  const { data, errors } = await console.graphql(query, { text, limit: 30, ...more });
  expect(errors).toBeUndefined();
  return (data as { searchObjects: Hit[] }).searchObjects;
}

test("finds objects of every kind by their names, the best first", async () => {
  const hits = await search(app, `front ${namespace}`);
  expect(hits.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
    `ConfigMap ${namespace}-frontend`,
    `Service ${namespace}-frontend`,
  ]);
  const [best] = await search(app, namespace);
  expect(best).toMatchObject({ kind: "Namespace", name: namespace, namespace: null });
});

test("knows an object that was made after the first search, and forgets a deleted one", async () => {
  const name = `${namespace}-later`;
  expect(await search(app, name)).toEqual([]);
  await app.kube.create(configMaps, { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace, name } });
  await vi.waitFor(async () => expect(await search(app, name)).toHaveLength(1), { timeout: 10_000 });
  await app.kube.delete(configMaps, { namespace, name });
  await vi.waitFor(async () => expect(await search(app, name)).toEqual([]), { timeout: 10_000 });
});

test("leaves out what the person may not list, and other namespaces", async () => {
  await using nobody = await startTestConsole(await kubeconfigAs(inject("kubeconfig"), "nobody-searches"));
  expect(await search(nobody, namespace)).toEqual([]);
  expect(await search(app, `${namespace}-frontend`, { namespaces: ["default"] })).toEqual([]);
  expect(await search(app, `${namespace}-frontend`, { namespaces: [namespace] })).toHaveLength(2);
});

test.each([
  ["a text without end", { text: "x".repeat(201) }, /longer than 200/],
  ["a limit without end", { text: "x", limit: 99_999_999 }, /from 1 to 100/],
  ["a limit below 1", { text: "x", limit: -1 }, /from 1 to 100/],
  [
    "a namespace that would change the path",
    { text: "x", namespaces: ["../kube-system"] },
    /not a namespace/,
  ],
])("refuses %s", async (_what, variables, sentence) => {
  const { errors } = await app.graphql(query, { limit: 30, ...variables });
  expect(errors?.[0]?.message).toMatch(sentence);
  expect(errors?.[0]?.extensions["code"]).toBe("BAD_INPUT");
});
