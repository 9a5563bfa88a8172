import type { KubeClient } from "@kyma/kube/client.ts";
import type { ObjectKey, ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { apiVersionOf } from "@kyma/kube/objects.ts";
import { badInput, userError } from "../graphql/errors.ts";
import { consoleManager, refuseMasked, type ApplyResult, type ApplySwitches } from "./apply.ts";
import { mergeDiff } from "./merge-diff.ts";
import { isSecret, maskedKeys, presentable } from "./secret-values.ts";

/**
 * Writes an edited object back. What the person did not touch is not sent: the difference to the object as the editor showed it becomes a
 * merge patch that names the resourceVersion, so that removed fields go, masked values stay, and somebody else's change is not overwritten
 * (unless forced).
 */
export async function applyEdited(
  kube: KubeClient,
  type: ResourceType,
  key: ObjectKey,
  edited: UnknownObject,
  switches: ApplySwitches,
): Promise<ApplyResult> {
  checkIdentity(type, key, edited);
  const live = await kube.get<UnknownObject>(type, key);
  const editedVersion = edited.metadata.resourceVersion;
  if (!switches.force && editedVersion !== undefined && editedVersion !== live.metadata.resourceVersion) {
    throw userError(
      "CONFLICT",
      `${type.kind} "${key.name}" was changed since you opened it; load it again or overwrite it`,
    );
  }
  const patch = editPatch(live, edited);
  if (!patch) return { object: presentable(live), conflicts: [] };
  const version = switches.force ? {} : { resourceVersion: live.metadata.resourceVersion };
  const metadata = { ...(patch["metadata"] as Record<string, unknown> | undefined), ...version };
  const written = await kube.patch<UnknownObject>(
    type,
    key,
    { ...patch, metadata },
    {
      type: "merge",
      manager: consoleManager,
      dryRun: switches.dryRun ?? false,
    },
  );
  return { object: presentable(written), conflicts: [] };
}

/** Undefined when nothing was changed. */
export function editPatch(live: UnknownObject, edited: UnknownObject): Record<string, unknown> | undefined {
  const patch = mergeDiff(editable(presentable(live)), editable(edited));
  if (!patch) return undefined;
  // What is masked and equal is not in the patch; a mask that is in it was typed or moved to another key.
  if (isSecret(edited) && maskedKeys({ ...patch, metadata: live.metadata } as UnknownObject).length) {
    refuseMasked({ ...patch, metadata: live.metadata } as UnknownObject);
  }
  return patch;
}

/** Without what only the API server writes. */
function editable(object: UnknownObject): Record<string, unknown> {
  const {
    resourceVersion: _1,
    managedFields: _2,
    uid: _3,
    generation: _4,
    creationTimestamp: _5,
    ...metadata
  } = object.metadata;
  const { status: _6, ...rest } = object;
  return { ...rest, metadata };
}

export function checkIdentity(type: ResourceType, key: ObjectKey, edited: UnknownObject): void {
  const { name, namespace } = edited.metadata;
  const same =
    edited.apiVersion === apiVersionOf(type) &&
    edited.kind === type.kind &&
    name === key.name &&
    (namespace === undefined || namespace === key.namespace);
  if (!same) {
    throw badInput(
      `kind, name and namespace cannot be changed: this is ${type.kind} "${key.name}"; create a new object instead`,
    );
  }
}
