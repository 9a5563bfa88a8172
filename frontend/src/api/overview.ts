import { graphql } from "./generated/gql.ts";
import type { ClusterOverviewSubscription } from "./generated/graphql.ts";
import { useLive } from "./live.ts";

const ClusterOverviewDocument = graphql(`
  subscription ClusterOverview($namespaces: [String!]) {
    clusterOverview(namespaces: $namespaces) {
      liveness
      staleSince
      kinds {
        group
        version
        plural
        kind
        total
        ok
        progress
        warning
        error
      }
      failing {
        key
        group
        version
        plural
        kind
        namespace
        name
        createdAt
        state {
          word
          health
          sentence
        }
      }
      failingTotal
      capacity {
        nodes
        cpu {
          allocatable
          requested
        }
        memory {
          allocatable
          requested
        }
        pods {
          allocatable
          requested
        }
      }
      warnings {
        key
        reason
        message
        count
        lastSeen
        apiVersion
        kind
        namespace
        name
      }
      missing
    }
  }
`);

export type ClusterOverview = ClusterOverviewSubscription["clusterOverview"];

/** How the cluster does, live; undefined: all namespaces. */
export function useClusterOverview(namespaces: string[] | undefined) {
  return useLive({
    document: ClusterOverviewDocument,
    variables: { namespaces: namespaces ?? null },
    reduce: (_state: ClusterOverview | undefined, { data }) => data.clusterOverview,
  });
}
