import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { services } from "@kyma/kube/resource-types.ts";
import { createNamespace, readUntil, startTestConsole, type TestConsole } from "../testing/test-console.ts";

let app: TestConsole;
beforeAll(async () => {
  app = await startTestConsole(inject("kubeconfig"));
});
afterAll(() => app[Symbol.asyncDispose]());

test("a Subscription is judged as the controller does, and what keeps its events waiting is told", async () => {
  const namespace = await createNamespace(app.kube);
  const service = { metadata: { namespace, name: "orders" }, spec: { ports: [{ port: 80 }] } };
  await app.kube.create(services, { apiVersion: "v1", kind: "Service", ...service });
  const check = async (change: object): Promise<unknown> => {
    const sink = `http://orders.${namespace}.svc.cluster.local`;
    const subscription = {
      apiVersion: "eventing.kyma-project.io/v1alpha2",
      kind: "Subscription",
      metadata: { namespace, name: "new" },
      spec: { sink, source: "shop", types: ["order.created.v1"], ...change },
    };
    const query = "query ($s: JSON!) { checkSubscription(subscription: $s) { field message blocks } }";
    return (await app.graphql(query, { s: subscription })).data?.["checkSubscription"];
  };
  expect(await check({})).toEqual([]);
  expect(await check({ types: ["order..v1"], config: { timeout: "soon" } })).toMatchObject([
    { field: "spec.types[0]", blocks: true },
    { field: "spec.config.timeout", blocks: true },
  ]);
  expect(await check({ sink: `http://nobody.${namespace}.svc.cluster.local` })).toEqual([
    {
      field: "spec.sink",
      message: `There is no Service nobody in ${namespace} yet; events wait until it is there.`,
      blocks: false,
    },
  ]);
  expect(await check({ sink: `http://orders.${namespace}.svc.cluster.local:81` })).toMatchObject([
    { message: "Service orders has no port 81 (it has 80); events wait until it is there.", blocks: false },
  ]);
});

test("a cluster without eventing says so, wherever one looks", async () => {
  const namespace = await createNamespace(app.kube);
  const letters =
    "query ($n: [String!]) { deadLetters(namespaces: $n) { deadLetters { name } problems { kind } } }";
  expect((await app.graphql(letters, { n: [namespace] })).data?.["deadLetters"]).toEqual({
    deadLetters: [],
    problems: [{ kind: "NOT_INSTALLED" }],
  });
  const event = JSON.stringify({ specversion: "1.0", id: "1", source: "shop", type: "order.created.v1" });
  const sent = await app.graphql("mutation ($event: String!) { sendTestEvent(event: $event) { accepted } }", {
    event,
  });
  expect(sent.errors?.[0]?.message).toBe(
    "Eventing is not installed in this cluster: there is no Service kyma-system/eventing-publisher-proxy.",
  );
  const socket = app.socket();
  const [message] = await readUntil<{ problems: object[]; streams: null }>(
    socket,
    "subscription { eventing { streams { name } problems { kind message } } }",
    {},
    () => true,
  );
  await socket.dispose();
  expect(message).toEqual({
    streams: null,
    problems: [
      {
        kind: "NOT_INSTALLED",
        message:
          "This cluster does not serve delivery.eventing.kyma-project.io, so nothing of it can be shown.",
      },
    ],
  });
});
