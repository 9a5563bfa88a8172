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

/** Undefined until it is known; then whether all needs are met, and if not the sentence that says which one is not. */
export interface Access {
  allowed: boolean | undefined;
  reason?: string;
}

/** May the person do all this? */
export function useAccess(needs: readonly AccessNeed[]): Access {
  const answers = useQueries({ queries: needs.map((need) => accessQuery(need)) });
  const missing = needs.find((_need, index) => answers[index]?.data === false);
  if (missing) return { allowed: false, reason: missingText(missing) };
  return answers.every(({ data }) => data === true) ? { allowed: true } : { allowed: undefined };
}

/** "You may not patch deployments.apps in namespace shop." */
export function missingText({ verb, group, resource, subresource, namespace, name }: AccessNeed): string {
  const kind = `${resource}${group === "" ? "" : `.${group}`}${subresource ? `/${subresource}` : ""}`;
  const place = namespace === undefined ? "in the whole cluster" : `in namespace ${namespace}`;
  return `You may not ${verb} ${kind}${name === undefined ? "" : ` "${name}"`} ${place}.`;
}
