import { graphql } from "./generated/gql.ts";
import type { ObjectRef, PodLogsSubscription, ResourceType } from "./generated/graphql.ts";
import type { LiveResult } from "./live.ts";
import { useLive, useLiveAll } from "./live.ts";
import type { LogState } from "./live-logs.ts";
import { applyLogMessage } from "./live-logs.ts";
import type { ObjectsState, TableState } from "./live-rows.ts";
import { applyObjectsMessage, applyTableMessage } from "./live-rows.ts";

const TableDocument = graphql(`
  subscription Table($type: ResourceType!, $namespace: String, $labelSelector: String) {
    table(type: $type, namespace: $namespace, labelSelector: $labelSelector) {
      liveness
      snapshot
      columns {
        name
        type
        format
        description
        priority
      }
      rows {
        key
        namespace
        name
        creationTimestamp
        labels
        cells
      }
      deleted
    }
  }
`);

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

const PodLogsDocument = graphql(`
  subscription PodLogs(
    $namespace: String!
    $pod: String!
    $container: String
    $previous: Boolean
    $tailLines: Int
  ) {
    podLogs(
      namespace: $namespace
      pod: $pod
      container: $container
      previous: $previous
      tailLines: $tailLines
    ) {
      lines {
        time
        text
      }
      ended
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

/** A live list as kubectl prints it. */
export function useTable(set: Omit<ObjectSet, "fieldSelector">): LiveResult<TableState> {
  return useLive({
    document: TableDocument,
    variables: {
      type: set.type,
      namespace: set.namespace ?? null,
      labelSelector: set.labelSelector ?? null,
    },
    reduce: (state: TableState | undefined, { data }) => applyTableMessage(state, data.table),
  });
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

/** One container whose log is read. */
export interface LogSource {
  namespace: string;
  pod: string;
  container: string;
  previous?: boolean;
  tailLines?: number;
}

function logSource(source: LogSource, run?: string) {
  return {
    document: PodLogsDocument,
    variables: {
      namespace: source.namespace,
      pod: source.pod,
      container: source.container,
      previous: source.previous ?? false,
      tailLines: source.tailLines ?? 500,
    },
    reduce: applyLogMessage,
    isLast: (data: PodLogsSubscription) => data.podLogs.ended,
    ...(run === undefined ? {} : { run }),
  };
}

/** Follows one container's log. */
export function usePodLogs(source: LogSource): LiveResult<LogState> {
  return useLive(logSource(source));
}

/** Follows several logs; `run` tells runs of the same container apart. */
export function usePodLogsOf(sources: readonly { source: LogSource; run: string }[]): LiveResult<LogState>[] {
  return useLiveAll(sources.map(({ source, run }) => logSource(source, run)));
}
