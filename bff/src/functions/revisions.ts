import type { FunctionSpec, KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import { functions } from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { ConflictError } from "@kyma/kube/errors.ts";
import type { KubeObject, ObjectKey, UnknownObject } from "@kyma/kube/objects.ts";
import { controllerRevisions } from "@kyma/kube/resource-types.ts";
import { badInput, userError } from "../graphql/errors.ts";
import { consoleManager } from "../resources/apply.ts";
import { presentable } from "../resources/secret-values.ts";
import { functionNameLabel } from "./labels.ts";

export interface Revision {
  name: string;
  revision: number;
  createdAt: string;
  current: boolean;
  spec: FunctionSpec;
}

interface ControllerRevision extends KubeObject {
  revision: number;
  data?: FunctionSpec;
}

const mostAttempts = 8;

/** What was rolled out, newest first; the newest is the one that runs. */
export async function listRevisions(kube: KubeClient, key: ObjectKey): Promise<Revision[]> {
  const [fn, { items }] = await Promise.all([
    kube.get<KymaFunction>(functions, key),
    kube.list<ControllerRevision>(controllerRevisions, {
      namespace: key.namespace,
      labelSelector: `${functionNameLabel}=${key.name}`,
    }),
  ]);
  return toRevisions(items, fn.metadata.uid);
}

/** Revisions of an earlier Function of the same name do not count. */
export function toRevisions(found: ControllerRevision[], functionUid: string | undefined): Revision[] {
  return found
    .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === functionUid))
    .toSorted((a, b) => b.revision - a.revision)
    .flatMap(({ metadata, revision, data }, index) => {
      const { name, creationTimestamp: createdAt = "" } = metadata;
      return data ? [{ name, revision, createdAt, current: index === 0, spec: data }] : [];
    });
}

/** Puts the whole spec of a revision back, replicas aside: what was added since goes. */
export async function revertFunction(kube: KubeClient, key: ObjectKey, name: string): Promise<UnknownObject> {
  const revisions = await listRevisions(kube, key);
  const revision = revisions.find((one) => one.name === name);
  if (!revision) {
    const known = revisions.map((one) => one.name).join(", ") || "none";
    throw userError(
      "NOT_FOUND",
      `Function "${key.name}" has no revision "${name.slice(0, 253)}" (it has: ${known})`,
    );
  }
  if (revision.current) throw badInput(`revision "${name}" is the one that runs`);
  for (let attempt = 1; ; attempt++) {
    try {
      return await revertOnce(kube, key, revision.spec);
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt >= mostAttempts) throw error;
    }
  }
}

async function revertOnce(kube: KubeClient, key: ObjectKey, wanted: FunctionSpec): Promise<UnknownObject> {
  const live = await kube.get<KymaFunction>(functions, key);
  const { replicas: _, ...rest } = wanted;
  const { replicas } = live.spec;
  const spec = replicas === undefined ? rest : { ...rest, replicas };
  const reverted = await kube.replace<UnknownObject>(functions, { ...live, spec } as KubeObject, {
    manager: consoleManager,
  });
  return presentable(reverted);
}
