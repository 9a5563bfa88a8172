import { graphql } from "./generated/gql.ts";
import type { ObjectPageSubscription, ObjectRef, OverviewPartsFragment } from "./generated/graphql.ts";
import type { LiveResult } from "./live.ts";
import { useLive } from "./live.ts";
import { applyMetrics, type MetricsState } from "./metrics.ts";
import { request } from "./request.ts";

// Everything that an object's page shows is in this one subscription, as far as its open tab shows it.
const ObjectPageDocument = graphql(`
  subscription ObjectPage($ref: ObjectRef!, $paths: [String!]!, $overview: Boolean!, $events: Boolean!) {
    objectPage(ref: $ref) {
      liveness
      staleSince
      changed
      object(paths: $paths)
      state {
        word
        health
        sentence
      }
      warnings
      events @include(if: $events) {
        events {
          key
          type
          reason
          message
          count
          lastSeen
          source
          kind
          name
        }
        missing
      }
      ...OverviewParts @include(if: $overview)
    }
  }
`);

// Parts of areas have a value where a kind has them.
graphql(`
  fragment OverviewParts on ObjectPageMessage {
    owners {
      objects {
        group
        version
        plural
        kind
        namespace
        name
        uid
        exists
        state {
          word
          health
          sentence
        }
      }
      missing
    }
    children {
      objects {
        group
        version
        plural
        kind
        namespace
        name
        uid
        parent
        createdAt
        state {
          word
          health
          sentence
        }
      }
      total
      missing
    }
    related {
      objects {
        group
        version
        plural
        kind
        namespace
        name
        relation
        exists
        state {
          word
          health
          sentence
        }
      }
      missing
    }
    ...WorkloadPageParts
    ...MetricsPagePart
    ...NamespacePageParts
    ...EventingPagePart
    endpoints {
      endpoints {
        address
        ready
        terminating
        pod
        node
      }
      total
      ready
      ports {
        name
        port
        protocol
      }
      missing
    }
  }
`);

graphql(`
  fragment NamespacePageParts on ObjectPageMessage {
    contents {
      kinds {
        group
        version
        plural
        kind
        count
      }
      missing
    }
    quotas {
      quotas {
        name
        resources {
          name
          hard
          used
        }
      }
      missing
    }
  }
`);

type ObjectPageMessage = ObjectPageSubscription["objectPage"];
/** A part is undefined until it came, and where the open tab does not show it. */
export type ObjectPageParts = Partial<
  Omit<ObjectPageMessage & OverviewPartsFragment, "liveness" | "staleSince" | "changed" | "metrics">
> & { metrics?: MetricsState | null };
export type PageState = NonNullable<ObjectPageParts["state"]>;
export type PageEvent = NonNullable<ObjectPageParts["events"]>["events"][number];
export type PageChildren = NonNullable<ObjectPageParts["children"]>;
export type PageOwners = NonNullable<ObjectPageParts["owners"]>;
export type PageEndpoints = NonNullable<ObjectPageParts["endpoints"]>;
export type PageRelated = NonNullable<ObjectPageParts["related"]>;
export type PageQuota = NonNullable<ObjectPageParts["quotas"]>["quotas"][number];

/** All that is known of an object's page. */
export interface ObjectPageState {
  liveness: "LIVE" | "RECONNECTING";
  staleSince: string | null;
  parts: ObjectPageParts;
  /** It was there and is gone: the parts are those that were seen last. */
  deleted: boolean;
}

/** The page after a message: parts that it names are replaced. An object that goes leaves its last state behind. Pure. */
export function applyPageMessage(
  state: ObjectPageState | undefined,
  message: ObjectPageMessage,
): ObjectPageState {
  const { liveness, changed } = message;
  const staleSince = message.staleSince ?? null;
  const next = namedParts(state?.parts, message);
  const had = state?.parts.object ?? null;
  if (changed.includes("object")) {
    const has = message.object ?? null;
    if (has === null && had !== null && state)
      return { liveness, staleSince, parts: state.parts, deleted: true };
    if (has !== null) return { liveness, staleSince, parts: { ...state?.parts, ...next }, deleted: false };
  }
  if (state?.deleted) return { ...state, liveness, staleSince };
  return { liveness, staleSince, parts: { ...state?.parts, ...next }, deleted: false };
}

function namedParts(before: ObjectPageParts | undefined, message: ObjectPageMessage): ObjectPageParts {
  const { metrics, ...parts } = message as ObjectPageMessage & OverviewPartsFragment;
  const named = new Set(message.changed);
  const entries = Object.entries(parts).filter(([part]) => named.has(part));
  return {
    ...(Object.fromEntries(entries) as ObjectPageParts),
    ...(named.has("metrics") ? { metrics: metrics && applyMetrics(before?.metrics, metrics) } : {}),
  };
}

/** What of an object's page is shown. */
export interface PageSelection {
  /** Fields of the object, e.g. `spec.replicas`; a path through a list takes the field of each element. */
  paths: readonly string[];
  /** Relations and the parts of areas. */
  overview: boolean;
  events: boolean;
}

/** What an object's page shows, live, in one subscription. */
export function useObjectPage(ref: ObjectRef, selection: PageSelection): LiveResult<ObjectPageState> {
  return useLive({
    document: ObjectPageDocument,
    variables: { ref, ...selection, paths: [...selection.paths] },
    reduce: (state: ObjectPageState | undefined, { data }) => applyPageMessage(state, data.objectPage),
  });
}

const PatchMetadataDocument = graphql(`
  mutation PatchMetadata($ref: ObjectRef!, $patch: JSON!, $dryRun: Boolean!) {
    patchObject(ref: $ref, patch: $patch, type: MERGE, dryRun: $dryRun)
  }
`);

/** Merges this into the object's metadata. With resourceVersion in it a change in between is a ConflictError. */
export async function patchMetadata(
  ref: ObjectRef,
  metadata: Record<string, unknown>,
  dryRun = false,
): Promise<void> {
  await request(PatchMetadataDocument, { ref, patch: { metadata }, dryRun });
}
