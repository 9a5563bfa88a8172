import { subscriptions } from "@kyma/crds/resource-types.ts";
import { namespaces } from "@kyma/kube/resource-types.ts";
import { testClient } from "@kyma/local-cluster/testing/client.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { type GatewayScene, sampleEvent, startScene } from "./testing/scene.ts";

const client = testClient(inject("kubeconfig"));
let scene: GatewayScene;
beforeAll(async () => {
  scene = await startScene(client);
});
afterAll(async () => {
  await scene.stop();
  client.connection.close();
});
beforeEach(async () => {
  await scene.manager.streams.purge("sap");
});

const structured = { "content-type": "application/cloudevents+json" };
const batched = { "content-type": "application/cloudevents-batch+json" };
const binary = (id: string): Record<string, string> => ({
  "ce-specversion": "1.0",
  "ce-id": id,
  "ce-source": "shop",
  "ce-type": "order.created.v1",
});
const refusal = {
  status: 400,
  headers: expect.objectContaining({ "content-type": "text/plain; charset=utf-8" }) as object,
};

describe("an event is stored before 204 is answered", () => {
  test("in binary mode", async () => {
    const headers = { ...binary("binary-1"), "content-type": "application/json" };
    expect(await scene.send({ headers, body: `{"id":12345678901234567890}` })).toMatchObject({
      status: 204,
      body: "",
    });
    expect(await scene.stored()).toEqual([
      {
        subject: "kyma.shop.order.created.v1",
        headers: {
          "Nats-Msg-Id": [expect.any(String)],
          "Content-Type": ["application/json"],
          "ce-specversion": ["1.0"],
          "ce-type": ["kyma.shop.order.created.v1"],
          "ce-source": ["shop"],
          "ce-id": ["binary-1"],
        },
        event: {
          ...sampleEvent("binary-1"),
          type: "kyma.shop.order.created.v1",
          originaltype: "order.created.v1",
          datacontenttype: "application/json",
          data: { id: 12345678901234567000 },
        },
      },
    ]);
  });

  test("in structured mode, with the trace of the request", async () => {
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const body = JSON.stringify(sampleEvent("structured-1", { subject: "grün", data: "x" }));
    expect((await scene.send({ headers: { ...structured, traceparent }, body })).status).toBe(204);
    expect((await scene.stored())[0]?.event).toMatchObject({
      id: "structured-1",
      subject: "grün",
      data: "x",
      traceparent,
    });
  });

  test("in batched mode, all or none", async () => {
    const batch = (...events: object[]) => scene.send({ headers: batched, body: JSON.stringify(events) });
    expect((await batch(sampleEvent("batch-1"), sampleEvent("batch-2"))).status).toBe(204);
    expect((await batch()).status).toBe(204);
    const refused = await batch(sampleEvent("batch-3"), sampleEvent(""));
    expect(refused).toMatchObject({
      ...refusal,
      body: `event 2 of the batch: the attribute "id" is missing\n`,
    });
    expect((await scene.stored()).map(({ event }) => event["id"])).toEqual(["batch-1", "batch-2"]);
  });

  test("once, however often it is sent", async () => {
    const events = [sampleEvent("twice"), sampleEvent("twice"), sampleEvent("twice", { source: "other" })];
    for (const event of events) expect((await scene.publish(event)).status).toBe(204);
    expect((await scene.stored()).map(({ subject }) => subject)).toEqual([
      "kyma.shop.order.created.v1",
      "kyma.other.order.created.v1",
    ]);
  });

  test("in the older API, for both kinds of Subscriptions", async () => {
    const id = "8945ec08-256b-11eb-9928-acde48001122";
    const event = {
      "event-type": "order.created",
      "event-type-version": "v1",
      "event-id": id,
      "event-time": "2020-04-02T21:37:00Z",
      data: { a: 1 },
    };
    const send = () => scene.send({ path: "/my-shop/v1/events", body: JSON.stringify(event) });
    const answer = await send();
    expect(answer).toMatchObject({
      status: 200,
      body: JSON.stringify({ "event-id": id, status: "", reason: "" }),
    });
    expect((await send()).status).toBe(200);
    expect((await scene.stored()).map(({ subject }) => subject).sort()).toEqual([
      "kyma.my-shop.order.created.v1",
      "kyma.sap.kyma.custom.myshop.order.created.v1",
    ]);
  });
});

describe("what is no event is refused with a sentence, and nothing is stored", () => {
  test.each<[string, number, Record<string, string | string[]>, string | Buffer, string]>([
    ["A38: a type that is a wildcard", 400, { ...binary("1"), "ce-type": ">" }, "", "empty segment"],
    ["A38: dots", 400, { ...binary("1"), "ce-type": "order..created" }, "", "empty segment"],
    ["A38: no id", 400, { ...binary("1"), "ce-id": "" }, "", `"id" is missing`],
    [
      "A38: a source that is no URI",
      400,
      { ...binary("1"), "ce-source": "a%20b" },
      "",
      "not a URI reference",
    ],
    [
      "A38: 200 attributes",
      400,
      {
        ...binary("1"),
        ...Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`ce-a${index}`, "1"])),
      },
      "",
      "at most",
    ],
    [
      "A38: another version",
      400,
      { ...binary("1"), "ce-specversion": "0.3" },
      "",
      `specversion "0.3" is not 1.0`,
    ],
    [
      "A38: a line end in a header",
      400,
      { ...binary("1"), "ce-subject": "a%0d%0aNats-Msg-Id: 1" },
      "",
      "control characters",
    ],
    [
      "A38: a line end in JSON",
      400,
      structured,
      JSON.stringify(sampleEvent("1\r\nPUB x 1")),
      "control characters",
    ],
    ["an attribute that is there twice", 400, { ...binary("1"), "ce-id": ["1", "2"] }, "", "more than once"],
    ["no body", 400, structured, "", "not JSON"],
    ["half of a body", 400, structured, `{"specversion":"1.0"`, "not JSON"],
    ["a list where one event should be", 400, structured, "[]", "must be a JSON object"],
    ["an event where a list should be", 400, batched, "{}", "must be a JSON array"],
    ["bytes", 400, structured, Buffer.from([0xff, 0xfe]), "not UTF-8"],
    [
      "very deep JSON",
      400,
      structured,
      `{"data":${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
      "nested more than",
    ],
    ["nothing at all", 400, {}, "", "is no CloudEvent"],
    [
      "another kind of body",
      400,
      { "content-type": "application/json" },
      "{}",
      "the request is no CloudEvent",
    ],
    ["two content types", 400, { ...binary("1"), "content-type": ["a/b", "a/b"] }, "x", "more than once"],
    [
      "a content type that no header can hold",
      400,
      structured,
      JSON.stringify(sampleEvent("1", { datacontenttype: "text/\u2713" })),
      "datacontenttype",
    ],
    [
      "a header that is not UTF-8",
      400,
      { ...binary("1"), "ce-subject": "Z\u00fcrich" },
      "",
      "the header ce-subject is not UTF-8: percent-encode",
    ],
    ["a compressed body", 415, { ...structured, "content-encoding": "gzip" }, "x", "must not be compressed"],
  ])("%s", async (_, status, headers, body, sentence) => {
    const answer = await scene.send({ headers, body });
    expect(answer).toMatchObject({ ...refusal, status });
    expect(answer.body).toContain(sentence);
    expect(answer.body.trim().split("\n")).toHaveLength(1);
    expect(await scene.stored()).toEqual([]);
  });

  test("in the older API", async () => {
    const answer = await scene.send({ path: "/shop/v1/events", body: `{"event-type":"order.created"}` });
    expect(answer).toMatchObject({ status: 400, headers: { "content-type": "application/json" } });
    expect(JSON.parse(answer.body)).toMatchObject({
      type: "validation_violation",
      details: [{ field: "event-type-version" }],
    });
    const large = await scene.send({ path: "/shop/v1/events", body: "x".repeat(70_000) });
    expect(JSON.parse(large.body)).toMatchObject({ status: 413, type: "request_body_too_large" });
  });

  test.each([
    ["GET", "/publish", "POST"],
    ["DELETE", "/shop/v1/events", "POST"],
    ["POST", "/shop/v1/events/subscribed", "GET, HEAD"],
    ["POST", "/healthz", "GET, HEAD"],
  ])("%s %s is told what there is", async (method, path, allow) => {
    expect(await scene.send({ method, path })).toMatchObject({ status: 405, headers: { allow } });
  });

  test.each(["/", "/publish/", "/shop/v2/events", "//v1/events", "/%zz/v1/event"])(
    "there is nothing at %s",
    async (path) => {
      expect((await scene.send({ path, body: "x" })).status).toBe(404);
    },
  );
});

test("an application is told which of its events somebody subscribed to", async () => {
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "subscribed-events" } };
  await client.create(namespaces, namespace);
  onTestFinished(() => client.delete(namespaces, { name: "subscribed-events" }));
  const told = async (application: string): Promise<unknown> => {
    const answer = await scene.send({ method: "GET", path: `/${application}/v1/events/subscribed` });
    expect(answer.status).toBe(200);
    return JSON.parse(answer.body);
  };
  expect(await told("told-shop")).toEqual({ eventsInfo: [] });
  const spec = {
    sink: "http://orders.subscribed-events.svc.cluster.local",
    source: "told-shop",
    types: ["order.created.v1"],
  };
  const subscription = {
    apiVersion: "eventing.kyma-project.io/v1alpha2",
    kind: "Subscription",
    metadata: { name: "orders", namespace: "subscribed-events" },
    spec,
  };
  await client.create(subscriptions, subscription);
  await vi.waitFor(async () =>
    expect(await told("told-shop")).toEqual({ eventsInfo: [{ name: "order.created", version: "v1" }] }),
  );
  await client.delete(subscriptions, { namespace: "subscribed-events", name: "orders" });
  await vi.waitFor(async () => expect(await told("told-shop")).toEqual({ eventsInfo: [] }));
});

test("metrics say what was accepted and refused", async () => {
  const type = "metrics.counted.v1";
  await scene.publish(sampleEvent("metrics-1", { type }));
  await scene.publish(sampleEvent("", { type }));
  const text = await (await fetch(`http://127.0.0.1:${scene.adminPort}/metrics`)).text();
  expect(text).toMatch(/eventing_epp_requests_total\{code="204",method="POST",path="\/publish"\} \d+/);
  expect(text).toMatch(/eventing_epp_requests_total\{code="400",method="POST",path="\/publish"\} \d+/);
  expect(text).toContain(
    `eventing_epp_event_type_published_total{event_type="${type}",event_source="shop",code="204"} 1`,
  );
  expect(text).toMatch(
    /eventing_epp_backend_duration_milliseconds_count\{code="204",destination_service="nats:/,
  );
  expect(text).toContain("eventing_epp_health 1");
  expect(text).not.toContain(scene.config.nats.password);
});
