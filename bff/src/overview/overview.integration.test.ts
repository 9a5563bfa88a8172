import type { UnknownObject } from "@kyma/kube/objects.ts";
import { events, pods } from "@kyma/kube/resource-types.ts";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import {
  createNamespace,
  kubeconfigAs,
  readUntil,
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

interface Message {
  liveness: string;
  kinds: { kind: string; total: number; error: number }[];
  failing: { kind: string; name: string; state: { word: string; sentence: string } }[];
  capacity: object | null;
  warnings: { reason: string; name: string; count: number }[];
  missing: string[];
}
const overview = `subscription($namespaces: [String!]) {
  clusterOverview(namespaces: $namespaces) {
    liveness kinds { kind total error } failing { kind name state { word sentence } } failingTotal
    capacity { nodes cpu { allocatable requested } } warnings { reason name count } missing
  }
}`;

const pod = (name: string): UnknownObject => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { namespace, name },
  spec: { containers: [{ name: "app", image: "example.com/app:1" }] },
});
const crashing = {
  phase: "Running",
  containerStatuses: [
    {
      name: "app",
      image: "example.com/app:1",
      imageID: "",
      ready: false,
      restartCount: 3,
      state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 40s restarting failed container" } },
    },
  ],
};

test("tells live of what fails and what was warned of in a namespace", async () => {
  const client = app.socket();
  const steps = [
    () => app.kube.create(pods, pod("ill")),
    () => app.kube.patchStatus(pods, { namespace, name: "ill" }, crashing, { manager: "test" }),
    () =>
      app.kube.create(events, {
        apiVersion: "v1",
        kind: "Event",
        metadata: { namespace, name: "ill.1" },
        type: "Warning",
        reason: "BackOff",
        message: "Back-off restarting failed container",
        count: 3,
        lastTimestamp: new Date().toISOString(),
        involvedObject: { apiVersion: "v1", kind: "Pod", namespace, name: "ill" },
      } as never),
  ];
  const messages = await readUntil<Message>(client, overview, { namespaces: [namespace] }, ({ warnings }) => {
    void steps.shift()?.();
    return warnings.length > 0;
  });
  expect(messages[0]).toMatchObject({ liveness: "LIVE", failing: [], warnings: [], missing: [] });
  const last = messages.at(-1);
  expect(last?.failing).toMatchObject([{ kind: "Pod", name: "ill", state: { word: "CrashLoopBackOff" } }]);
  expect(last?.kinds).toContainEqual({ kind: "Pod", total: 1, error: 1 });
  expect(last?.warnings).toEqual([{ reason: "BackOff", name: "ill", count: 3 }]);
  expect(last?.capacity).toBeNull();
  await client.dispose();
});

test("says what a person may not see, and refuses only who may see nothing", async () => {
  const user = "overview-nobody";
  await using nobody = await startTestConsole(await kubeconfigAs(inject("kubeconfig"), user));
  const client = nobody.socket();
  await expect(readUntil(client, overview, {}, () => true)).rejects.toThrow(/forbidden|may not/i);
  await client.dispose();
});

test.each([
  ["no namespace at all", []],
  ["a path as a namespace", ["a/../../kube-system"]],
])("refuses %s", async (_what, namespaces) => {
  const client = app.socket();
  await expect(readUntil(client, overview, { namespaces }, () => true)).rejects.toThrow(/namespace/);
  await client.dispose();
});
