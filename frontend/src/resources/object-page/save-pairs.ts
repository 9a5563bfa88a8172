import { ConflictError } from "#api/errors.ts";
import type { ObjectRef } from "#api/generated/graphql.ts";
import { patchMetadata } from "#api/object-page.ts";
import type { KubeObject } from "../kube-objects.ts";
import { unlessUntriable } from "../dry-run.ts";
import { overlapping } from "./pair-changes.ts";

const tries = 4;

export interface PairSave {
  refTo: ObjectRef;
  what: "labels" | "annotations";
  /** As they were when the editing began. */
  before: Record<string, string> | undefined;
  patch: Record<string, string | null>;
  /** The object as it is known now; called again after a conflict. */
  current: () => KubeObject;
  /** Overwrite what somebody else changed meanwhile. */
  force: boolean;
}

/**
 * Tries and then writes the changed keys, tested against the version that the person sees. A status written in between is no reason to refuse: it is tried again
 * with the newer version. Returns the keys that somebody else has changed; then nothing was written.
 * @throws {RequestError}
 */
export async function savePairs({ refTo, what, before, patch, current, force }: PairSave): Promise<string[]> {
  for (let attempt = 1; ; attempt += 1) {
    const { metadata } = current();
    const theirs = overlapping(patch, before, metadata[what]);
    if (theirs.length > 0 && !force) return theirs;
    try {
      const { uid, resourceVersion } = metadata;
      const change = { uid, resourceVersion, [what]: patch };
      await patchMetadata(refTo, change, true).catch(unlessUntriable);
      await patchMetadata(refTo, change);
      return [];
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === tries) throw error;
      // The newer version arrives with the page's stream.
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}
