import { ForbiddenError } from "@kyma/kube/errors.ts";
import type { KubeObject, ResourceType } from "@kyma/kube/objects.ts";
import {
  clusterRoleBindings,
  clusterRoles,
  roleBindings,
  roles,
  selfSubjectRulesReviews,
} from "@kyma/kube/resource-types.ts";
import type { GraphqlContext } from "../graphql/context.ts";
import type { Area } from "../graphql/schema.ts";
import { checkNamespace } from "../resources/references.ts";
import { AccessChecks, type AccessCheck } from "./access-checks.ts";
import { findGrantors, type Binding, type PolicyRule, type Role, type Subject } from "./rbac.ts";

/** What the user may do, why not, and who could change that. */
export function accessArea(): Area {
  const checks = new AccessChecks();
  return {
    sdl: new URL("./schema.graphql", import.meta.url),
    query: {
      access: (_, args: { checks: AccessCheck[] }, { caller }) => checks.ask(caller, args.checks),
      grantors: (_, args: { check: AccessCheck }, context) => readGrantors(args.check, context),
      accessRules: (_, args: { namespace?: string | null }, context) => readRules(args.namespace, context),
    },
  };
}

async function readGrantors(
  check: AccessCheck,
  { caller, signal }: GraphqlContext,
): Promise<{ subjects: Subject[]; complete: boolean }> {
  let complete = true;
  const read = async <T extends KubeObject>(type: ResourceType): Promise<T[]> => {
    if (type.namespaced && !check.namespace) return [];
    try {
      const scope = type.namespaced ? { namespace: checkNamespace(check.namespace ?? "") } : {};
      return (await caller.kube.list<T>(type, { ...scope, signal })).items;
    } catch (error) {
      if (!(error instanceof ForbiddenError)) throw error;
      complete = false;
      return [];
    }
  };
  const [allClusterRoles, allClusterBindings, ownRoles, ownBindings] = await Promise.all([
    read<Role>(clusterRoles),
    read<Binding>(clusterRoleBindings),
    read<Role>(roles),
    read<Binding>(roleBindings),
  ]);
  const state = {
    clusterRoles: allClusterRoles,
    clusterRoleBindings: allClusterBindings,
    roles: ownRoles,
    roleBindings: ownBindings,
  };
  return { subjects: findGrantors(state, check).slice(0, 50), complete };
}

interface RulesReview extends KubeObject {
  status: {
    resourceRules?: PolicyRule[];
    nonResourceRules?: PolicyRule[];
    incomplete?: boolean;
    evaluationError?: string;
  };
}

/** No namespace can have this name, so what is allowed in it is what is allowed everywhere. */
const nowhere = "kyma.whole-cluster";

async function readRules(
  namespace: string | null | undefined,
  { caller, signal }: GraphqlContext,
): Promise<object> {
  const { status } = await caller.kube.create<RulesReview>(
    selfSubjectRulesReviews,
    {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectRulesReview",
      metadata: {} as KubeObject["metadata"],
      spec: { namespace: namespace ? checkNamespace(namespace) : nowhere },
    } as KubeObject,
    { signal },
  );
  return {
    rules: (status.resourceRules ?? []).map((rule) => ({
      verbs: rule.verbs ?? [],
      apiGroups: rule.apiGroups ?? [],
      resources: rule.resources ?? [],
      resourceNames: rule.resourceNames ?? [],
    })),
    nonResourceRules: (status.nonResourceRules ?? []).map((rule) => ({
      verbs: rule.verbs ?? [],
      urls: rule.nonResourceURLs ?? [],
    })),
    incomplete: status.incomplete ?? false,
    note: status.evaluationError ?? null,
  };
}
