import { useQueries } from "@tanstack/react-query";
import { accessQuery } from "#api/access.ts";

/** A right that something needs, as RBAC names it. */
export interface AccessNeed {
  verb: string;
  group: string;
  /** Plural. */
  resource: string;
  subresource?: string;
  /** Absent: cluster-scoped, or all namespaces. */
  namespace?: string | undefined;
  name?: string;
}

/** The right to do something to the objects of a kind in one namespace. */
export function needOn(type: { group: string; plural: string }, verb: string, namespace: string): AccessNeed {
  return { verb, group: type.group, resource: type.plural, namespace };
}

/** Undefined until it is known; then whether all needs are met, and if not the sentence that says which one is not. */
export interface Access {
  allowed: boolean | undefined;
  reason?: string;
  /** The need that is not met. */
  missing?: AccessNeed;
}

/** May the person do all this? Everything that a page asks at once is one request. */
export function useAccess(needs: readonly AccessNeed[]): Access {
  const answers = useQueries({ queries: needs.map((need) => accessQuery(need)) });
  const index = answers.findIndex(({ data }) => data?.allowed === false);
  const missing = needs[index];
  if (missing)
    return { allowed: false, reason: refusalText(missing, answers[index]?.data?.reason ?? null), missing };
  return answers.every(({ data }) => data?.allowed === true) ? { allowed: true } : { allowed: undefined };
}

/** The sentence for a right that is missing, with what the API server's authorizer says about it. */
function refusalText(need: AccessNeed, reason: string | null): string {
  return reason ? `${missingText(need)} The cluster says: ${reason}` : missingText(need);
}

/** "You may not patch deployments.apps in namespace shop." */
export function missingText({ verb, group, resource, subresource, namespace, name }: AccessNeed): string {
  const kind = `${resource}${group === "" ? "" : `.${group}`}${subresource ? `/${subresource}` : ""}`;
  const place = namespace === undefined ? "in the whole cluster" : `in namespace ${namespace}`;
  return `You may not ${verb} ${kind}${name === undefined ? "" : ` "${name}"`} ${place}.`;
}
