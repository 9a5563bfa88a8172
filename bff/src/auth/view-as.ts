import type { KubeClient } from "@kyma/kube/client.ts";
import { ApiError, ForbiddenError } from "@kyma/kube/errors.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { selfSubjectAccessReviews } from "@kyma/kube/resource-types.ts";
import type { GraphqlContext } from "../graphql/context.ts";
import { badInput, userError } from "../graphql/errors.ts";
import type { Impersonated } from "./acting.ts";
import { impersonating, sessionOf } from "./sessions.ts";
import { whoAmI } from "../resources/who-am-i.ts";

export interface ViewAsInput {
  user: string;
  groups: string[];
  uid?: string | null;
}

const mostGroups = 50;
const serviceAccount = /^system:serviceaccount:([^:]+):([^:]+)$/;

/** Switches the session to another identity once the API server has agreed to it. */
export async function startViewAs(
  input: ViewAsInput,
  { caller, log, signal }: GraphqlContext,
): Promise<true> {
  const target = checkTarget(input);
  const session = sessionOf(caller);
  const own = session.credentials.kube;
  const missing = await missingRights(own, target, signal);
  if (missing.length) {
    throw userError(
      "FORBIDDEN",
      `${session.credentials.user} may not impersonate ${missing.join(", ")}: that needs verb "impersonate"`,
    );
  }
  const probe = impersonating(own, target);
  try {
    await whoAmI(probe, signal);
  } catch (error) {
    if (error instanceof ForbiddenError) throw userError("FORBIDDEN", error.message);
    if (error instanceof ApiError && error.status === 400) throw badInput(error.message);
    throw error;
  } finally {
    probe.connection.close();
  }
  const { user, groups } = target;
  log.info({ user: session.credentials.user, as: user, groups }, "acts as somebody else");
  session.viewAs(target);
  return true;
}

function checkTarget({ user, groups, uid }: ViewAsInput): Impersonated {
  if (user.trim() === "") throw badInput("say as which user: Kubernetes needs a name, also with groups");
  if (groups.length > mostGroups) throw badInput(`at most ${mostGroups} groups can be given`);
  for (const text of [user, ...groups, uid ?? "x"]) {
    if (text === "" || text.length > 512 || /[^\x20-\x7e]/.test(text) || text !== text.trim()) {
      throw badInput(`"${text.slice(0, 100)}" cannot be sent as the name of a user or group`);
    }
  }
  return { user, groups: [...new Set(groups)], ...(uid ? { uid } : {}) };
}

interface Right {
  group: string;
  resource: string;
  name: string;
  namespace?: string;
}

/** What the person would have to be allowed to impersonate, as RBAC names it. */
export function neededRights({ user, groups, uid }: Impersonated): Right[] {
  const [, namespace, name] = serviceAccount.exec(user) ?? [];
  const first: Right =
    namespace && name
      ? { group: "", resource: "serviceaccounts", namespace, name }
      : { group: "", resource: "users", name: user };
  return [
    first,
    ...groups.map((group) => ({ group: "", resource: "groups", name: group })),
    ...(uid ? [{ group: "authentication.k8s.io", resource: "uids", name: uid }] : []),
  ];
}

async function missingRights(kube: KubeClient, target: Impersonated, signal: AbortSignal): Promise<string[]> {
  const rights = neededRights(target);
  const answers = await Promise.all(
    rights.map(({ group, resource, name, namespace }) =>
      kube.create<KubeObject & { status?: { allowed?: boolean } }>(
        selfSubjectAccessReviews,
        {
          apiVersion: "authorization.k8s.io/v1",
          kind: "SelfSubjectAccessReview",
          metadata: {} as KubeObject["metadata"],
          spec: {
            resourceAttributes: {
              verb: "impersonate",
              group,
              resource,
              name,
              ...(namespace ? { namespace } : {}),
            },
          },
        } as KubeObject,
        { signal },
      ),
    ),
  );
  return rights
    .filter((_, index) => answers[index]?.status?.allowed !== true)
    .map(({ resource, name, namespace }) => `${resource} "${namespace ? `${namespace}/` : ""}${name}"`);
}
