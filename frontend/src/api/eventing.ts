import { graphql } from "./generated/gql.ts";
import type { EventingPagePartFragment } from "./generated/graphql.ts";

// Part of the one subscription of an object's page (object-page.ts).
graphql(`
  fragment EventingPagePart on ObjectPageMessage {
    delivery {
      state {
        types {
          type
          exists
          rate
          delivered
          pending
          inFlight
          redelivered
          oldestPending
          waitingDispatchers
        }
        deadLetters
        lastError {
          time
          status
          message
          eventId
          type
        }
      }
      staleSince
      problem {
        kind
        message
      }
    }
  }
`);

/** How the events of a Subscription are delivered. */
export type DeliveryPart = NonNullable<EventingPagePartFragment["delivery"]>;
