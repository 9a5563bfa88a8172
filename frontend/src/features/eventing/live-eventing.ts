import { graphql } from "#api/generated/gql.ts";
import type {
  DeliveryAttemptsSubscription,
  EventingSubscription,
  EventKeyInput,
  EventTailSubscription,
  SubscriptionFiguresSubscription,
  TestEventOutcomeSubscription,
} from "#api/generated/graphql.ts";
import { useLive, type LiveResult } from "#api/live.ts";
import { applyFeed, type FeedState } from "./feed-store.ts";

const EventingDocument = graphql(`
  subscription Eventing($namespaces: [String!]) {
    eventing(namespaces: $namespaces) {
      staleSince
      streams {
        name
        messages
        bytes
        maxBytes
        maxMessagesPerSubject
        consumers
        firstTime
        lastTime
      }
      server {
        version
        storageUsed
        storageReserved
        storageLimit
      }
      observed {
        type
        source
        count
        rate
        lastTime
      }
      subscriptions {
        namespace
        name
        source
        anySource
        sink
        ready
        reason
        types {
          type
          published
          rate
          pending
          inFlight
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
      subscriptionsTotal
      deadLettersTotal
      problems {
        kind
        message
      }
    }
  }
`);

const SubscriptionFiguresDocument = graphql(`
  subscription SubscriptionFigures($namespaces: [String!]) {
    subscriptionFigures(namespaces: $namespaces) {
      staleSince
      figures {
        namespace
        name
        waiting
        deadLetters
      }
      problems {
        kind
        message
      }
    }
  }
`);

const EventTailDocument = graphql(`
  subscription EventTail($type: String, $source: String) {
    eventTail(type: $type, source: $source) {
      watching
      opened
      items: events {
        time
        source
        type
        event
        truncated
      }
      omitted
      problem {
        kind
        message
      }
    }
  }
`);

const DeliveryAttemptsDocument = graphql(`
  subscription DeliveryAttempts($namespace: String!, $subscription: String!) {
    deliveryAttempts(namespace: $namespace, subscription: $subscription) {
      watching
      opened
      items: attempts {
        time
        namespace
        subscription
        eventId
        source
        type
        sink
        attempt
        status
        outcome
        nextAttemptMs
        durationMs
        error
      }
      omitted
      problem {
        kind
        message
      }
    }
  }
`);

const TestEventOutcomeDocument = graphql(`
  subscription TestEventOutcome($event: EventKeyInput!, $namespaces: [String!]) {
    testEventOutcome(event: $event, namespaces: $namespaces) {
      watching
      matches {
        namespace
        name
        sink
        ready
        reason
      }
      attempts {
        time
        namespace
        subscription
        eventId
        source
        type
        sink
        attempt
        status
        outcome
        nextAttemptMs
        durationMs
        error
      }
      problems {
        kind
        message
      }
    }
  }
`);

export type EventingState = EventingSubscription["eventing"];
export type EventingProblem = EventingState["problems"][number];
export type SubscriptionFlow = NonNullable<EventingState["subscriptions"]>[number];
export type EventStream = NonNullable<EventingState["streams"]>[number];
export type EventServer = NonNullable<EventingState["server"]>;
export type ObservedType = NonNullable<EventingState["observed"]>[number];
export type TailedEvent = EventTailSubscription["eventTail"]["items"][number];
export type Attempt = DeliveryAttemptsSubscription["deliveryAttempts"]["items"][number];
type FiguresMessage = SubscriptionFiguresSubscription["subscriptionFigures"];
export type SubscriptionFigures = FiguresMessage["figures"][number];
export type OutcomeMessage = TestEventOutcomeSubscription["testEventOutcome"];

/** How eventing does; the same namespaces in several places are one subscription. Undefined: all of them. */
export function useEventing(namespaces: string[] | undefined, enabled = true): LiveResult<EventingState> {
  return useLive(
    {
      document: EventingDocument,
      variables: { namespaces: namespaces ?? null },
      reduce: (_state: EventingState | undefined, { data }) => data.eventing,
    },
    enabled,
  );
}

/** What waits and what was given up of each Subscription, by `namespace/name`. */
interface FiguresState extends Pick<FiguresMessage, "staleSince" | "problems"> {
  figures: ReadonlyMap<string, SubscriptionFigures>;
}

/** The figures of all Subscriptions; the same namespaces in several places are one subscription. Undefined: all of them. */
export function useFigures(namespaces: string[] | undefined): LiveResult<FiguresState> {
  return useLive({
    document: SubscriptionFiguresDocument,
    variables: { namespaces: namespaces ?? null },
    reduce: (_state: FiguresState | undefined, { data }) => {
      const { figures, ...rest } = data.subscriptionFigures;
      return { ...rest, figures: new Map(figures.map((one) => [`${one.namespace}/${one.name}`, one])) };
    },
  });
}

const mostEvents = 500;
const mostAttempts = 200;

/**
 * Events as they are published. `run` begins another tail with the same filter. After another filter, what the one before brought stays until
 * there is an answer.
 */
export function useTail(
  filter: { type: string; source: string },
  run: string,
): LiveResult<FeedState<TailedEvent>> {
  return useLive({
    document: EventTailDocument,
    variables: { type: filter.type || null, source: filter.source || null },
    reduce: (state: FeedState<TailedEvent> | undefined, { data }) =>
      applyFeed(state, data.eventTail, mostEvents),
    run,
    keepsLast: true,
  });
}

/** Attempts to deliver events of one Subscription. */
export function useAttempts(key: { namespace: string; name: string }): LiveResult<FeedState<Attempt>> {
  return useLive({
    document: DeliveryAttemptsDocument,
    variables: { namespace: key.namespace, subscription: key.name },
    reduce: (state: FeedState<Attempt> | undefined, { data }) =>
      applyFeed(state, data.deliveryAttempts, mostAttempts),
  });
}

/** What becomes of one event. `run` begins anew for one that is sent again. */
export function useOutcome<State>(
  event: EventKeyInput,
  namespaces: string[] | undefined,
  run: string,
  reduce: (state: State | undefined, message: OutcomeMessage) => State,
): LiveResult<State> {
  return useLive({
    document: TestEventOutcomeDocument,
    variables: { event, namespaces: namespaces ?? null },
    reduce: (state: State | undefined, { data }) => reduce(state, data.testEventOutcome),
    run,
  });
}
