import type { KubeObject } from "@kyma/kube/objects.ts";
import { roleBindings, roles } from "@kyma/kube/resource-types.ts";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createAccount, mintToken, signInAs } from "../testing/accounts.ts";
import { createNamespace, startTestConsole, type TestConsole } from "../testing/test-console.ts";

let app: TestConsole;
let namespace: string;
beforeAll(async () => {
  app = await startTestConsole(inject("kubeconfig"));
  namespace = await createNamespace(app.kube);
});
afterAll(() => app[Symbol.asyncDispose]());

const grantors = "query($c: AccessCheck!) { grantors(check: $c) { subjects { kind name } complete } }";
const access = "query($c: [AccessCheck!]!) { access(checks: $c) { allowed reason message } }";

test("those who can grant a right are found as far as the person may read bindings", async () => {
  const lead = { namespace, name: "lead" };
  await createAccount(app.kube, lead, [
    { verbs: ["create"], apiGroups: ["rbac.authorization.k8s.io"], resources: ["rolebindings"] },
    { verbs: ["get"], apiGroups: [""], resources: ["secrets"] },
  ]);
  const check = { verb: "get", group: "", resource: "secrets", namespace };
  const all = (await app.graphql(grantors, { c: check })).data?.["grantors"] as {
    subjects: { name: string }[];
    complete: boolean;
  };
  expect(all.complete).toBe(true);
  expect(all.subjects).toContainEqual({ kind: "ServiceAccount", name: "lead" });
  expect(all.subjects).toContainEqual({ kind: "Group", name: "system:masters" });
  expect(JSON.stringify(all.subjects)).not.toContain("kube-system");
  await createAccount(app.kube, { namespace, name: "blind" }, []);
  const blind = await signInAs(app, await mintToken(app.kube, { namespace, name: "blind" }));
  expect((await blind.graphql(grantors, { c: check })).data?.["grantors"]).toEqual({
    subjects: [],
    complete: false,
  });
});

test("what is told of a right is what the API server says when it is tried, and changes with it", async () => {
  const account = { namespace, name: "changing" };
  const user = await createAccount(app.kube, account, []);
  const browser = await signInAs(app, await mintToken(app.kube, account));
  const checks = [{ verb: "list", group: "", resource: "configmaps", namespace }];
  const tried = await browser.graphql(
    `{ objects(type: {version: "v1", plural: "configmaps"}, namespace: "${namespace}") }`,
  );
  const told = (await browser.graphql(access, { c: checks })).data?.["access"] as {
    allowed: boolean;
    message: string;
  }[];
  expect(told[0]).toMatchObject({ allowed: false, message: tried.errors?.[0]?.message });
  expect(told[0]?.message).toContain(user);
  const rules = [{ verbs: ["list"], apiGroups: [""], resources: ["configmaps"] }];
  const rbac = "rbac.authorization.k8s.io";
  await app.kube.create(roles, {
    apiVersion: `${rbac}/v1`,
    kind: "Role",
    metadata: account,
    rules,
  } as KubeObject);
  const roleRef = { apiGroup: rbac, kind: "Role", name: account.name };
  const subjects = [{ kind: "ServiceAccount", ...account }];
  await app.kube.create(roleBindings, {
    apiVersion: `${rbac}/v1`,
    kind: "RoleBinding",
    metadata: account,
    roleRef,
    subjects,
  } as KubeObject);
  const now = async () =>
    (
      (await browser.graphql(access, { c: checks })).data?.["access"] as
        { allowed: boolean; reason: string }[] | undefined
    )?.[0];
  await expect.poll(now, { timeout: 15_000, interval: 500 }).toMatchObject({
    allowed: true,
    reason: expect.stringContaining(`RoleBinding "changing`) as string,
  });
});

test("the rules of a namespace, and those of the whole cluster, are told apart", async () => {
  const account = { namespace, name: "ruled" };
  await createAccount(app.kube, account, [{ verbs: ["get"], apiGroups: [""], resources: ["configmaps"] }]);
  const browser = await signInAs(app, await mintToken(app.kube, account));
  const query =
    "query($ns: String) { accessRules(namespace: $ns) { rules { verbs resources } nonResourceRules { urls } incomplete } }";
  const rulesIn = async (ns: string | null) => (await browser.graphql(query, { ns })).data?.["accessRules"];
  const own = { verbs: ["get"], resources: ["configmaps"] };
  await expect
    .poll(() => rulesIn(namespace), { timeout: 10_000 })
    .toMatchObject({ rules: expect.arrayContaining([own]) as object[] });
  const everywhere = (await rulesIn(null)) as { rules: object[]; nonResourceRules: object[] };
  expect(everywhere.rules).not.toContainEqual(own);
  expect(everywhere.nonResourceRules.length).toBeGreaterThan(0);
});
