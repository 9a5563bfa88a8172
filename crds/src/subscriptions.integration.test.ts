import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { InvalidError, NotFoundError } from "@kyma/kube/errors.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { afterAll, describe, expect, inject, test } from "vitest";
import { parse } from "yaml";
import type { Subscription } from "./generated/subscriptions.gen.ts";
import { subscriptions } from "./resource-types.ts";
import { subscriptionFinalizer } from "./subscription-conditions.ts";

const connection = connect(loadKubeConfig(inject("kubeconfig")));
const client = new KubeClient(connection);
const namespace = "default";

afterAll(() => connection.close());

/** A manifest as people write it; the API server validates it and keeps nothing. */
function create(manifest: string, type = subscriptions): Promise<Subscription> {
  return client.create<Subscription>(type, parse(manifest) as KubeObject, { dryRun: true });
}

const head = (version: string, name: string): string => `
apiVersion: eventing.kyma-project.io/${version}
kind: Subscription
metadata: { name: ${name}, namespace: ${namespace} }
`;

describe("manifests of the world", () => {
  test("the simplest one gets the defaults", async () => {
    const { spec } = await create(`${head("v1alpha2", "lastorder-sub")}
spec:
  sink: 'http://lastorder.default.svc.cluster.local'
  source: myapp
  types:
   - order.received.v1
`);
    expect(spec).toEqual({
      sink: "http://lastorder.default.svc.cluster.local",
      source: "myapp",
      types: ["order.received.v1"],
      typeMatching: "standard",
      config: { maxInFlightMessages: "10" },
    });
  });

  test.each<[string, string]>([
    [
      "several types",
      `
spec:
  sink: 'http://lastorder.default.svc.cluster.local'
  source: myapp
  types:
   - order.received.v1
   - order.changed.v1
`,
    ],
    [
      "fewer events in flight",
      `
spec:
  config:
    maxInFlightMessages: "5"
  sink: 'http://lastorder.default.svc.cluster.local'
  source: myapp
  types: [order.received.v1]
`,
    ],
    [
      "characters that are cleaned away",
      `
spec:
  sink: 'http://lastorder.default.svc.cluster.local'
  source: myapp
  types: ["order.payment*success.v1"]
`,
    ],
    [
      "exact matching without a source, as converted from the former version",
      `
spec:
  typeMatching: exact
  source: ""
  sink: https://lastorder.default.svc.cluster.local:8080/events?kind=order
  types: [sap.kyma.custom.commerce.order.created.v1]
  config: { maxInFlightMessages: "10" }
`,
    ],
    [
      "a URI as source and an id",
      `
spec:
  id: 2c1f5a0e
  typeMatching: standard
  source: /default/sap.kyma/tunas-develop
  sink: http://test.default.svc.cluster.local
  types: [Account.Root.Created.v1]
`,
    ],
    [
      "settings of the EventMesh backend",
      `
spec:
  typeMatching: standard
  source: commerce
  types: [order.created.v1]
  sink: http://test.default.svc.cluster.local
  config:
    protocol: BEB
    contentMode: BINARY
    exemptHandshake: "true"
    qos: AT_LEAST_ONCE
    type: oauth2
    grantType: client_credentials
    clientId: client-id
    clientSecret: client-secret
    tokenUrl: https://oauth2.example.com/token
    scope: guid-identifier,root
`,
    ],
    [
      "settings of ours",
      `
spec:
  source: commerce
  types: [order.created.v1]
  sink: http://test.default.svc.cluster.local
  config:
    retryCount: "3"
    retryBackoff: 2s
    timeout: 10s
    deadLetterSink: http://parked.default.svc.cluster.local
    orderingKey: subject
    deliverFrom: all
`,
    ],
  ])("%s", async (_, rest) => {
    const manifest = `${head("v1alpha2", "lastorder-sub")}${rest}`;
    const { spec } = parse(manifest) as Subscription;
    await expect(create(manifest)).resolves.toMatchObject({ spec });
  });
});

test.each<[string, string, RegExp]>([
  ["no sink", "spec: { source: a, types: [a.b] }", /spec.sink: Required/],
  ["no source", "spec: { sink: a, types: [a.b] }", /spec.source: Required/],
  ["no types", "spec: { sink: a, source: a }", /spec.types: Required/],
  ["one type as text", "spec: { sink: a, source: a, types: a.b }", /spec.types.*array/],
  [
    "a number where text belongs",
    "spec: { sink: a, source: a, types: [a.b], config: { maxInFlightMessages: 5 } }",
    /spec.config.maxInFlightMessages.*string/,
  ],
])("%s is refused by the schema", async (_, rest, message) => {
  const failure = create(`${head("v1alpha2", "lastorder-sub")}${rest}`);
  await expect(failure).rejects.toBeInstanceOf(InvalidError);
  await expect(failure).rejects.toThrow(message);
});

test("the former version is refused: without a conversion its filters would be lost", async () => {
  const manifest = `${head("v1alpha1", "old-sub")}
spec:
  filter:
    filters:
    - eventSource: { property: source, type: exact, value: "" }
      eventType: { property: type, type: exact, value: sap.kyma.custom.commerce.order.created.v1 }
  sink: http://test.default.svc.cluster.local
`;
  await expect(create(manifest, { ...subscriptions, version: "v1alpha1" })).rejects.toBeInstanceOf(
    NotFoundError,
  );
});

test("status, finalizer and columns are those of Kyma", async () => {
  const name = "reported";
  const key = { namespace, name };
  const manifest = `${head("v1alpha2", name)}
spec: { sink: "http://test.default.svc.cluster.local", source: shop, types: [order.created.v1] }
`;
  await client.create(subscriptions, parse(manifest) as KubeObject);
  try {
    const status: Subscription["status"] = {
      ready: true,
      types: [{ originalType: "order.created.v1", cleanType: "order.created.v1" }],
      conditions: [
        {
          type: "Subscription active",
          status: "True",
          reason: "NATS Subscription active",
          lastTransitionTime: "2026-01-31T12:00:00Z",
          observedGeneration: 1,
        },
      ],
      backend: { types: [{ originalType: "order.created.v1", consumerName: "0123456789abcdef" }] },
    };
    await client.patchStatus(subscriptions, key, status, { manager: "test" });
    const finalizers = [subscriptionFinalizer];
    await client.patch(subscriptions, key, { metadata: { finalizers } }, { type: "merge" });
    const stored = await client.get<Subscription>(subscriptions, key);
    expect([stored.status, stored.metadata.finalizers]).toEqual([status, finalizers]);
    const accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
    const path = `/apis/eventing.kyma-project.io/v1alpha2/namespaces/${namespace}/subscriptions`;
    const table = await (
      await client.raw(path, { headers: { accept } })
    ).json<{ columnDefinitions: { name: string }[]; rows: { cells: unknown[] }[] }>();
    expect(table.columnDefinitions.map((column) => column.name)).toEqual(["Name", "Ready", "Age"]);
    expect(table.rows.map(({ cells }) => cells.slice(0, 2))).toContainEqual([name, "true"]);
  } finally {
    await client.patch(subscriptions, key, { metadata: { finalizers: null } }, { type: "merge" });
    await client.delete(subscriptions, key);
  }
});
