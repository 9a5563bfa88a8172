import type { ApiScene } from "@kyma/event-dispatcher/api/testing/api-scene.ts";
import { startServedScene, type ServedScene } from "@kyma/event-dispatcher/api/testing/served-scene.ts";
import type { TestSinks } from "@kyma/event-dispatcher/api/testing/sinks.ts";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createAccount, mintToken, signInAs } from "../testing/accounts.ts";
import {
  readUntil,
  startTestConsole,
  type GraphqlAnswer,
  type TestConsole,
} from "../testing/test-console.ts";

let served: ServedScene;
let sinks: TestSinks;
let scene: ApiScene;
let app: TestConsole;

beforeAll(async () => {
  served = await startServedScene();
  ({ sinks, scene } = served);
  app = await startTestConsole(served.cluster.controlPlane.kubeconfig);
}, 120_000);
afterAll(async () => {
  await app?.[Symbol.asyncDispose]();
  await served?.stop();
}, 60_000);

interface Problem {
  kind: string;
  message: string;
}
interface Letter {
  name: string;
  subscription: string;
  attempts: number;
  answer: string;
  event: string;
}
interface Letters {
  deadLetters: Letter[];
  continue: string | null;
  problems: Problem[];
}

const lettersQuery = `query ($namespaces: [String!], $subscription: String, $limit: Int!, $continue: String) {
  deadLetters(namespaces: $namespaces, subscription: $subscription, limit: $limit, continue: $continue) {
    deadLetters { name subscription attempts answer event } continue problems { kind message }
  }
}`;

type Ask = (query: string, variables: object) => Promise<GraphqlAnswer>;

async function lettersOf(variables: object, ask?: Ask): Promise<Letters> {
  const asked = { limit: 100, ...variables };
  const { data, errors } = await (ask?.(lettersQuery, asked) ?? app.graphql(lettersQuery, asked));
  if (errors) throw new Error(errors[0]?.message);
  return data?.["deadLetters"] as Letters;
}

test("the page of a Subscription tells how its events are delivered", async () => {
  const namespace = await scene.namespace();
  const key = { namespace, name: "orders" };
  await scene.subscribe(key);
  await scene.park(key);
  const socket = app.socket();
  const query = `subscription ($ref: ObjectRef!) { objectPage(ref: $ref) { changed delivery {
    state { types { type exists rate pending } deadLetters lastError { status message eventId } } problem { message }
  } } }`;
  const type = { group: "eventing.kyma-project.io", version: "v1alpha2", plural: "subscriptions" };
  let told = false;
  interface Page {
    delivery?: {
      state: { types: { rate: number | null }[]; deadLetters: number; lastError: unknown } | null;
      problem: unknown;
    } | null;
  }
  const messages = await readUntil<Page>(socket, query, { ref: { type, ...key } }, ({ delivery }) => {
    const state = delivery?.state;
    if (state && !told) {
      told = true;
      scene.tell(key, {
        attempt: 1,
        status: 503,
        outcome: "retry",
        durationMs: 1,
        error: "overloaded",
        event: { id: "7", source: "shop", type: "order.created.v1" },
      });
    }
    return state?.lastError != null && state.types[0]?.rate != null;
  });
  expect(messages.at(-1)?.delivery).toMatchObject({
    problem: null,
    state: {
      deadLetters: 1,
      types: [{ type: "order.created.v1", exists: false, rate: 0, pending: 0 }],
      lastError: { status: 503, message: "overloaded", eventId: "7" },
    },
  });
  await socket.dispose();
});

test("eventing tells of streams, types that were seen, and Subscriptions with their dead letters", async () => {
  const namespace = await scene.namespace();
  const key = { namespace, name: "orders" };
  await scene.subscribe(key);
  await scene.park(key);
  await scene.publish("kyma.shop.order.created.v1", { id: "1" });
  interface Message {
    streams: { name: string; maxBytes: number }[] | null;
    server: { version: string } | null;
    observed: { type: string; source: string }[] | null;
    subscriptions: object[] | null;
    subscriptionsTotal: number;
    deadLettersTotal: number | null;
    problems: Problem[];
  }
  const query = `subscription ($namespaces: [String!]) { eventing(namespaces: $namespaces) {
    streams { name maxBytes } server { version } observed { type source }
    subscriptions { namespace name source sink ready deadLetters types { type } }
    subscriptionsTotal deadLettersTotal problems { kind message }
  } }`;
  const socket = app.socket();
  const messages = await readUntil<Message>(
    socket,
    query,
    { namespaces: [namespace] },
    ({ observed, deadLettersTotal }) =>
      deadLettersTotal === 1 && (observed ?? []).some(({ type }) => type === "order.created.v1"),
  );
  const figuresQuery = `subscription ($namespaces: [String!]) { subscriptionFigures(namespaces: $namespaces) {
    staleSince figures { namespace name waiting deadLetters } problems { message }
  } }`;
  const places = { namespaces: [namespace] };
  const [told] = await readUntil<{ figures: object[] }>(socket, figuresQuery, places, () => true);
  await socket.dispose();
  const figures = [{ ...key, waiting: 0, deadLetters: 1 }];
  expect(told).toEqual({ staleSince: null, figures, problems: [] });
  const last = messages.at(-1);
  expect(last?.streams?.map(({ name }) => name).sort()).toEqual(["kyma-deadletter", "sap"]);
  expect(last?.server?.version).toMatch(/^\d+\.\d+/);
  expect(last).toMatchObject({
    subscriptionsTotal: 1,
    problems: [],
    subscriptions: [
      { ...key, source: "shop", ready: false, deadLetters: 1, types: [{ type: "order.created.v1" }] },
    ],
  });
});

test("events are seen as they are published, and attempts as they happen", async () => {
  const namespace = await scene.namespace();
  const key = { namespace, name: "orders" };
  await scene.subscribe(key);
  const socket = app.socket();
  interface Tail {
    watching: boolean;
    opened: boolean;
    events: { type: string; event: string }[];
  }
  // More digits than a JavaScript number holds, and levels that what is around them must not make too many.
  const data = `{"n":9007199254740993,"f":1.0,"deep":${"[".repeat(990)}${"]".repeat(990)}}`;
  const names = '"source":"shop","type":"kyma.shop.tail.seen.v1","originaltype":"tail.seen.v1"';
  const written = `{"specversion":"1.0","id":"yes",${names},"data":${data}}`;
  const tail = readUntil<Tail>(
    socket,
    `subscription { eventTail(type: "tail.*.v1", source: "sh*") { watching opened events { type event } omitted problem { message } } }`,
    {},
    ({ watching, events }, all) => {
      if (watching && all.length === 1) {
        void scene.publish("kyma.shop.other.v1", { id: "no" });
        void scene.publish("kyma.shop.tail.seen.v1", written);
      }
      return events.length > 0;
    },
  );
  interface Attempts {
    watching: boolean;
    attempts: object[];
  }
  const attempts = readUntil<Attempts>(
    socket,
    `subscription ($namespace: String!) { deliveryAttempts(namespace: $namespace, subscription: "orders") {
      watching attempts { eventId attempt status outcome nextAttemptMs error } omitted
    } }`,
    { namespace },
    ({ watching, attempts: seen }, all) => {
      const event = { id: "7", source: "shop", type: "order.created.v1" };
      const attempt = { event, attempt: 2, status: 500, durationMs: 1, error: "no", nextAttemptMs: 4000 };
      if (watching && all.length === 1) {
        scene.tell({ namespace, name: "payments" }, { ...attempt, outcome: "dead" });
        scene.tell(key, { ...attempt, outcome: "retry" });
      }
      return seen.length > 0;
    },
  );
  const seen = await tail;
  expect(seen[0]).toMatchObject({ watching: true, opened: true });
  expect(seen.at(-1)).toMatchObject({ opened: false, events: [{ type: "tail.seen.v1" }] });
  expect(seen.at(-1)?.events[0]?.event).toBe(
    `{"specversion":"1.0","id":"yes","source":"shop","type":"tail.seen.v1","data":${data}}`,
  );
  expect((await attempts).at(-1)?.attempts).toEqual([
    { eventId: "7", attempt: 2, status: 500, outcome: "RETRY", nextAttemptMs: 4000, error: "no" },
  ]);
  await socket.dispose();
});

test("the outcome of an event names whom it is for before it is sent, then what they answer", async () => {
  const [a, b] = [await scene.namespace(), await scene.namespace()];
  const type = `outcome.${a}.v1`;
  await scene.subscribe({ namespace: a, name: "orders" }, [type]);
  await scene.subscribe({ namespace: a, name: "others" }, ["another.type.v1"]);
  await scene.subscribe({ namespace: b, name: "mail" }, [type]);
  const event = { id: "out-1", source: "shop", type };
  interface Outcome {
    watching: boolean;
    matches: { namespace: string; name: string }[];
    attempts: { subscription: string; status: number }[];
    problems: Problem[];
  }
  const socket = app.socket();
  const query = `subscription ($event: EventKeyInput!) { testEventOutcome(event: $event) {
    watching matches { namespace name sink ready reason } attempts { subscription status } problems { message }
  } }`;
  const seen: string[] = [];
  const messages = await readUntil<Outcome>(socket, query, { event }, ({ watching, attempts }, all) => {
    const another = { event: { ...event, source: "bank" }, attempt: 1, status: 500 };
    if (watching && all.length === 1)
      scene.tell({ namespace: a, name: "orders" }, { ...another, outcome: "retry", durationMs: 1 });
    if (watching && all.length === 1)
      for (const [namespace, name] of [
        [a, "orders"],
        [b, "mail"],
      ] as const)
        scene.tell(
          { namespace, name },
          { event, attempt: 1, status: 204, outcome: "delivered", durationMs: 1 },
        );
    seen.push(...attempts.map(({ subscription, status }) => `${subscription} ${status}`));
    return seen.length === 2;
  });
  await socket.dispose();
  expect(messages[0]).toMatchObject({ watching: true, attempts: [], problems: [] });
  const names = messages[0]?.matches.map(({ namespace, name }) => `${namespace}/${name}`).sort();
  expect(names).toEqual([`${a}/orders`, `${b}/mail`].sort());
  expect(seen.sort()).toEqual(["mail 204", "orders 204"]);
});

test("dead letters are read page by page, replayed and discarded", async () => {
  const namespace = await scene.namespace();
  const key = { namespace, name: "orders" };
  const host = await scene.subscribe(key);
  for (const id of ["1", "2", "3"]) await scene.park(key, { event: { id }, answer: `broken ${id}` });
  const idsOf = ({ deadLetters }: Letters) =>
    deadLetters.map(({ event }) => (JSON.parse(event) as { id: string }).id);
  const first = await lettersOf({ namespaces: [namespace], subscription: "orders", limit: 2 });
  expect(idsOf(first)).toEqual(["3", "2"]);
  const rest = await lettersOf({ namespaces: [namespace], limit: 2, continue: first.continue });
  expect(idsOf(rest)).toEqual(["1"]);
  expect(rest.deadLetters).toMatchObject([{ answer: "broken 1", attempts: 3 }]);
  const [third, second] = first.deadLetters;

  const replay = `mutation ($namespace: String!, $name: String!, $event: String) {
    replayDeadLetter(namespace: $namespace, name: $name, event: $event) { delivered status answer deadLetter }
  }`;
  sinks.of(host).answer = { status: 500, body: "still broken" };
  const refused = await app.graphql(replay, { namespace, name: third?.name });
  expect(refused.data?.["replayDeadLetter"]).toMatchObject({
    delivered: false,
    status: 500,
    answer: "still broken",
    deadLetter: expect.stringMatching(/^\d+$/) as string,
  });
  sinks.of(host).answer = { status: 200, body: "" };
  // More digits than a JavaScript number holds.
  const event = `{"specversion":"1.0","id":"2","source":"shop","type":"order.created.v1","data":12345678901234567890}`;
  const healed = await app.graphql(replay, { namespace, name: second?.name, event });
  expect(healed.data?.["replayDeadLetter"]).toMatchObject({ delivered: true, status: 200, deadLetter: null });
  expect(sinks.of(host).calls.at(-1)?.body).toBe("12345678901234567890");
  const unsound = await app.graphql(replay, {
    namespace,
    name: third?.name,
    event: event.replace(`"shop"`, `"a b"`),
  });
  expect(unsound.errors?.[0]).toMatchObject({ extensions: { code: "BAD_INPUT" } });

  const discard = `mutation ($namespace: String!, $name: String!) {
    discardDeadLetter(namespace: $namespace, name: $name)
  }`;
  const left = await lettersOf({ namespaces: [namespace] });
  expect(idsOf(left)).toEqual(["3", "1"]);
  expect(left.deadLetters[0]?.attempts).toBe(4);
  for (const { name } of left.deadLetters)
    expect((await app.graphql(discard, { namespace, name })).errors).toBeUndefined();
  expect((await lettersOf({ namespaces: [namespace] })).deadLetters).toEqual([]);
});

test("dead letters of several namespaces are read page by page, none left out", async () => {
  const [first, second] = [await scene.namespace(), await scene.namespace()];
  for (const namespace of [first, second]) await scene.subscribe({ namespace, name: "orders" });
  for (const id of ["1", "2", "3", "4", "5"])
    await scene.park({ namespace: id === "3" ? second : first, name: "orders" }, { event: { id } });
  const seen: string[] = [];
  let from: string | null | undefined;
  do {
    const page = await lettersOf({ namespaces: [first, second], limit: 2, continue: from });
    seen.push(...page.deadLetters.map(({ event }) => (JSON.parse(event) as { id: string }).id));
    from = page.continue;
  } while (from);
  expect(seen).toEqual(["5", "4", "3", "2", "1"]);
});

test("a viewer reads dead letters of one namespace, and is told which right is missing for all else", async () => {
  const namespace = await scene.namespace();
  const key = { namespace, name: "orders" };
  await scene.subscribe(key);
  await scene.park(key);
  const group = "delivery.eventing.kyma-project.io";
  await createAccount(served.cluster.client, { namespace, name: "viewer" }, [
    { verbs: ["get", "list"], apiGroups: [group], resources: ["deadletters"] },
  ]);
  const token = await mintToken(served.cluster.client, { namespace, name: "viewer" });
  const { graphql } = await signInAs(app, token);
  const own = await lettersOf({ namespaces: [namespace] }, graphql);
  expect(own.problems).toEqual([]);
  expect(own.deadLetters).toHaveLength(1);
  expect(await lettersOf({}, graphql)).toMatchObject({
    deadLetters: [],
    problems: [{ kind: "FORBIDDEN", message: `You may not list deadletters.${group} in the whole cluster.` }],
  });
  const name = own.deadLetters[0]?.name;
  const answer = await graphql(
    `
      mutation ($namespace: String!, $name: String!) {
        discardDeadLetter(namespace: $namespace, name: $name)
      }
    `,
    { namespace, name },
  );
  expect(answer.errors?.[0]?.extensions["code"]).toBe("FORBIDDEN");
  const event = JSON.stringify({ specversion: "1.0", id: "1", source: "shop", type: "order.created.v1" });
  const sent = await graphql("mutation ($event: String!) { sendTestEvent(event: $event) { accepted } }", {
    event,
  });
  expect(sent.errors?.[0]).toMatchObject({
    message: expect.stringContaining(`cannot create resource "services/proxy"`) as string,
    extensions: { code: "FORBIDDEN" },
  });
});

test("sources and types are suggested from Subscriptions and from what was seen", async () => {
  const namespace = await scene.namespace();
  await scene.subscribe({ namespace, name: "orders" }, ["suggested.only.v1"]);
  await scene.publish("kyma.shop.suggested.seen.v1", { id: "s" });
  const query = "query { eventSuggestions { sources types { type source seen } } }";
  await vi.waitFor(async () => {
    const { data } = await app.graphql(query);
    const found = data?.["eventSuggestions"] as { sources: string[]; types: object[] } | undefined;
    expect(found?.sources).toContain("shop");
    expect(found?.types).toEqual(
      expect.arrayContaining([
        { type: "suggested.only.v1", source: "shop", seen: false },
        { type: "suggested.seen.v1", source: "shop", seen: true },
      ]),
    );
  });
  const typed = await app.graphql(
    `query { eventSuggestions(source: "shop", type: "suggested.o") { types { type } complete } }`,
  );
  expect(typed.data?.["eventSuggestions"]).toEqual({
    types: [{ type: "suggested.only.v1" }],
    complete: true,
  });
});
