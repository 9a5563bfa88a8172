import { ApiError } from "@kyma/kube/errors.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import type { KubeObject, ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { configMaps, deployments, pods, roleBindings, secrets } from "@kyma/kube/resource-types.ts";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import {
  clientWith,
  createAccount,
  grantEverywhere,
  mintToken,
  signInAs,
  type Rule,
  type SignedIn,
} from "../testing/accounts.ts";
import { createNamespace, readUntil, startTestConsole, type TestConsole } from "../testing/test-console.ts";

const all = ["get", "list", "watch", "create", "update", "patch", "delete"];
const reads = ["get", "list", "watch"];
/** Rights in the first namespace; nobody has any in the second but the one with rights everywhere. */
const accounts: Record<string, Rule[]> = {
  nobody: [],
  viewer: [{ verbs: reads, apiGroups: ["", "apps"], resources: ["configmaps", "pods", "deployments"] }],
  editor: [{ verbs: all, apiGroups: ["", "apps"], resources: ["configmaps", "secrets", "deployments"] }],
  byname: [{ verbs: ["get", "delete"], apiGroups: [""], resources: ["secrets"], resourceNames: ["thing"] }],
  lister: [{ verbs: ["list", "watch"], apiGroups: [""], resources: ["secrets", "configmaps"] }],
  everywhere: [],
};
const types = [configMaps, secrets, deployments, pods];
const verbs = ["list", "get", "create", "delete", "watch"] as const;

let app: TestConsole;
let places: string[];
let dispose: () => Promise<void>;
beforeAll(async () => {
  app = await startTestConsole(inject("kubeconfig"));
  places = [await createNamespace(app.kube), await createNamespace(app.kube)];
  const [home = ""] = places;
  for (const namespace of places) {
    for (const type of types) await app.kube.create(type, objectOf(type, namespace, "thing"));
  }
  for (const [name, rules] of Object.entries(accounts))
    await createAccount(app.kube, { namespace: home, name }, rules);
  dispose = await grantEverywhere(app.kube, { namespace: home, name: "everywhere" }, [
    { verbs: reads, apiGroups: [""], resources: ["secrets", "pods"] },
  ]);
});
afterAll(async () => {
  await dispose();
  await app[Symbol.asyncDispose]();
});

function objectOf(type: ResourceType, namespace: string, name: string): KubeObject {
  const apiVersion = type.group ? `${type.group}/${type.version}` : type.version;
  const template = {
    metadata: { labels: { a: "b" } },
    spec: { containers: [{ name: "a", image: "kyma.local/x:1" }] },
  };
  const spec =
    type === pods
      ? { spec: template.spec }
      : type === deployments
        ? { spec: { replicas: 0, selector: { matchLabels: { a: "b" } }, template } }
        : {};
  return { apiVersion, kind: type.kind, metadata: { namespace, name }, ...spec };
}

type Outcome = "yes" | "FORBIDDEN" | "NOT_FOUND" | (string & {});

/** What the API server itself says to the account. */
async function directly(
  kube: KubeClient,
  verb: (typeof verbs)[number],
  type: ResourceType,
  namespace: string,
): Promise<Outcome> {
  const stop = new AbortController();
  try {
    if (verb === "list") await kube.list(type, { namespace });
    if (verb === "get") await kube.get(type, { namespace, name: "thing" });
    if (verb === "create") await kube.create(type, objectOf(type, namespace, "fresh"), { dryRun: true });
    if (verb === "delete") {
      const group = type.group ? `/apis/${type.group}` : "/api";
      const path = `${group}/${type.version}/namespaces/${namespace}/${type.plural}/thing?dryRun=All`;
      const answer = await kube.raw(path, { method: "DELETE" });
      await answer.text();
      return answer.status < 300 ? "yes" : answer.status === 403 ? "FORBIDDEN" : String(answer.status);
    }
    if (verb === "watch") {
      for await (const _ of kube.watch(type, { namespace, sendInitialEvents: true, signal: stop.signal }))
        break;
    }
    return "yes";
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) return "FORBIDDEN";
    throw error;
  } finally {
    stop.abort();
  }
}

/** What the console answers to the same account. */
async function throughConsole(
  user: SignedIn,
  verb: (typeof verbs)[number],
  type: ResourceType,
  namespace: string,
): Promise<Outcome> {
  const input = { group: type.group, version: type.version, plural: type.plural };
  const ref = { type: input, namespace, name: "thing" };
  if (verb === "watch") {
    const socket = app.socket({ cookie: user.cookie });
    const query =
      "subscription($type: ResourceType!, $namespace: String) { objectsEvents(type: $type, namespace: $namespace) { snapshot } }";
    try {
      await readUntil(socket, query, { type: input, namespace }, () => true);
      return "yes";
    } catch (error) {
      return (error as { extensions?: { code: string } }).extensions?.code ?? String(error);
    } finally {
      await socket.dispose();
    }
  }
  const queries = {
    list: [
      "query($type: ResourceType!, $namespace: String) { objects(type: $type, namespace: $namespace) }",
      { type: input, namespace },
    ],
    get: ["query($ref: ObjectRef!) { object(ref: $ref) }", { ref }],
    create: [
      "mutation($object: JSON!) { createObject(object: $object, dryRun: true) }",
      { object: objectOf(type, namespace, "fresh") },
    ],
    delete: [
      "mutation($input: BulkInput!) { bulk(input: $input) { ok message } }",
      { input: { action: "DELETE", type: input, targets: [{ namespace, name: "thing" }], dryRun: true } },
    ],
  } as const;
  const [query, variables] = queries[verb];
  const { data, errors } = await user.graphql(query, variables);
  if (errors) return String(errors[0]?.extensions["code"]);
  const [bulk] = (data?.["bulk"] ?? []) as { ok: boolean; message: string }[];
  if (bulk && !bulk.ok) return bulk.message.includes("forbidden") ? "FORBIDDEN" : bulk.message;
  return "yes";
}

test("users × verbs × kinds × namespaces: the console's answer is the API server's own, 240 cells", async () => {
  const [home = ""] = places;
  let cells = 0;
  const differing: string[] = [];
  const seen = new Set<string>();
  for (const name of Object.keys(accounts)) {
    const token = await mintToken(app.kube, { namespace: home, name });
    const user = await signInAs(app, token);
    const direct = clientWith(inject("kubeconfig"), token);
    for (const namespace of places) {
      for (const type of types) {
        const questions = verbs.map((verb) => ({
          verb,
          group: type.group,
          resource: type.plural,
          namespace,
          name: verb === "get" || verb === "delete" ? "thing" : null,
        }));
        const asked = await user.graphql(
          "query($checks: [AccessCheck!]!) { access(checks: $checks) { allowed } }",
          { checks: questions },
        );
        const access = asked.data?.["access"] as { allowed: boolean }[];
        for (const [index, verb] of verbs.entries()) {
          const expected = await directly(direct, verb, type, namespace);
          const actual = await throughConsole(user, verb, type, namespace);
          const told = access[index]?.allowed ? "yes" : "FORBIDDEN";
          if (actual !== expected || told !== expected) {
            differing.push(
              `${name} ${verb} ${type.plural} in ${namespace}: API server ${expected}, console ${actual}, told ${told}`,
            );
          }
          seen.add(expected);
          cells += 1;
        }
      }
    }
    direct.connection.close();
  }
  expect(differing).toEqual([]);
  expect(cells).toBe(240);
  expect([...seen].sort()).toEqual(["FORBIDDEN", "yes"]);
}, 120_000);

async function mayList(user: SignedIn, namespace: string): Promise<boolean> {
  const query = `{ objects(type: {version: "v1", plural: "secrets"}, namespace: "${namespace}") }`;
  return (await user.graphql(query)).errors === undefined;
}

test("rights that are taken away end the live view within 10 s", async () => {
  const namespace = await createNamespace(app.kube);
  const account = { namespace, name: "leaver" };
  await createAccount(app.kube, account, [{ verbs: reads, apiGroups: [""], resources: ["secrets"] }]);
  await app.kube.create(secrets, objectOf(secrets, namespace, "thing"));
  const user = await signInAs(app, await mintToken(app.kube, account));
  await expect.poll(() => mayList(user, namespace), { timeout: 10_000 }).toBe(true);
  const socket = app.socket({ cookie: user.cookie });
  const type = { group: "", version: "v1", plural: "secrets" };
  const query =
    "subscription($type: ResourceType!, $namespace: String) { objectsEvents(type: $type, namespace: $namespace) { snapshot objects deleted } }";
  let revokedAt = 0;
  const ended = readUntil<{ objects: UnknownObject[] }>(socket, query, { type, namespace }, ({ objects }) => {
    if (objects.length && !revokedAt) {
      revokedAt = performance.now();
      void app.kube.delete(roleBindings, account);
    }
    return false;
  });
  await expect(ended).rejects.toMatchObject({ extensions: { code: "FORBIDDEN" } });
  expect(revokedAt).toBeGreaterThan(0);
  expect(performance.now() - revokedAt).toBeLessThan(10_000);
  await socket.dispose();
}, 40_000);
