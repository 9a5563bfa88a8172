import type { AggregatingCluster } from "@kyma/local-cluster/testing/aggregating-cluster.ts";
import { kubectlWith, type Kubectl } from "@kyma/local-cluster/node-agent/testing/kubectl.ts";
import { until } from "@kyma/local-cluster/node-agent/testing/test-node.ts";
import { subscriptions } from "@kyma/crds/resource-types.ts";
import { namespaces } from "@kyma/kube/resource-types.ts";
import type { IncomingMessage } from "node:http";
import * as https from "node:https";
import { text } from "node:stream/consumers";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { deadLetterStreamConfig, defaultStreamLimits } from "@kyma/eventing/streams.ts";
import type { DeadLetter, ReplayAnswer } from "@kyma/eventing/delivery-objects.ts";
import type { ApiScene } from "./testing/api-scene.ts";
import { lettersOf, namesOf, type LetterList } from "./testing/letters.ts";
import { startServedScene, type ServedScene } from "./testing/served-scene.ts";
import type { TestSink, TestSinks } from "./testing/sinks.ts";

let served: ServedScene;
let cluster: AggregatingCluster;
let sinks: TestSinks;
let scene: ApiScene;
let kubectl: Kubectl;

beforeAll(async () => {
  served = await startServedScene();
  ({ cluster, sinks, scene } = served);
  const { kubeconfig } = cluster.controlPlane;
  kubectl = kubectlWith(join(inject("toolsDir"), "kubectl"), ["--kubeconfig", kubeconfig]);
}, 120_000);
afterAll(() => served?.stop(), 60_000);

/** The sink of a new Subscription that the dispatcher knows. */
async function subscribe(key: { namespace: string; name: string }): Promise<TestSink> {
  const sink = sinks.of(await scene.subscribe(key));
  await scene.untilKnown(key);
  return sink;
}

test("a viewer sees the dead letters of the namespace, and no other, and may not change them", async () => {
  const [a, b] = [await scene.namespace(), await scene.namespace()];
  const viewer = await scene.user(a, "view");
  const mine = await scene.park({ namespace: a, name: "orders" });
  const others = await scene.park({ namespace: b, name: "orders" });
  await until("the viewer may", async () => (await scene.ask(lettersOf(a), { as: viewer })).status === 200);
  const { body } = await scene.ask<LetterList>(lettersOf(a), { as: viewer });
  expect(namesOf(body)).toEqual([mine]);
  expect((await scene.ask(lettersOf(b), { as: viewer })).status).toBe(403);
  expect((await scene.ask("/deadletters", { as: viewer })).status).toBe(403);
  expect((await scene.ask(lettersOf(a, `/${others}`), { as: viewer })).status).toBe(404);
  const replay = { as: viewer, method: "POST" };
  expect((await scene.ask(lettersOf(a, `/${mine}/replay`), replay)).status).toBe(403);
  for (const path of [`/${mine}`, ""])
    expect((await scene.ask(lettersOf(a, path), { as: viewer, method: "DELETE" })).status).toBe(403);
  const all = await scene.ask<LetterList>("/deadletters");
  expect(namesOf(all.body)).toEqual(expect.arrayContaining([mine, others]));
});

test("an editor replays: what heals is removed, what fails again stays with one attempt more", async () => {
  const namespace = await scene.namespace();
  const key = { namespace, name: "orders" };
  const editor = await scene.user(namespace, "edit");
  const sink = await subscribe(key);
  const name = await scene.park(key, { event: { id: "7", data: { n: 1 } } });
  const replay = (which: string, body?: unknown) =>
    scene.ask<ReplayAnswer>(lettersOf(namespace, `/${which}/replay`), { as: editor, method: "POST", body });
  sink.answer = { status: 503, body: "still <b>broken</b>" };
  await until("the editor may", async () => (await replay("999999")).status === 404);
  expect((await replay(name)).body).toMatchObject({ delivered: false, status: 503 });
  const [failed] = (await scene.ask<LetterList>(lettersOf(namespace))).body.items;
  expect(failed).toMatchObject({
    status: 503,
    answer: "still <b>broken</b>",
    reason: "exhausted",
    attempts: 4,
  });
  expect(failed?.metadata.name).not.toBe(name);
  expect(Date.parse(failed?.lastReplay ?? "")).toBeGreaterThan(Date.now() - 60_000);

  sink.answer = { status: 204, body: "" };
  const healed = await replay(failed?.metadata.name ?? "");
  expect(healed).toMatchObject({
    status: 201,
    body: { kind: "Replay", status: 204, delivered: true, deadLetter: null },
  });
  expect(sink.calls.at(-1)).toMatchObject({
    headers: { "ce-id": "7", "ce-type": "order.created.v1" },
    body: `{"n":1}`,
  });
  expect((await scene.ask<LetterList>(lettersOf(namespace))).body.items).toEqual([]);
  expect((await replay(failed?.metadata.name ?? "")).status).toBe(404);
  for (const path of [`/${await scene.park(key)}`, ""])
    expect((await scene.ask(lettersOf(namespace, path), { as: editor, method: "DELETE" })).status).toBe(200);
});

test("an edited event is sent in place of the stored one, digit by digit, if it is an event", async () => {
  const namespace = await scene.namespace();
  const key = { namespace, name: "orders" };
  const sink = await subscribe(key);
  const name = await scene.park(key, { event: { id: "bad" } });
  const path = lettersOf(namespace, `/${name}/replay`);
  const replay = (body: unknown) =>
    scene.ask<ReplayAnswer & { message: string }>(path, { method: "POST", body });
  const incomplete = await replay({ event: { specversion: "1.0", id: "x" } });
  expect(incomplete).toMatchObject({ status: 422, body: { reason: "Invalid" } });
  expect(incomplete.body.message).toContain(`"source" is missing`);
  expect((await replay("{")).body).toMatchObject({ reason: "BadRequest", message: "the body is not JSON" });
  const large = {
    event: { specversion: "1.0", id: "1", source: "s", type: "a.b", data: "x".repeat(300_000) },
  };
  expect((await replay(large)).status).toBe(413);
  expect(sink.calls).toHaveLength(0);
  const edited = `{"event":{"specversion":"1.0","id":"good","source":"s","type":"a.b","data":{"n":12345678901234567890}}}`;
  expect((await replay(edited)).body).toMatchObject({ delivered: true, deadLetter: null });
  expect(sink.calls[0]).toMatchObject({ headers: { "ce-id": "good" }, body: `{"n":12345678901234567890}` });
});

test("without a Subscription, or with a sink that does not answer, nothing is lost", async () => {
  const namespace = await scene.namespace();
  const orphan = await scene.park({ namespace, name: "gone" });
  const replayed = await scene.ask<ReplayAnswer & { message: string }>(
    lettersOf(namespace, `/${orphan}/replay`),
    {
      method: "POST",
    },
  );
  expect(replayed).toMatchObject({ status: 409, body: { reason: "Conflict" } });
  expect(replayed.body.message).toContain("does not exist: create it again");
  expect(namesOf((await scene.ask<LetterList>(lettersOf(namespace))).body)).toEqual([orphan]);
});

test("a Subscription without spec says what is missing, and the dead letter stays", async () => {
  const namespace = await scene.namespace();
  const metadata = { namespace, name: "bare" };
  const apiVersion = "eventing.kyma-project.io/v1alpha2";
  await scene.client.create(subscriptions, { apiVersion, kind: "Subscription", metadata });
  await scene.untilKnown(metadata);
  const letter = await scene.park(metadata);
  const replay = lettersOf(namespace, `/${letter}/replay`);
  const { body } = await scene.ask<ReplayAnswer>(replay, { method: "POST" });
  expect(body).toMatchObject({ delivered: false, answer: expect.stringContaining("sink") as string });
  expect(namesOf((await scene.ask<LetterList>(lettersOf(namespace))).body)).toEqual([body.deadLetter]);
});

test("a dead letter is replayed once at a time", async () => {
  const namespace = await scene.namespace();
  const key = { namespace, name: "orders" };
  const sink = await subscribe(key);
  const name = await scene.park(key);
  const { promise, resolve } = Promise.withResolvers<void>();
  sink.hold = promise;
  const replay = () =>
    scene.ask<ReplayAnswer & { message: string }>(lettersOf(namespace, `/${name}/replay`), {
      method: "POST",
    });
  const first = replay();
  await until("the sink is called", () => sink.calls.length > 0);
  const second = await replay();
  expect(second).toMatchObject({ status: 409, body: { reason: "Conflict" } });
  expect(second.body.message).toContain("is being replayed already");
  resolve();
  expect((await first).body).toMatchObject({ delivered: true, deadLetter: null });
  expect(sink.calls).toHaveLength(1);
});

test("a dead letter whose stream is full stays as it is when its replay fails", async () => {
  const namespace = await scene.namespace();
  const key = { namespace, name: "orders" };
  const sink = await subscribe(key);
  sink.answer = { status: 500, body: "" };
  const name = await scene.park(key);
  const replay = () => scene.ask<ReplayAnswer>(lettersOf(namespace, `/${name}/replay`), { method: "POST" });
  await scene.manager.streams.update("kyma-deadletter", { max_bytes: 1 });
  onTestFinished(async () => {
    const { max_bytes = -1 } = deadLetterStreamConfig(defaultStreamLimits);
    await scene.manager.streams.update("kyma-deadletter", { max_bytes });
  });
  expect((await replay()).body).toMatchObject({ delivered: false, status: 500, deadLetter: name });
  expect((await scene.ask<DeadLetter>(lettersOf(namespace, `/${name}`))).body.attempts).toBe(3);
});

test("pages go from the newest to the oldest, over many namespaces and Subscriptions", async () => {
  const [a, b] = [await scene.namespace(), await scene.namespace()];
  const orders: string[] = [];
  const all: string[] = [];
  for (let index = 0; index < 60; index++) {
    const name = index % 3 === 0 ? "orders" : "pay.ments";
    const letter = await scene.park({ namespace: index % 2 === 0 ? a : b, name });
    if (index % 2 === 0) all.unshift(letter);
    if (index % 6 === 0) orders.unshift(letter);
  }
  const pages = async (query: string): Promise<string[]> => {
    const names: string[] = [];
    let next = "";
    do {
      const { body } = await scene.ask<LetterList>(lettersOf(a, `?${query}&limit=7&continue=${next}`));
      names.push(...namesOf(body));
      next = body.metadata.continue ?? "";
      expect(body.items.length === 7 || next === "").toBe(true);
    } while (next !== "");
    return names;
  };
  expect(await pages("")).toEqual(all);
  expect(await pages("subscription=orders")).toEqual(orders);
  expect(await pages("fieldSelector=subscription%3Dorders")).toEqual(orders);
  const { body } = await scene.ask<LetterList>(lettersOf(a, "?limit=10"));
  expect(body.metadata.remainingItemCount).toBe(20);
  for (const query of [
    "?limit=x",
    "?continue=%25",
    "?subscription=*",
    "?subscription=a%20b",
    "?labelSelector=a",
  ])
    expect((await scene.ask(lettersOf(a, query))).status, query).toBe(400);
});

test("an answer ends before it is too large; the rest is on the next page", async () => {
  const namespace = await scene.namespace();
  const letters: string[] = [];
  for (let index = 0; index < 12; index++)
    letters.unshift(
      await scene.park(
        { namespace, name: "large" },
        { event: { data: "x".repeat(index % 2 === 0 ? 1_040_000 : 500_000) } },
      ),
    );
  const names: string[] = [];
  let next = "";
  do {
    const { body, text: json } = await scene.ask<LetterList>(lettersOf(namespace, `?continue=${next}`));
    expect(json.length).toBeLessThan(2_500_000);
    names.push(...namesOf(body));
    next = body.metadata.continue ?? "";
  } while (next !== "");
  expect(names).toEqual(letters);
}, 60_000);

test("one dead letter or many are discarded; a dry run and a foreign uid discard nothing", async () => {
  const namespace = await scene.namespace();
  const [first, second, third] = [
    await scene.park({ namespace, name: "a" }),
    await scene.park({ namespace, name: "a" }),
    await scene.park({ namespace, name: "b" }),
  ];
  const remove = (query: string, body?: unknown) =>
    scene.ask(lettersOf(namespace, query), { method: "DELETE", body });
  const left = async (): Promise<string[]> =>
    namesOf((await scene.ask<LetterList>(lettersOf(namespace))).body);
  expect((await remove(`/${first}?dryRun=All`)).status).toBe(200);
  expect((await remove("", { kind: "DeleteOptions", apiVersion: "v1", dryRun: ["All"] })).status).toBe(200);
  expect((await remove(`/${first}`, { preconditions: { uid: "another" } })).status).toBe(409);
  expect((await remove(`/${first}`, { preconditions: { resourceVersion: "1" } })).status).toBe(409);
  expect((await remove("?labelSelector=a%3Db")).status).toBe(400);
  expect(await left()).toEqual([third, second, first]);
  expect((await remove(`/${first}`)).status).toBe(200);
  expect((await remove(`/${first}`)).status).toBe(404);
  expect((await remove("?subscription=a")).status).toBe(200);
  expect(await left()).toEqual([third]);
});

test("the dead letters of a namespace go with it", async () => {
  const [kept, deleted] = [await scene.namespace(), await scene.namespace()];
  const name = await scene.park({ namespace: kept, name: "orders" });
  await scene.park({ namespace: deleted, name: "orders" });
  await cluster.client.delete(namespaces, { name: deleted });
  const isGone = async (): Promise<boolean> => {
    const answer = await cluster.client.raw(`/api/v1/namespaces/${deleted}`);
    await answer.text();
    return answer.status === 404;
  };
  await until("the namespace is gone", isGone, 45_000);
  const { body } = await scene.ask<LetterList>("/deadletters?limit=500");
  expect(body.items.filter(({ metadata }) => metadata.namespace === deleted)).toEqual([]);
  expect(namesOf(body)).toContain(name);
}, 60_000);

test("kubectl discovers the API, prints dead letters and deletes them", async () => {
  const namespace = await scene.namespace();
  const name = await scene.park(
    { namespace, name: "orders" },
    { event: { type: "<script>alert(1)</script>" } },
  );
  const run = (...args: string[]) => kubectl(["-n", namespace, ...args]).result;
  const resources = await run(
    "api-resources",
    "--api-group=delivery.eventing.kyma-project.io",
    "--cached=false",
  );
  expect(resources).toMatchObject({ stderr: "", code: 0 });
  expect(resources.stdout).toMatch(/deadletters\s+delivery\S+\s+true\s+DeadLetter/);
  const listed = await run("get", "deadletters");
  expect(listed.stdout).toMatch(/NAME\s+SUBSCRIPTION\s+TYPE\s+REASON\s+ATTEMPTS\s+STATUS\s+AGE/);
  expect(listed.stdout).toMatch(
    new RegExp(`${name}\\s+orders\\s+<script>alert\\(1\\)</script>\\s+exhausted\\s+3\\s+500`),
  );
  expect((await run("get", "deadletter", name, "-o", "jsonpath={.event.id}")).stdout).toMatch(/^e\d+$/);
  expect((await run("explain", "deadletters")).stdout).toContain("could not be delivered");
  expect(await run("delete", "deadletter", name)).toMatchObject({ code: 0, stderr: "" });
  expect((await run("get", "deadletters")).stderr).toContain("No resources found");
});

interface DirectAnswer {
  status: number;
  type: string;
  body: string;
}

/** Asks for dead letters without a kubeconfig. */
async function askDirectly(
  place: { host: string; port: number },
  namespace: string,
  { identity = {}, headers = {} }: { identity?: object; headers?: Record<string, string> } = {},
): Promise<DirectAnswer> {
  const path = `/apis/delivery.eventing.kyma-project.io/v1alpha1${lettersOf(namespace)}`;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { ...place, ...identity, path, headers, agent: false, rejectUnauthorized: false };
    https.get(options, resolve).once("error", reject);
  });
  const type = `${answer.headers["content-type"]} ${String(answer.headers["x-content-type-options"])}`;
  return { status: answer.statusCode ?? 0, type, body: await text(answer) };
}

test("nobody is let in without credentials, nor past the API server, whatever headers say", async () => {
  const namespace = await scene.namespace();
  const subject = "</script><script>alert(1)</script>";
  await scene.park({ namespace, name: "orders" }, { event: { subject } });
  const apiServer = { host: "127.0.0.1", port: cluster.controlPlane.ports.apiserver };
  const dispatcher = { host: cluster.listenAddress, port: served.api.port };
  const forged = { "x-remote-user": "admin", "x-remote-group": "system:masters" };
  const refused = [
    await askDirectly(apiServer, namespace, { headers: forged }),
    await askDirectly(dispatcher, namespace),
    await askDirectly(dispatcher, namespace, { headers: forged }),
    await askDirectly(dispatcher, namespace, { identity: cluster.clientPairs.admin }),
    await askDirectly(dispatcher, namespace, { identity: cluster.clientPairs.admin, headers: forged }),
  ];
  for (const { status, body } of refused) {
    expect(status).toBe(401);
    expect(JSON.parse(body)).toMatchObject({ kind: "Status", reason: "Unauthorized", code: 401 });
    expect(body).not.toContain("orders");
  }
  const identity = cluster.clientPairs["front-proxy-client"];
  const proxied = await askDirectly(dispatcher, namespace, { identity });
  expect(proxied).toMatchObject({ status: 200, type: "application/json nosniff" });
  expect((JSON.parse(proxied.body) as LetterList).items[0]?.event?.subject).toBe(subject);
});
