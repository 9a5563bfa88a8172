import { createHash } from "node:crypto";
import type { FunctionSpec, KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { stableJson } from "../runtime/apply.ts";
import type { ControllerRevision } from "./kinds.ts";
import { childMeta } from "./manifests.ts";

/** As many revisions are kept, the current one included. */
export const revisionHistoryLimit = 10;

export interface RevisionPlan {
  /** The current spec's revision, when it does not exist yet. */
  create?: KubeObject;
  /** The current spec's revision, when it exists but a later one has been rolled out since: gets this number. */
  bump?: { name: string; revision: number };
  /** Names beyond the history limit, oldest first. */
  remove: string[];
}

/**
 * What to do so that the newest revision is the current spec. A revision is named by its content, so going back to an
 * earlier spec finds that revision again. Scaling is no new revision: replicas do not count.
 */
export function planRevisions(fn: KymaFunction, existing: readonly ControllerRevision[]): RevisionPlan {
  const name = revisionName(fn);
  const ordered = existing.toSorted(
    (a, b) => b.revision - a.revision || compare(b.metadata.name, a.metadata.name),
  );
  const newest = ordered[0];
  const current = ordered.find((revision) => revision.metadata.name === name);
  const next = (newest?.revision ?? 0) + 1;
  const others = ordered.filter((revision) => revision !== current);
  const remove = others.slice(revisionHistoryLimit - 1).map((revision) => revision.metadata.name);
  remove.reverse();
  if (current === undefined) return { create: revisionOf(fn, name, next), remove };
  return current === newest ? { remove } : { bump: { name, revision: next }, remove };
}

function revisionOf(fn: KymaFunction, name: string, revision: number): KubeObject {
  return {
    apiVersion: "apps/v1",
    kind: "ControllerRevision",
    metadata: childMeta(fn, name),
    data: fn.spec,
    revision,
  } as KubeObject;
}

function revisionName(fn: KymaFunction): string {
  const { replicas: _, ...rest } = fn.spec satisfies FunctionSpec;
  const hash = createHash("sha256").update(stableJson(rest)).digest("hex").slice(0, 10);
  return `${fn.metadata.name}-${hash}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
