import { deadLetters } from "./delivery-api.ts";
import type { GraphqlContext } from "../graphql/context.ts";
import { badInput } from "../graphql/errors.ts";
import { latest } from "../graphql/latest.ts";
import { live, type Area, type RootResolvers, type SubscriptionResolvers } from "../graphql/schema.ts";
import type { LiveSets } from "../resources/live-sets.ts";
import { checkName, checkNamespace, toKey } from "../resources/references.ts";
import { attemptUpstream, type DeliveryAttempt, type EventKey } from "./attempts.ts";
import { listDeadLetters, replay } from "./dead-letters.ts";
import { eventProblems, soundEvent } from "./event-checks.ts";
import { eventingMessages } from "./eventing-stream.ts";
import { figuresMessages } from "./figures.ts";
import { outcomeMessages } from "./outcome-stream.ts";
import { subscriptionProblems } from "./subscription-checks.ts";
import { suggestions } from "./suggestions.ts";
import { tailUpstream, type TailedEvent } from "./tail.ts";
import { publish } from "./test-event.ts";
import { WatchFeed, type FeedBatch } from "./watch-feed.ts";

interface Places {
  namespaces?: string[] | null;
}
interface Name {
  namespace: string;
  name: string;
}

const mostNamespaces = 50;
const mostDeadLetters = 500;
const longestText = 4096;
/** Least pause between two messages of a feed. */
const pauseMs = 200;

/** Subscriptions, events and what could not be delivered. */
export function eventingArea(liveSets: LiveSets): Area {
  return {
    sdl: new URL("./schema.graphql", import.meta.url),
    query: queries,
    mutation: mutations,
    subscription: subscriptionsOf(liveSets),
  };
}

const queries: RootResolvers = {
  eventSuggestions: (_, args: Places & TypedArguments, { caller, signal }) => {
    const typed = { source: short("source", args.source ?? ""), type: short("type", args.type ?? "") };
    return suggestions(caller.kube, placesOf(args), typed, signal);
  },
  checkSubscription: (_, { subscription }: { subscription: unknown }, { caller, signal }) =>
    subscriptionProblems(caller.kube, subscription, signal),
  checkEvent: (_, { event }: { event: string }) => eventProblems(event),
  deadLetters: (_, args: Places & DeadLetterArguments, { caller, signal }) => {
    const { limit, subscription, continue: from } = args;
    if (limit < 1 || limit > mostDeadLetters) throw badInput(`limit must be from 1 to ${mostDeadLetters}`);
    const question = {
      namespaces: placesOf(args),
      subscription: subscription ? checkName(subscription) : undefined,
      limit,
      continue: from ? short("continue", from) : undefined,
    };
    return listDeadLetters(caller.kube, question, signal);
  },
};

interface TypedArguments {
  source?: string | null;
  type?: string | null;
}

interface DeadLetterArguments {
  subscription?: string | null;
  limit: number;
  continue?: string | null;
}

const mutations: RootResolvers = {
  sendTestEvent: (_, { event }: { event: string }, { caller, signal }) =>
    publish(caller.kube, soundEvent(event), signal),
  replayDeadLetter: (_, args: Name & { event?: string | null }, { caller, signal }) => {
    const event = typeof args.event === "string" ? soundEvent(args.event) : undefined;
    toKey(deadLetters, args);
    return replay(caller.kube, { namespace: args.namespace, name: args.name }, event, signal);
  },
  discardDeadLetter: async (_, args: Name, { caller }) => {
    await caller.kube.delete(deadLetters, toKey(deadLetters, args));
    return true;
  },
};

function subscriptionsOf(liveSets: LiveSets): SubscriptionResolvers {
  return {
    eventing: live((_, args: Places, { caller }: GraphqlContext) =>
      eventingMessages(liveSets, caller, placesOf(args)),
    ),
    subscriptionFigures: live((_, args: Places, { caller }: GraphqlContext) =>
      figuresMessages(liveSets, caller, placesOf(args)),
    ),
    eventTail: live(
      (_, args: { type?: string | null; source?: string | null }, { caller }: GraphqlContext) => {
        const type = args.type?.trim();
        const source = args.source?.trim();
        const filter = {
          ...(type ? { type: short("type", type) } : {}),
          ...(source ? { source: short("source", source) } : {}),
        };
        return mapped(new WatchFeed(tailUpstream(caller.kube, filter)), toTail);
      },
    ),
    deliveryAttempts: live(
      (_, args: { namespace: string; subscription: string }, { caller }: GraphqlContext) => {
        const filter = { subscription: checkName(args.subscription) };
        const upstream = attemptUpstream(caller.kube, checkNamespace(args.namespace), filter);
        return mapped(new WatchFeed(upstream), toAttempts);
      },
    ),
    testEventOutcome: live((_, args: Places & { event: EventKey }, { caller, signal }: GraphqlContext) => {
      const { id, source, type } = args.event;
      const event = { id: short("id", id), source: short("source", source), type: short("type", type) };
      return outcomeMessages(caller.kube, event, placesOf(args), signal);
    }),
  };
}

function toTail({ items, ...batch }: FeedBatch<TailedEvent>): object {
  return { ...batch, events: items };
}

function toAttempts({ items, ...batch }: FeedBatch<DeliveryAttempt>): object {
  return { ...batch, attempts: items };
}

function mapped<T>(feed: WatchFeed<T>, toMessage: (batch: FeedBatch<T>) => object): AsyncIterable<object> {
  const take = (): { value: object } | undefined => {
    const taken = feed.take();
    return taken && { value: toMessage(taken.value) };
  };
  return latest({ open: (wake) => feed.open(wake), take }, pauseMs);
}

/** Undefined: all. */
function placesOf({ namespaces }: Places): string[] | undefined {
  if (!namespaces) return undefined;
  if (namespaces.length === 0 || namespaces.length > mostNamespaces)
    throw badInput(`choose 1 to ${mostNamespaces} namespaces, or all of them`);
  return [...new Set(namespaces.map(checkNamespace))];
}

function short(what: string, text: string): string {
  if (text.length > longestText) throw badInput(`${what} is longer than ${longestText} characters`);
  return text;
}
