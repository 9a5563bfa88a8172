import type { ResourceType } from "@kyma/kube/objects.ts";
import {
  cronJobs,
  daemonSets,
  deployments,
  jobs,
  replicaSets,
  replicationControllers,
  statefulSets,
} from "@kyma/kube/resource-types.ts";
import { badInput } from "../graphql/errors.ts";

export const scalable = [deployments, statefulSets, replicaSets, replicationControllers];
/** Kinds that roll out their pods: they restart, and keep revisions. */
export const rollable = [deployments, statefulSets, daemonSets];
export const suspendable = [jobs, cronJobs];

/** The one of these kinds that is meant; BAD_INPUT, naming what can be done, for any other. */
export function oneOf(
  types: readonly ResourceType[],
  asked: { group?: string | null; plural: string },
  action: string,
): ResourceType {
  const found = types.find(({ group, plural }) => plural === asked.plural && group === (asked.group ?? ""));
  if (found) return found;
  const kinds = types.map(({ kind }) => `${kind}s`).join(", ");
  throw badInput(`${asked.plural.slice(0, 100)} cannot be ${action}; ${kinds} can`);
}
