import type { KubeObject, UnknownObject } from "@kyma/kube/objects.ts";
import { configMaps, deployments } from "@kyma/kube/resource-types.ts";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createNamespace, readUntil, startTestConsole, type TestConsole } from "../testing/test-console.ts";

let app: TestConsole;
let namespace: string;
beforeAll(async () => {
  app = await startTestConsole(inject("kubeconfig"));
  namespace = await createNamespace(app.kube);
});
afterAll(() => app[Symbol.asyncDispose]());

interface Message {
  liveness: string;
  snapshot: boolean;
  total: number;
  unfiltered: number;
  offset: number;
  columns: { id: string; name: string; type: string }[] | null;
  order: string[] | null;
  rows: { key: string; namespace: string; name: string; cells: unknown[]; labels: object }[];
  forbidden: string[];
  warnings: string[];
}
const query = `subscription($scope: TableScope!, $view: TableView!) {
  tableWindow(scope: $scope, view: $view) {
    liveness staleSince revision snapshot total unfiltered arriving offset columns { id name type description priority }
    order rows { key namespace name creationTimestamp labels cells } forbidden warnings
  }
}`;

const configMap = (name: string, data: Record<string, string> = {}, labels = {}): UnknownObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { namespace, name, labels },
  data,
});
const mine = (labelSelector: string) => ({
  type: { version: "v1", plural: "configmaps" },
  namespaces: [namespace],
  labelSelector,
});
const names = (message: Message | undefined): string[] => message?.rows.map(({ name }) => name) ?? [];

async function first(scope: object, view: object): Promise<Message> {
  const client = app.socket();
  const [message] = await readUntil<Message>(client, query, { scope, view }, () => true);
  await client.dispose();
  if (!message) throw new Error("no message");
  return message;
}

test("a window starts with a snapshot and then tells of its own rows only", async () => {
  const labels = { test: "window" };
  for (const name of ["web-1", "web-2", "web-10", "zoo"])
    await app.kube.create(configMaps, configMap(name, {}, labels));
  const client = app.socket();
  const steps = [
    () => app.kube.patch(configMaps, { namespace, name: "zoo" }, { data: { a: "1" } }, { type: "merge" }),
    () => app.kube.patch(configMaps, { namespace, name: "web-2" }, { data: { a: "1" } }, { type: "merge" }),
    () => app.kube.delete(configMaps, { namespace, name: "web-1" }),
  ];
  void steps.shift()?.();
  const messages = await readUntil<Message>(
    client,
    query,
    { scope: mine("test=window"), view: { count: 2 } },
    ({ total }) => {
      void steps.shift()?.();
      return total === 3;
    },
  );
  const [snapshot, changed, last] = messages;
  expect(snapshot).toMatchObject({ liveness: "LIVE", snapshot: true, total: 4, unfiltered: 4, offset: 0 });
  expect(snapshot?.columns?.map(({ id }) => id)).toEqual(["name", "cell:Data", "age"]);
  expect(names(snapshot)).toEqual(["web-1", "web-2"]);
  expect(changed).toMatchObject({
    snapshot: false,
    columns: null,
    order: null,
    rows: [{ name: "web-2", cells: ["web-2", 1, expect.stringMatching(/Z$/)] }],
  });
  expect(last).toMatchObject({
    total: 3,
    rows: [{ name: "web-10" }],
    order: [expect.anything(), expect.anything()],
  });
  await client.dispose();
});

test("rows are filtered and sorted by words, CEL and extra columns", async () => {
  const labels = { test: "view" };
  const sizes = { one: "100Mi", two: "2Gi", three: "3Ki" };
  for (const [name, size] of Object.entries(sizes))
    await app.kube.create(configMaps, {
      ...configMap(name, { size }, labels),
      metadata: { namespace, name, labels, annotations: { note: `of ${name}` } },
    });
  const scope = mine("test=view");
  const column = "jsonpath:{.data.size}";
  const sorted = await first(scope, {
    columns: [column, "annotation:note", "label:test"],
    sort: [{ column, descending: true }],
  });
  expect(sorted.rows.map(({ cells }) => cells.slice(3))).toEqual([
    ["2Gi", "of two", "view"],
    ["100Mi", "of one", "view"],
    ["3Ki", "of three", "view"],
  ]);
  expect(sorted.columns?.slice(3).map(({ id }) => id)).toEqual([column, "annotation:note", "label:test"]);
  expect(names(await first(scope, { text: "T wo" }))).toEqual(["two"]);
  const celled = await first(scope, { where: "object.data.size.endsWith('Gi')", columns: [column] });
  expect(celled).toMatchObject({ total: 1, unfiltered: 3, rows: [{ name: "two" }], warnings: [] });
  const failing = await first(scope, { where: "object.data.nope == 'x'" });
  expect(failing).toMatchObject({ total: 0, warnings: [expect.stringContaining("failed on 3 rows")] });
  expect(failing.warnings[0]).toContain("No such key: nope");
});

test.each([
  [{ where: "object.data." }, /does not compile at character/],
  [{ where: "size(object.data)" }, /true or false is needed/],
  [{ columns: ["what"] }, /begins with label:/],
  [{ columns: ["jsonpath:{.a[}"] }, /cannot be read/],
  [{ count: 501 }, /1 to 500 rows/],
])("%j is BAD_INPUT", async (view, message) => {
  await expect(first(mine(""), view)).rejects.toMatchObject({
    message: expect.stringMatching(message),
    extensions: { code: "BAD_INPUT" },
  });
});

test("the anchor's row stays where it is when rows come before it", async () => {
  const labels = { test: "anchor" };
  for (const name of ["d", "e", "f", "g"]) await app.kube.create(configMaps, configMap(name, {}, labels));
  const scope = mine("test=anchor");
  const { order } = await first(scope, { offset: 2, count: 1 });
  const client = app.socket();
  const messages = await readUntil<Message>(
    client,
    query,
    { scope, view: { offset: 2, count: 2, anchor: order?.[0] } },
    ({ total }) => {
      if (total === 4) void app.kube.create(configMaps, configMap("a", {}, labels));
      return total === 5;
    },
  );
  expect(messages[0]).toMatchObject({ offset: 2, rows: [{ name: "f" }, { name: "g" }] });
  expect(messages.at(-1)).toMatchObject({ offset: 3, order: null, rows: [] });
  await client.dispose();
});

test("bulk tells of each object what was done", async () => {
  const bulk = `mutation($input: BulkInput!) { bulk(input: $input) { namespace name ok message } }`;
  const type = { group: "apps", version: "v1", plural: "deployments" };
  const app1 = { app: "bulk" };
  const deployment = (name: string): UnknownObject => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { namespace, name },
    spec: {
      replicas: 0,
      selector: { matchLabels: app1 },
      template: { metadata: { labels: app1 }, spec: { containers: [{ name: "c", image: "i" }] } },
    },
  });
  const created = await app.kube.create<KubeObject>(deployments, deployment("bulk-1"));
  await app.kube.create(deployments, deployment("bulk-2"));
  const uid = created.metadata.uid;
  const run = async (input: object): Promise<unknown> =>
    (await app.graphql(bulk, { input: { type, ...input } })).data?.["bulk"];
  const both = [
    { namespace, name: "bulk-1", uid },
    { namespace, name: "bulk-2" },
  ];
  expect(await run({ action: "SCALE", replicas: 2, dryRun: true, targets: both })).toMatchObject([
    { name: "bulk-1", ok: true, message: "would be scaled from 0 to 2" },
    { name: "bulk-2", ok: true },
  ]);
  expect(await run({ action: "SCALE", replicas: 1, targets: both })).toMatchObject([
    { ok: true, message: "scaled from 0 to 1" },
    { ok: true },
  ]);
  expect(await run({ action: "RESTART", targets: both })).toMatchObject([{ ok: true }, { ok: true }]);
  expect(await run({ action: "LABEL", labels: { tier: "a" }, targets: both })).toMatchObject([
    { ok: true },
    { ok: true },
  ]);
  const now = await app.kube.get<UnknownObject>(deployments, { namespace, name: "bulk-1" });
  expect(now).toMatchObject({ metadata: { labels: { tier: "a" } }, spec: { replicas: 1 } });
  expect(JSON.stringify(now["spec"])).toContain("kubectl.kubernetes.io/restartedAt");
  const wrong = "00000000-0000-0000-0000-000000000000";
  const targets = [
    { namespace, name: "bulk-1", uid: wrong },
    { namespace, name: "gone" },
    { namespace, name: "bulk-2" },
  ];
  const other = "Another object has this name now: the one you saw was replaced.";
  const replaced = { ok: false, message: other };
  for (const action of [
    { action: "SCALE", replicas: 3 },
    { action: "LABEL", labels: { a: "b" } },
    { action: "RESTART" },
    { action: "DELETE" },
  ]) {
    expect(await run({ ...action, targets })).toMatchObject([
      replaced,
      { ok: false, message: "It does not exist any more." },
      { ok: true },
    ]);
  }
});

test("the export has all rows of the view in its order, safe for spreadsheets", async () => {
  const labels = { test: "csv" };
  await app.kube.create(configMaps, configMap("csv-b", { formula: "=1+1" }, labels));
  await app.kube.create(configMaps, configMap("csv-a", { formula: 'x"y' }, labels));
  const parameters = new URLSearchParams({
    type: "/v1/configmaps",
    namespaces: namespace,
    labelSelector: "test=csv",
    sort: "-name",
    columns: "jsonpath:{.data.formula}",
  });
  const path = `/export/table.csv?${parameters.toString()}`;
  const answer = await app.request(path, { headers: { cookie: app.cookie } });
  expect(answer.status).toBe(200);
  expect(answer.headers["content-disposition"]).toBe('attachment; filename="configmaps.csv"');
  expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  const lines = answer.body.split("\r\n");
  expect(lines[0]).toBe("Namespace,Name,Data,Created,{.data.formula}");
  expect(lines[1]).toMatch(new RegExp(`^${namespace},csv-b,1,[^,]+Z,"'=1\\+1"$`));
  expect(lines[2]).toMatch(new RegExp(`^${namespace},csv-a,1,[^,]+Z,"x""y"$`));
  expect((await app.request(path)).status).toBe(401);
  const foreign = { cookie: app.cookie, "sec-fetch-site": "cross-site" };
  expect((await app.request(path, { headers: foreign })).status).toBe(403);
  const bad = await app.request("/export/table.csv?type=pods", { headers: { cookie: app.cookie } });
  expect(bad.status).toBe(400);
});
