import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { customResourceDefinitions } from "@kyma/kube/resource-types.ts";
import { CountingConnection } from "@kyma/local-cluster/testing/client.ts";
import { startControlPlane, type TestControlPlane } from "@kyma/local-cluster/testing/control-plane.ts";
import pino from "pino";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { ApplicationNames, applications } from "./sources.ts";

const log = pino({ level: "silent" });
const crdName = `${applications.plural}.${applications.group}`;
const definition = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: crdName },
  spec: {
    group: applications.group,
    scope: "Cluster",
    names: { plural: applications.plural, singular: "application", kind: applications.kind },
    versions: [
      {
        name: applications.version,
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
      },
    ],
  },
};
const application = (name: string, labels: Record<string, string> = {}): KubeObject => ({
  apiVersion: `${applications.group}/${applications.version}`,
  kind: applications.kind,
  metadata: { name, labels },
});

let controlPlane: TestControlPlane;
let client: KubeClient;
beforeAll(async () => {
  controlPlane = await startControlPlane();
  client = new KubeClient(new CountingConnection(controlPlane.kubeconfig));
  // A cluster without the module that brings Applications.
  await client.delete(customResourceDefinitions, { name: crdName }).catch(() => undefined);
});
afterAll(async () => {
  client.connection.close();
  await controlPlane.stop();
});
const startNames = (as: KubeClient): ApplicationNames => {
  const names = new ApplicationNames(as, log);
  const ended = new AbortController();
  onTestFinished(() => ended.abort());
  names.start(ended.signal);
  return names;
};

test("without the kind there are no other names; once it is installed its objects count, and no longer than they are there", async () => {
  const names = startNames(client);
  expect(names.problem).toBe("the Applications of the cluster were not read yet");
  await vi.waitFor(() => expect(names.problem).toBeUndefined(), 10_000);
  expect(names.nameOf("shop")).toBe("shop");

  await client.create(customResourceDefinitions, definition);
  const create = (object: KubeObject): Promise<unknown> => client.create(applications, object);
  await vi.waitFor(() => create(application("shop", { "Application-Type": "store.eu" })), 20_000);
  await create(application("plain"));
  await vi.waitFor(() => expect(names.nameOf("shop")).toBe("store.eu"), 20_000);
  expect(["plain", "other"].map(names.nameOf)).toEqual(["plain", "other"]);

  await client.delete(applications, { name: "shop" });
  await vi.waitFor(() => expect(names.nameOf("shop")).toBe("shop"), 10_000);
}, 90_000);

test("who may not read them says so, instead of publishing under names that may be wrong", async () => {
  const nobody = new KubeClient(client.connection.as({ user: "nobody" }));
  const names = startNames(nobody);
  await vi.waitFor(() => expect(names.problem).toMatch(/cannot be read: .*forbidden/), 10_000);
});

test("nor does it when the API server is away", async () => {
  const away = connect({ ...client.connection.access, server: "https://127.0.0.1:1" });
  const names = startNames(new KubeClient(away));
  await vi.waitFor(() => expect(names.problem).toMatch(/cannot be read: .*cannot be reached/), 10_000);
});
