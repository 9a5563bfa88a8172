import { graphql } from "./generated/gql.ts";
import type { ObjectPageSubscription, ObjectRef } from "./generated/graphql.ts";
import type { LiveResult } from "./live.ts";
import { useLive } from "./live.ts";
import { request } from "./request.ts";

// Everything that an object's page shows is in this one subscription. Parts of areas are selected where a kind has them.
const ObjectPageDocument = graphql(`
  subscription ObjectPage($ref: ObjectRef!, $paths: [String!]) {
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
        total
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
          uid
          relation
          exists
          state {
            word
            health
            sentence
          }
        }
        total
        missing
      }
      events {
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
      ...WorkloadPageParts
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
  }
`);

type ObjectPageMessage = ObjectPageSubscription["objectPage"];
type PartName = Exclude<keyof ObjectPageMessage, "liveness" | "staleSince" | "changed" | "__typename">;
export type ObjectPageParts = Pick<ObjectPageMessage, PartName>;
export type PageState = NonNullable<ObjectPageParts["state"]>;
export type PageEvent = NonNullable<ObjectPageParts["events"]>["events"][number];
export type PageChildren = NonNullable<ObjectPageParts["children"]>;
export type PageOwners = NonNullable<ObjectPageParts["owners"]>;
export type PageEndpoints = NonNullable<ObjectPageParts["endpoints"]>;
export type PageRelated = NonNullable<ObjectPageParts["related"]>;

/** All that is known of an object's page. A part is undefined until it came. */
export interface ObjectPageState {
  liveness: "LIVE" | "RECONNECTING";
  staleSince: string | null;
  parts: Partial<ObjectPageParts>;
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
  const next = Object.fromEntries(
    changed.map((part) => [part, message[part as PartName]]),
  ) as Partial<ObjectPageParts>;
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

/** An object's page, live, in one subscription. */
export function useObjectPage(ref: ObjectRef, paths: string[] | null = null): LiveResult<ObjectPageState> {
  return useLive({
    document: ObjectPageDocument,
    variables: { ref, paths },
    reduce: (state: ObjectPageState | undefined, { data }) => applyPageMessage(state, data.objectPage),
  });
}

const PatchMetadataDocument = graphql(`
  mutation PatchMetadata($ref: ObjectRef!, $patch: JSON!) {
    patchObject(ref: $ref, patch: $patch, type: MERGE)
  }
`);

/** Merges this into the object's metadata. With resourceVersion in it a change in between is a ConflictError. */
export async function patchMetadata(ref: ObjectRef, metadata: Record<string, unknown>): Promise<void> {
  await request(PatchMetadataDocument, { ref, patch: { metadata } });
}
