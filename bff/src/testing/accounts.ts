import type { KubeClient } from "@kyma/kube/client.ts";
import { KubeClient as Client } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import {
  clusterRoleBindings,
  clusterRoles,
  roleBindings,
  roles,
  serviceAccounts,
} from "@kyma/kube/resource-types.ts";
import { postGraphql, request, type Answer, type GraphqlAnswer, type TestConsole } from "./test-console.ts";

const rbac = "rbac.authorization.k8s.io";
export interface Rule {
  verbs: string[];
  apiGroups: string[];
  resources: string[];
  resourceNames?: string[];
}

/** A ServiceAccount with these rights in its namespace; returns its name for RBAC. */
export async function createAccount(
  kube: KubeClient,
  { namespace, name }: { namespace: string; name: string },
  rules: Rule[],
): Promise<string> {
  await kube.create(serviceAccounts, {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { namespace, name },
  });
  if (rules.length) await grant(kube, { namespace, name }, rules);
  return `system:serviceaccount:${namespace}:${name}`;
}

/** Binds a Role of the account's own name. */
export async function grant(
  kube: KubeClient,
  { namespace, name }: { namespace: string; name: string },
  rules: Rule[],
): Promise<void> {
  const metadata = { namespace, name };
  const subjects = [{ kind: "ServiceAccount", name, namespace }];
  await kube.create(roles, { apiVersion: `${rbac}/v1`, kind: "Role", metadata, rules } as KubeObject);
  const roleRef = { apiGroup: rbac, kind: "Role", name };
  await kube.create(roleBindings, {
    apiVersion: `${rbac}/v1`,
    kind: "RoleBinding",
    metadata,
    roleRef,
    subjects,
  } as KubeObject);
}

/** Binds a ClusterRole of its own; `dispose` takes both back. */
export async function grantEverywhere(
  kube: KubeClient,
  { namespace, name }: { namespace: string; name: string },
  rules: Rule[],
): Promise<() => Promise<void>> {
  const metadata = { name: `${namespace}-${name}` };
  const subjects = [{ kind: "ServiceAccount", name, namespace }];
  const roleRef = { apiGroup: rbac, kind: "ClusterRole", name: metadata.name };
  await kube.create(clusterRoles, {
    apiVersion: `${rbac}/v1`,
    kind: "ClusterRole",
    metadata,
    rules,
  } as KubeObject);
  await kube.create(clusterRoleBindings, {
    apiVersion: `${rbac}/v1`,
    kind: "ClusterRoleBinding",
    metadata,
    roleRef,
    subjects,
  } as KubeObject);
  return async () => {
    await kube.delete(clusterRoleBindings, metadata);
    await kube.delete(clusterRoles, metadata);
  };
}

/** A real token of the account, by TokenRequest. */
export async function mintToken(
  kube: KubeClient,
  { namespace, name }: { namespace: string; name: string },
  options: { audiences?: string[]; expirationSeconds?: number } = {},
): Promise<string> {
  const answer = await kube.create<KubeObject & { status: { token: string } }>(
    serviceAccounts,
    {
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      metadata: { namespace, name },
      spec: { expirationSeconds: 3600, ...options },
    } as KubeObject,
    { subresource: "token" },
  );
  return answer.status.token;
}

/** A client that talks to the API server with the token and nothing else. */
export function clientWith(kubeconfig: string, token: string): KubeClient {
  const { tls, ...access } = loadKubeConfig(kubeconfig);
  return new Client(connect({ ...access, token, tls: tls.ca === undefined ? {} : { ca: tls.ca } }));
}

export function postToken(
  app: TestConsole,
  token: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return request(
    `${app.url}/sign-in/token`,
    { method: "POST", headers: { "content-type": "application/json", ...headers } },
    JSON.stringify({ token }),
  );
}

/** A second browser, signed in with a token. */
export interface SignedIn {
  cookie: string;
  graphql: (query: string, variables?: object) => Promise<GraphqlAnswer>;
}

export async function signInAs(app: TestConsole, token: string): Promise<SignedIn> {
  const answer = await postToken(app, token);
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`);
  const cookie = answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
  return { cookie, graphql: (query, variables) => postGraphql(app.url, { query, variables }, { cookie }) };
}
