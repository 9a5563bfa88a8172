import { createHash } from "node:crypto";
import type { KubeClient } from "@kyma/kube/client.ts";
import { type KubeObject, type ResourceType, keyOf } from "@kyma/kube/objects.ts";
import { contains, listRepairs, mergePatch } from "./drift.ts";

/** Who writes, and until when it may. */
export interface Writer {
  client: KubeClient;
  /** Field manager of all writes. */
  manager: string;
  signal: AbortSignal;
}

export interface Applied<T> {
  /** The object as the API server holds it now. */
  object: T;
  change: "none" | "created" | "updated";
}

/**
 * On each child: a fingerprint of what was applied last. It tells a field that we gave up (to be removed by the next apply)
 * from one that another manager added.
 */
const fingerprintAnnotation = "kyma-project.io/applied";

/**
 * Makes a child what `desired` says, by server-side apply with force, and writes nothing when it is so already. `live` is
 * what the cache holds of it. List entries that others added (a container, an env variable) are taken out again.
 */
export async function applyIfChanged<T extends KubeObject>(
  writer: Writer,
  type: ResourceType,
  desired: KubeObject,
  live: T | undefined,
): Promise<Applied<T>> {
  const marked = withFingerprint(desired);
  if (live !== undefined && contains(live, marked)) return { object: live, change: "none" };
  const { client, manager, signal } = writer;
  const applied = await client.apply<T>(type, marked, { manager, force: true, signal });
  const change = live === undefined ? "created" : "updated";
  const repairs = listRepairs(applied, marked);
  if (repairs.length === 0) return { object: applied, change };
  const test = { op: "test", path: "/metadata/resourceVersion", value: applied.metadata.resourceVersion };
  const repaired = await client.patch<T>(type, keyOf(applied), [test, ...repairs], {
    type: "json",
    manager,
    signal,
  });
  return { object: repaired, change };
}

/** Writes the status by merge patch and returns the new object; undefined when `object` has that status already. */
export async function writeStatus<T extends KubeObject & { status?: unknown }>(
  writer: Writer,
  type: ResourceType,
  object: T,
  status: object,
): Promise<T | undefined> {
  const patch = mergePatch(object.status ?? {}, status);
  if (patch === undefined) return undefined;
  const { client, manager, signal } = writer;
  // The uid keeps the status of a deleted object off a new one of the same name.
  const body = { metadata: { uid: object.metadata.uid }, status: patch };
  return client.patch<T>(type, keyOf(object), body, {
    type: "merge",
    subresource: "status",
    manager,
    signal,
  });
}

function withFingerprint(desired: KubeObject): KubeObject {
  const fingerprint = createHash("sha256").update(stableJson(desired)).digest("hex").slice(0, 16);
  const { metadata } = desired;
  const annotations = { ...metadata.annotations, [fingerprintAnnotation]: fingerprint };
  return { ...desired, metadata: { ...metadata, annotations } };
}

/** JSON with sorted keys, so that equal objects give equal text. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
