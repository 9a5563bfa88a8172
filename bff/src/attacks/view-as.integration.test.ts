import { configMaps, namespaces } from "@kyma/kube/resource-types.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { WebSocket } from "ws";
import { createAccount, grantEverywhere, mintToken, signInAs } from "../testing/accounts.ts";
import {
  createNamespace,
  readUntil,
  signIn,
  postGraphql,
  startTestConsole,
  type TestConsole,
} from "../testing/test-console.ts";

let app: TestConsole;
let namespace: string;
let viewer: string;
beforeAll(async () => {
  app = await startTestConsole(inject("kubeconfig"));
  namespace = await createNamespace(app.kube);
  viewer = await createAccount(app.kube, { namespace, name: "viewer" }, [
    { verbs: ["get", "list", "watch"], apiGroups: [""], resources: ["configmaps", "pods"] },
  ]);
  const metadata = { namespace, name: "shown" };
  await app.kube.create(configMaps, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata,
    data: { a: "1" },
  } as KubeObject);
});
afterAll(() => app[Symbol.asyncDispose]());

interface Browser {
  graphql: TestConsole["graphql"];
  cookie: string;
}
async function openBrowser(): Promise<Browser> {
  const cookie = await signIn(app.signInFile);
  return {
    cookie,
    graphql: (query, variables) => postGraphql(app.url, { query, variables }, { cookie }),
  };
}
const session = "{ session { user signedInAs actor viewAs { user groups } } }";
const viewAs = "mutation($subject: ViewAsInput!) { viewAs(subject: $subject) }";
const type = (plural: string, group = ""): object => ({ group, version: "v1", plural });
const objects =
  "query($type: ResourceType!, $namespace: String) { objects(type: $type, namespace: $namespace) }";
const watch =
  "subscription($type: ResourceType!, $namespace: String) { objectsEvents(type: $type, namespace: $namespace) { snapshot objects } }";

test("everything goes through the identity that is viewed as, and back after stopping", async () => {
  const { graphql } = await openBrowser();
  const before = (await graphql(session)).data?.["session"] as { actor: string; user: string };
  expect((await graphql(viewAs, { subject: { user: viewer } })).errors).toBeUndefined();
  const during = (await graphql(session)).data?.["session"] as { actor: string };
  expect(during).toMatchObject({ user: viewer, viewAs: { user: viewer, groups: [] } });
  expect(during.actor).not.toBe(before.actor);
  const allowed = await graphql(objects, { type: type("configmaps"), namespace });
  expect(JSON.stringify(allowed.data)).toContain("shown");
  const create = "mutation($object: JSON!) { createObject(object: $object) }";
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace, name: "mine" } };
  for (const refused of [
    await graphql(objects, { type: type("secrets"), namespace }),
    await graphql(objects, { type: type("nodes") }),
    await graphql(create, { object }),
    await graphql(
      `mutation { deleteObject(ref: {type: {version: "v1", plural: "configmaps"}, namespace: "${namespace}", name: "shown"}) }`,
    ),
  ]) {
    expect(refused.errors?.[0]).toMatchObject({ extensions: { code: "FORBIDDEN" } });
    expect(refused.errors?.[0]?.message).toContain(viewer);
  }
  expect((await graphql("mutation { stopViewAs }")).data).toEqual({ stopViewAs: true });
  expect((await graphql(session)).data?.["session"]).toMatchObject({ actor: before.actor, viewAs: null });
  expect((await graphql(create, { object })).errors).toBeUndefined();
  expect(app.logged.join("\n")).toContain("acts as somebody else");
});

test("live views of the identity before end at the switch, and what comes anew has the new rights", async () => {
  const { graphql, cookie } = await openBrowser();
  const socket = app.socket({ cookie, lazy: false });
  const closed = new Promise<number>((resolve) =>
    socket.on("closed", (event) => resolve((event as { code: number }).code)),
  );
  const stream = socket.iterate({
    query: watch,
    variables: { type: type("secrets"), namespace },
  });
  expect((await stream.next()).value).toBeDefined();
  const headers = { cookie };
  const terminal = new WebSocket(`${app.url.replace("http", "ws")}/terminal`, { headers, origin: app.url });
  await once(terminal, "open");
  const terminalClosed = once(terminal, "close", { signal: AbortSignal.timeout(5000) });
  await graphql(viewAs, { subject: { user: viewer } });
  expect((await terminalClosed)[0]).toBe(4410);
  expect(await Promise.race([closed, delay(5000, "still open")])).toBe(4410);
  await expect(
    stream.next().then(({ done }) => (done ? Promise.reject(new Error("ended")) : "more")),
  ).rejects.toBeDefined();
  const anew = app.socket({ cookie });
  await expect(
    readUntil(anew, watch, { type: type("secrets"), namespace }, () => true),
  ).rejects.toMatchObject({ extensions: { code: "FORBIDDEN" } });
  expect(await readUntil(anew, watch, { type: type("configmaps"), namespace }, () => true)).toHaveLength(1);
  await anew.dispose();
});

test("both tabs of a browser switch; another browser of the same person does not", async () => {
  const first = await openBrowser();
  const second = await openBrowser();
  await first.graphql(viewAs, { subject: { user: "jane", groups: ["dev"] } });
  expect((await first.graphql(session)).data?.["session"]).toMatchObject({
    user: "jane",
    viewAs: { groups: ["dev"] },
  });
  expect((await second.graphql(session)).data?.["session"]).toMatchObject({ viewAs: null });
  await first.graphql("mutation { signOut }");
  expect((await first.graphql(session)).status).toBe(401);
});

test("who may not impersonate is told which right is missing, before anything changes", async () => {
  const token = await mintToken(app.kube, { namespace, name: "viewer" });
  const { graphql } = await signInAs(app, token);
  const refused = await graphql(viewAs, { subject: { user: "admin", groups: ["system:masters"] } });
  expect(refused.errors?.[0]).toMatchObject({
    extensions: { code: "FORBIDDEN" },
    message: expect.stringMatching(
      /may not impersonate users "admin", groups "system:masters".*"impersonate"/,
    ) as string,
  });
  expect((await graphql(session)).data?.["session"]).toMatchObject({ user: viewer, viewAs: null });
});

test("the right to impersonate one user is no right to become another, nor to keep one's groups", async () => {
  const account = { namespace, name: "helper" };
  await createAccount(app.kube, account, []);
  const dispose = await grantEverywhere(app.kube, account, [
    { verbs: ["impersonate"], apiGroups: [""], resources: ["users"], resourceNames: ["jane"] },
  ]);
  try {
    const { graphql } = await signInAs(app, await mintToken(app.kube, account));
    expect((await graphql(viewAs, { subject: { user: "admin" } })).errors?.[0]?.extensions["code"]).toBe(
      "FORBIDDEN",
    );
    expect(
      (await graphql(viewAs, { subject: { user: "jane", groups: ["system:masters"] } })).errors?.[0]
        ?.extensions["code"],
    ).toBe("FORBIDDEN");
    expect((await graphql(viewAs, { subject: { user: "jane" } })).errors).toBeUndefined();
    // From jane nobody climbs on, but may go from one to the next with one's own right.
    expect((await graphql(viewAs, { subject: { user: "admin" } })).errors?.[0]?.extensions["code"]).toBe(
      "FORBIDDEN",
    );
    expect((await graphql(session)).data?.["session"]).toMatchObject({ user: "jane" });
  } finally {
    await dispose();
  }
});

test("A21: headers of the client that name somebody else go nowhere", async () => {
  const token = await mintToken(app.kube, { namespace, name: "viewer" });
  const { cookie } = await signInAs(app, token);
  const names = [
    "Impersonate-User",
    "Impersonate-Group",
    "X-Remote-User",
    "X-Remote-Group",
    "X-Forwarded-Access-Token",
    "X-WEBAUTH-USER",
  ];
  for (const name of names) {
    const headers = { cookie, [name]: "system:masters", connection: "Authorization" };
    const answer = await postGraphql(app.url, { query: session }, headers);
    expect(answer.data?.["session"]).toMatchObject({ user: viewer });
    const secrets = { query: objects, variables: { type: type("secrets"), namespace: "kube-system" } };
    expect((await postGraphql(app.url, secrets, headers)).errors?.[0]?.extensions["code"]).toBe("FORBIDDEN");
  }
});

test.for([
  { user: "" },
  { user: " " },
  { user: "a\r\nImpersonate-Group: system:masters" },
  { user: "ä" },
  { user: "a", groups: ["b\n"] },
  { user: "a", groups: [""] },
  { user: "x".repeat(600) },
  { user: "a", groups: Array.from({ length: 51 }, (_, index) => `g${index}`) },
])("a name that is none is refused: %j", async (subject) => {
  const { graphql } = await openBrowser();
  expect((await graphql(viewAs, { subject })).errors?.[0]?.extensions["code"]).toBe("BAD_INPUT");
});

test("A18, A24: what one person lists, another without the right gets from no cache, edge or node", async () => {
  const admin = await openBrowser();
  const metadata = { namespace, name: "hidden" };
  const { secrets } = await import("@kyma/kube/resource-types.ts");
  await app.kube.create(secrets, {
    apiVersion: "v1",
    kind: "Secret",
    metadata,
    stringData: { a: "s3cret-of-a24" },
  } as KubeObject);
  const socket = app.socket({ cookie: admin.cookie });
  const stream = socket.iterate({ query: watch, variables: { type: type("secrets"), namespace } });
  await stream.next();
  expect((await admin.graphql(objects, { type: type("secrets"), namespace })).errors).toBeUndefined();
  const stranger = await signInAs(app, await mintToken(app.kube, { namespace, name: "viewer" }));
  const ref = `{type: {version: "v1", plural: "secrets"}, namespace: "${namespace}", name: "hidden"}`;
  for (const answer of [
    await stranger.graphql(objects, { type: type("secrets"), namespace }),
    await stranger.graphql(`{ object(ref: ${ref}) }`),
    await stranger.graphql(`{ objectYaml(ref: ${ref}) }`),
    await stranger.graphql(`{ revealSecret(namespace: "${namespace}", name: "hidden", key: "a") }`),
  ]) {
    expect(answer.errors?.[0]?.extensions["code"]).toBe("FORBIDDEN");
    expect(JSON.stringify(answer)).not.toContain("s3cret");
  }
  const theirs = app.socket({ cookie: stranger.cookie });
  const window =
    "subscription($scope: TableScope!) { tableWindow(scope: $scope, view: {}) { total forbidden rows { name } } }";
  for (const [query, variables] of [
    [watch, { type: type("secrets"), namespace }],
    [`subscription { objectEvents(ref: ${ref}) { object } }`, {}],
  ] as const) {
    await expect(readUntil(theirs, query, variables, () => true)).rejects.toMatchObject({
      extensions: { code: "FORBIDDEN" },
    });
  }
  // A list over several namespaces goes on without those that may not be read.
  const listed = await readUntil<{ total: number; forbidden: string[]; rows: unknown[] }>(
    theirs,
    window,
    { scope: { type: type("secrets"), namespaces: [namespace] } },
    () => true,
  ).catch((error: unknown) => error);
  expect(JSON.stringify(listed)).not.toContain("hidden");
  await theirs.dispose();
  await socket.dispose();
});

test("A25: who may get pods only is refused logs and all that enters a pod, and nothing is tried as the console", async () => {
  const stranger = await signInAs(app, await mintToken(app.kube, { namespace, name: "viewer" }));
  const { pods } = await import("@kyma/kube/resource-types.ts");
  const containers = [{ name: "a", image: "kyma.local/test-issuer:1" }];
  await app.kube.create(pods, {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { namespace, name: "guarded" },
    spec: { containers },
  } as KubeObject);
  // There is a log to be read only of a container that has run.
  const state = { running: { startedAt: new Date().toISOString() } };
  const running = { name: "a", image: "a", imageID: "", ready: true, restartCount: 0, state };
  const status = { phase: "Running", containerStatuses: [running] };
  await app.kube.patch(
    pods,
    { namespace, name: "guarded" },
    { status },
    { type: "merge", subresource: "status" },
  );
  const socket = app.socket({ cookie: stranger.cookie });
  const logs = `subscription { logs(source: {namespace: "${namespace}", pod: "guarded"}) { ended } }`;
  await expect(readUntil(socket, logs, {}, () => false)).rejects.toMatchObject({
    extensions: { code: "FORBIDDEN" },
    message: expect.stringContaining("pods/log") as string,
  });
  const checks = ["exec", "attach", "portforward", "ephemeralcontainers", "log"].map((subresource) => ({
    verb: subresource === "ephemeralcontainers" ? "update" : subresource === "log" ? "get" : "create",
    resource: "pods",
    subresource,
    namespace,
  }));
  const asked = await stranger.graphql(
    "query($checks: [AccessCheck!]!) { access(checks: $checks) { allowed message } }",
    { checks: [...checks, { verb: "create", resource: "serviceaccounts", subresource: "token", namespace }] },
  );
  const answers = asked.data?.["access"] as { allowed: boolean; message: string }[];
  expect(answers.map(({ allowed }) => allowed)).toEqual(Array(6).fill(false));
  expect(answers[0]?.message).toContain(`User "${viewer}" cannot create resource "pods/exec"`);
  const patch = `mutation { patchObject(ref: {type: {version: "v1", plural: "pods"}, namespace: "${namespace}", name: "guarded"}, patch: {spec: {ephemeralContainers: []}}, subresource: "ephemeralcontainers", type: STRATEGIC) }`;
  expect((await stranger.graphql(patch)).errors?.[0]?.extensions["code"]).toBe("FORBIDDEN");
  await socket.dispose();
});

test("who may list nothing at all still gets an answer of their own", async () => {
  const account = { namespace, name: "nobody" };
  await createAccount(app.kube, account, []);
  const { graphql } = await signInAs(app, await mintToken(app.kube, account));
  const answer = await graphql(objects, { type: type("namespaces") });
  expect(answer.errors?.[0]?.message).toContain('cannot list resource "namespaces"');
  expect(namespaces.plural).toBe("namespaces");
});
