import type { Liveness, ObjectsEventsSubscription } from "./generated/graphql.ts";

type ObjectsMessage = ObjectsEventsSubscription["objectsEvents"];

/** A live set of whole objects by uid. */
export interface ObjectsState {
  liveness: Liveness;
  objects: ReadonlyMap<string, unknown>;
}

function uidOf(object: unknown): string {
  return (object as { metadata?: { uid?: string } }).metadata?.uid ?? "";
}

/** The set after a message: a snapshot replaces all. Pure. */
export function applyObjectsMessage(state: ObjectsState | undefined, message: ObjectsMessage): ObjectsState {
  const objects = new Map(message.snapshot ? [] : state?.objects);
  for (const object of message.objects) objects.set(uidOf(object), object);
  for (const uid of message.deleted) objects.delete(uid);
  return { liveness: message.liveness, objects };
}
