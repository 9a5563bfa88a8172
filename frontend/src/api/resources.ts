import { graphql } from "./generated/gql.ts";
import type { ObjectRef, ResourceType } from "./generated/graphql.ts";
import type { LiveResult } from "./live.ts";
import { useLive } from "./live.ts";
import type { ObjectsState } from "./live-rows.ts";
import { applyObjectsMessage } from "./live-rows.ts";

const ObjectEventsDocument = graphql(`
  subscription ObjectEvents($ref: ObjectRef!) {
    objectEvents(ref: $ref) {
      liveness
      object
    }
  }
`);

const ObjectsEventsDocument = graphql(`
  subscription ObjectsEvents(
    $type: ResourceType!
    $namespace: String
    $labelSelector: String
    $fieldSelector: String
  ) {
    objectsEvents(
      type: $type
      namespace: $namespace
      labelSelector: $labelSelector
      fieldSelector: $fieldSelector
    ) {
      liveness
      snapshot
      objects
      deleted
    }
  }
`);

/** A set of objects to watch; an absent namespace means all of them. */
export interface ObjectSet {
  type: ResourceType;
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
}

/** One live object; `object` is null when it does not exist. */
export interface ObjectState<Kind> {
  liveness: "LIVE" | "RECONNECTING";
  object: Kind | null;
}

/** Watches one object. */
export function useObject<Kind>(ref: ObjectRef, enabled = true): LiveResult<ObjectState<Kind>> {
  return useLive(
    {
      document: ObjectEventsDocument,
      variables: { ref },
      reduce: (_state, { data }): ObjectState<Kind> => ({
        liveness: data.objectEvents.liveness,
        object: (data.objectEvents.object ?? null) as Kind | null,
      }),
    },
    enabled,
  );
}

/** Watches the whole objects of a small set. */
export function useObjects(set: ObjectSet, enabled = true): LiveResult<ObjectsState> {
  return useLive(
    {
      document: ObjectsEventsDocument,
      variables: {
        type: set.type,
        namespace: set.namespace ?? null,
        labelSelector: set.labelSelector ?? null,
        fieldSelector: set.fieldSelector ?? null,
      },
      reduce: (state: ObjectsState | undefined, { data }) => applyObjectsMessage(state, data.objectsEvents),
    },
    enabled,
  );
}
