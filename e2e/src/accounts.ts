import type { KubeClient } from "@kyma/kube/client.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { roleBindings, roles, serviceAccounts } from "@kyma/kube/resource-types.ts";
import { expect, type Page } from "@playwright/test";

const rbac = "rbac.authorization.k8s.io";
interface Rule {
  verbs: string[];
  apiGroups: string[];
  resources: string[];
}

/** Rights to look at what the console shows, and to change nothing. */
export const looking: Rule[] = [
  {
    verbs: ["get", "list", "watch"],
    apiGroups: ["", "apps", "serverless.kyma-project.io", "gateway.kyma-project.io"],
    resources: ["pods", "configmaps", "services", "events", "deployments", "functions", "apirules"],
  },
];

/** A ServiceAccount of the first namespace with these rights in each of them; returns a token of it. */
export async function createViewer(
  client: KubeClient,
  namespaces: [string, ...string[]],
  rules: Rule[],
): Promise<{ token: string; user: string }> {
  const [home] = namespaces;
  const name = "viewer";
  const metadata = { namespace: home, name };
  await client.create(serviceAccounts, { apiVersion: "v1", kind: "ServiceAccount", metadata });
  for (const namespace of namespaces) {
    const own = { namespace, name };
    const subjects = [{ kind: "ServiceAccount", name, namespace: home }];
    const roleRef = { apiGroup: rbac, kind: "Role", name };
    await client.create(roles, {
      apiVersion: `${rbac}/v1`,
      kind: "Role",
      metadata: own,
      rules,
    } as KubeObject);
    await client.create(roleBindings, {
      apiVersion: `${rbac}/v1`,
      kind: "RoleBinding",
      metadata: own,
      roleRef,
      subjects,
    } as KubeObject);
  }
  const answer = await client.create<KubeObject & { status: { token: string } }>(
    serviceAccounts,
    {
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      metadata,
      spec: { expirationSeconds: 3600 },
    } as KubeObject,
    { subresource: "token" },
  );
  return { token: answer.status.token, user: `system:serviceaccount:${home}:${name}` };
}

/** What a person does on the sign-in page. */
export async function signInByToken(page: Page, token: string): Promise<void> {
  await expect(page.getByRole("heading", { name: "Sign in to Kyma" })).toBeVisible();
  await page.getByRole("textbox", { name: "Token" }).fill(token);
  await page.getByRole("button", { name: "Sign in with the token" }).click();
  await expect(page.getByRole("heading", { name: "Sign in to Kyma" })).toBeHidden();
}
