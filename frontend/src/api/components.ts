import { graphql } from "./generated/gql.ts";
import type { ComponentsSubscription } from "./generated/graphql.ts";
import { useLive } from "./live.ts";

const ComponentsDocument = graphql(`
  subscription Components {
    components {
      name
      state
      restarts
      message
      since
    }
  }
`);

export type ComponentStatus = ComponentsSubscription["components"][number];

/** The processes that this start runs, live; empty on a cluster that is not local. */
export function useComponents() {
  return useLive({
    document: ComponentsDocument,
    variables: {},
    reduce: (_state: ComponentStatus[] | undefined, { data }) => data.components,
  });
}
