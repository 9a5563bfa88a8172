import type { KubeClient } from "@kyma/kube/client.ts";
import { ConflictError, ForbiddenError, toApiError } from "@kyma/kube/errors.ts";
import type { KubeObject, ObjectKey, ResourceType } from "@kyma/kube/objects.ts";
import { objectPath } from "@kyma/kube/paths.ts";
import { autoscalers } from "@kyma/kube/resource-types.ts";
import { badInput, userError } from "../graphql/errors.ts";
import { consoleManager } from "../resources/apply.ts";
import { changedFields, type ChangedField } from "../resources/changed-fields.ts";

interface Scale extends KubeObject {
  spec?: { replicas?: number };
}

export interface Autoscaler {
  name: string;
  minReplicas: number;
  maxReplicas: number;
}

export interface ScaleTarget {
  replicas: number;
  /** Null: the person may not list autoscalers, so it is not known. */
  autoscalers: Autoscaler[] | null;
}

interface AutoscalerObject extends KubeObject {
  spec: {
    scaleTargetRef: { apiVersion?: string; kind: string; name: string };
    minReplicas?: number;
    maxReplicas: number;
  };
}

const mostReplicas = 10_000;
const mostAttempts = 8;

/** How many replicas are asked for now, and which autoscalers would undo a change. */
export async function scaleTarget(
  kube: KubeClient,
  type: ResourceType,
  key: ObjectKey,
): Promise<ScaleTarget> {
  const [scale, found] = await Promise.all([
    readScale(kube, type, key),
    kube.list<AutoscalerObject>(autoscalers, { namespace: key.namespace }).catch((error: unknown) => {
      if (error instanceof ForbiddenError) return undefined;
      throw error;
    }),
  ]);
  return {
    replicas: scale.spec?.replicas ?? 0,
    autoscalers: found ? autoscalersOf(found.items, type, key.name) : null,
  };
}

/** Those that scale this very object; pure. */
export function autoscalersOf(
  found: readonly AutoscalerObject[],
  type: ResourceType,
  name: string,
): Autoscaler[] {
  return found
    .filter(({ spec: { scaleTargetRef: target } }) => {
      const group = target.apiVersion?.includes("/") ? target.apiVersion.split("/")[0] : "";
      return target.kind === type.kind && target.name === name && group === type.group;
    })
    .map(({ metadata, spec }) => ({
      name: metadata.name,
      minReplicas: spec.minReplicas ?? 1,
      maxReplicas: spec.maxReplicas,
    }));
}

export interface ScaleRequest {
  replicas: number;
  /** What the person saw; somebody else's scaling meanwhile is a CONFLICT. */
  expected?: number | null | undefined;
  dryRun: boolean;
}

/** Scales through the scale subresource; says how many replicas there were. */
export async function scaleWorkload(
  kube: KubeClient,
  type: ResourceType,
  key: ObjectKey,
  { replicas, expected, dryRun }: ScaleRequest,
): Promise<{ before: number; changes: ChangedField[] }> {
  if (replicas < 0 || replicas > mostReplicas)
    throw badInput(`the number of replicas has to be between 0 and ${mostReplicas}`);
  for (let attempt = 1; ; attempt++) {
    const scale = await readScale(kube, type, key);
    const before = scale.spec?.replicas ?? 0;
    if (typeof expected === "number" && before !== expected) {
      const text = `${type.kind} "${key.name}" was scaled to ${before} meanwhile (you saw ${expected}); it was not changed`;
      throw userError("CONFLICT", text);
    }
    try {
      const next = { ...scale, spec: { ...scale.spec, replicas } };
      const after = await kube.replace<Scale>({ ...type, kind: "Scale" }, next, {
        subresource: "scale",
        manager: consoleManager,
        dryRun,
      });
      return { before, changes: changedFields(counted(scale), counted(after)) };
    } catch (error) {
      // A controller that writes status moves the version on; only the number decides whether it is a conflict.
      if (!(error instanceof ConflictError) || attempt >= mostAttempts) throw error;
    }
  }
}

/** Zero replicas are left out by the API server. */
function counted(scale: Scale): Scale {
  return { ...scale, spec: { ...scale.spec, replicas: scale.spec?.replicas ?? 0 } };
}

async function readScale(kube: KubeClient, type: ResourceType, key: ObjectKey): Promise<Scale> {
  const answer = await kube.raw(objectPath(type, key, "scale"), { headers: { accept: "application/json" } });
  if (answer.status !== 200) throw toApiError(answer.status, await answer.text());
  return answer.json<Scale>();
}
