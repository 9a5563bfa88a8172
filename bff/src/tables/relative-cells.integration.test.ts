import type { KubeObject, UnknownObject } from "@kyma/kube/objects.ts";
import { jobs, pods } from "@kyma/kube/resource-types.ts";
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
  columns: { id: string; type: string }[] | null;
  rows: { name: string; labels: Record<string, string>; cells: unknown[] }[];
}
const query = `subscription($scope: TableScope!, $view: TableView!) {
  tableWindow(scope: $scope, view: $view) { columns { id type } rows { name labels cells } }
}`;
const podTemplate = { containers: [{ name: "main", image: "i" }] };

/** Rows of a kind as they are told, until a row says what is waited for; and where a column's cell is. */
async function rowsUntil(
  [version, group, plural]: [string, string, string],
  column: string,
  until: (row: { name: string; labels: Record<string, string>; cell: unknown }) => boolean,
): Promise<{ name: string; cell: unknown }[]> {
  const client = app.socket();
  const seen: { name: string; cell: unknown }[] = [];
  let place = -1;
  const scope = { type: { version, group, plural }, namespaces: [namespace] };
  await readUntil<Message>(client, query, { scope, view: {} }, ({ columns, rows }) => {
    if (columns) place = columns.findIndex(({ id }) => id === column);
    const told = rows.map(({ name, labels, cells }) => ({ name, labels, cell: cells[place] }));
    seen.push(...told);
    return told.some(until);
  });
  await client.dispose();
  return seen;
}

const csv = async (type: string): Promise<string[]> => {
  const path = `/export/table.csv?${new URLSearchParams({ type, namespaces: namespace }).toString()}`;
  return (await app.request(path, { headers: { cookie: app.cookie } })).body.trim().split("\r\n");
};

/** A time so long ago, in whole seconds as Kubernetes keeps them. */
const ago = (seconds: number): string =>
  new Date((Math.floor(Date.now() / 1000) - seconds) * 1000).toISOString().replace(".000Z", "Z");

test("restarts are told with the time of the last one, which stays through changes of the pod", async () => {
  const finishedAt = ago(3 * 3600 + 5 * 60 + 30);
  const name = "restarted";
  await app.kube.create(pods, {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { namespace, name },
    spec: podTemplate,
  } as UnknownObject);
  const terminated = { exitCode: 1, finishedAt, startedAt: finishedAt };
  const running = { image: "i", imageID: "i", ready: true, state: { running: { startedAt: finishedAt } } };
  const containerStatuses = [{ ...running, name: "main", restartCount: 2, lastState: { terminated } }];
  await app.kube.patchStatus(
    pods,
    { namespace, name },
    { phase: "Running", containerStatuses },
    { manager: "test" },
  );

  const touch = (): Promise<unknown> =>
    app.kube.patch(
      pods,
      { namespace, name },
      { metadata: { labels: { touched: "yes" } } },
      { type: "merge" },
    );
  const told = await rowsUntil(["v1", "", "pods"], "cell:Restarts", ({ labels }) => {
    if (!labels["touched"]) void touch();
    return labels["touched"] === "yes";
  });
  const [first, ...later] = told.map(({ cell }) => cell);
  expect(new Set(later)).toEqual(new Set([first]));
  const [, time] = /^2 \((.*Z)\)$/.exec(String(first)) ?? [];
  // kubectl's printer tells minutes; two seconds are to spare.
  const lateness = Date.parse(time ?? "") - Date.parse(finishedAt);
  expect(lateness).toBeGreaterThanOrEqual(-2000);
  expect(lateness).toBeLessThanOrEqual(60_000);
  expect(await csv("/v1/pods")).toContainEqual(expect.stringContaining(`,2 (${time}),`));
});

test("the duration of a Job that runs is told as the time since when, that of one that is complete as it is", async () => {
  const job = (name: string, completions: number): UnknownObject => ({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { namespace, name },
    spec: { completions, template: { spec: { ...podTemplate, restartPolicy: "Never" } } },
  });
  const { metadata } = await app.kube.create<KubeObject>(jobs, job("runs", 1));
  const read = (wanted: string, what: RegExp): Promise<{ name: string; cell: unknown }[]> =>
    rowsUntil(
      ["v1", "batch", "jobs"],
      "cell:Duration",
      ({ name, cell }) => name === wanted && what.test(String(cell)),
    );
  const running = (await read("runs", /Z$/)).findLast(({ name }) => name === "runs");
  const started = Date.parse(String(running?.cell)) - Date.parse(String(metadata.creationTimestamp));
  expect(Math.abs(started)).toBeLessThanOrEqual(5000);

  await app.kube.create(jobs, job("complete", 0));
  await read("complete", /^\d+s$/);
  const lines = await csv("batch/v1/jobs");
  expect(lines.find((line) => line.includes(",runs,"))).toContain(`,since ${String(running?.cell)},`);
  expect(lines.find((line) => line.includes(",complete,"))).toMatch(/,\d+s,/);
});
