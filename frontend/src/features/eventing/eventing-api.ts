import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { graphql } from "#api/generated/gql.ts";
import type {
  CheckEventQuery,
  DeadLettersQuery,
  ReplayDeadLetterMutation,
  SendTestEventMutation,
} from "#api/generated/graphql.ts";
import { request } from "#api/request.ts";

export type FieldProblem = CheckEventQuery["checkEvent"][number];
export type DeadLetterPage = DeadLettersQuery["deadLetters"];
export type DeadLetter = DeadLetterPage["deadLetters"][number];
export type ReplayAnswer = ReplayDeadLetterMutation["replayDeadLetter"];
export type PublishAnswer = SendTestEventMutation["sendTestEvent"];

const EventSuggestionsDocument = graphql(`
  query EventSuggestions($namespaces: [String!], $source: String, $type: String) {
    eventSuggestions(namespaces: $namespaces, source: $source, type: $type) {
      sources
      types {
        type
        source
        seen
      }
      complete
    }
  }
`);

const CheckSubscriptionDocument = graphql(`
  query CheckSubscription($subscription: JSON!) {
    checkSubscription(subscription: $subscription) {
      field
      message
      blocks
    }
  }
`);

const CheckEventDocument = graphql(`
  query CheckEvent($event: String!) {
    checkEvent(event: $event) {
      field
      message
      blocks
    }
  }
`);

const DeadLettersDocument = graphql(`
  query DeadLetters($namespaces: [String!], $subscription: String, $limit: Int!, $continue: String) {
    deadLetters(namespaces: $namespaces, subscription: $subscription, limit: $limit, continue: $continue) {
      deadLetters {
        namespace
        name
        subscription
        time
        reason
        attempts
        status
        answer
        sink
        event
      }
      continue
      problems {
        kind
        message
      }
    }
  }
`);

const SendTestEventDocument = graphql(`
  mutation SendTestEvent($event: String!) {
    sendTestEvent(event: $event) {
      accepted
      status
      message
      durationMs
    }
  }
`);

const ReplayDeadLetterDocument = graphql(`
  mutation ReplayDeadLetter($namespace: String!, $name: String!, $event: String) {
    replayDeadLetter(namespace: $namespace, name: $name, event: $event) {
      delivered
      status
      answer
      deadLetter
    }
  }
`);

const DiscardDeadLetterDocument = graphql(`
  mutation DiscardDeadLetter($namespace: String!, $name: String!) {
    discardDeadLetter(namespace: $namespace, name: $name)
  }
`);

/** Sources and types that go with what is typed. `namespaces`: where to look for those who may not look everywhere. */
export function suggestionsQuery(namespaces: string[] | undefined, typed: { source: string; type: string }) {
  const variables = { namespaces: namespaces ?? null, ...typed };
  return queryOptions({
    queryKey: ["eventSuggestions", variables],
    queryFn: async ({ signal }) =>
      (await request(EventSuggestionsDocument, variables, signal)).eventSuggestions,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}

/** What the controller would say against a Subscription, and what would keep its events waiting. */
export async function checkSubscription(
  subscription: unknown,
  signal?: AbortSignal,
): Promise<FieldProblem[]> {
  return (await request(CheckSubscriptionDocument, { subscription }, signal)).checkSubscription;
}

/** The same while it is typed; the last answer stays while the next one comes. */
export function checkSubscriptionQuery(subscription: unknown) {
  return queryOptions({
    queryKey: ["checkSubscription", subscription],
    queryFn: ({ signal }) => checkSubscription(subscription, signal),
    placeholderData: keepPreviousData,
    staleTime: 5000,
  });
}

/** What stands against a CloudEvent in JSON. */
export function checkEventQuery(event: string) {
  return queryOptions({
    queryKey: ["checkEvent", event],
    queryFn: async ({ signal }) => (await request(CheckEventDocument, { event }, signal)).checkEvent,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
}

/** Where dead letters are looked for. Undefined namespaces: everywhere. */
export interface DeadLetterScope {
  namespaces: string[] | undefined;
  subscription?: string;
}

/** A page of dead letters, newest first. */
export async function readDeadLetters(
  { namespaces, subscription }: DeadLetterScope,
  page: { limit: number; continue: string | null },
  signal: AbortSignal,
): Promise<DeadLetterPage> {
  const variables = { namespaces: namespaces ?? null, subscription: subscription ?? null, ...page };
  return (await request(DeadLettersDocument, variables, signal)).deadLetters;
}

/** Publishes an event (JSON) as the user. A publisher that refuses it is an answer, not an error. */
export async function sendTestEvent(event: string): Promise<PublishAnswer> {
  return (await request(SendTestEventDocument, { event })).sendTestEvent;
}

/** Sends a dead letter, or another event (JSON) in its place, to the Subscription's sink. */
export async function replayDeadLetter(
  { namespace, name }: { namespace: string; name: string },
  event?: string,
): Promise<ReplayAnswer> {
  return (await request(ReplayDeadLetterDocument, { namespace, name, event: event ?? null }))
    .replayDeadLetter;
}

export async function discardDeadLetter(key: { namespace: string; name: string }): Promise<void> {
  await request(DiscardDeadLetterDocument, { namespace: key.namespace, name: key.name });
}
