import type { Attempt, OutcomeMessage } from "./live-eventing.ts";

/** What is known of an event that is, or was, sent. */
export interface OutcomeState {
  watching: boolean;
  /** All Subscriptions that it is for, and those that tried it although they were not expected to. */
  matches: Match[];
  problems: OutcomeMessage["problems"];
}

export interface Match {
  namespace: string;
  name: string;
  sink: string;
  ready: boolean;
  reason: string | null;
  /** The attempt that was told last. */
  attempt: Attempt | undefined;
}

/**
 * The outcome after a message; attempts that were seen stay when the stream begins anew. They count in the order in which they come: an event
 * that is published again begins with attempt 1. Pure.
 */
export function applyOutcome(state: OutcomeState | undefined, message: OutcomeMessage): OutcomeState {
  const known = new Map<string, Match>();
  for (const match of message.matches)
    known.set(keyOf(match), { ...match, reason: match.reason ?? null, attempt: undefined });
  const seen = (state?.matches ?? []).flatMap(({ attempt }) => attempt ?? []);
  for (const attempt of [...seen, ...message.attempts]) {
    const key = keyOf({ namespace: attempt.namespace, name: attempt.subscription });
    const match = known.get(key) ?? strangerOf(attempt);
    known.set(key, { ...match, attempt });
  }
  return { watching: message.watching, problems: message.problems, matches: [...known.values()] };
}

const spokenWords = { DELIVERED: "delivered", RETRY: "failed, is tried again", DEAD: "given up" } as const;

/** What is announced of a Subscription: attempts that fail one after another say the same, so its first and its final answer are heard. Pure. */
export function spokenOutcome({ name, attempt }: Match): string {
  return attempt ? `${name}: ${spokenWords[attempt.outcome]}.` : "";
}

function strangerOf({ namespace, subscription, sink }: Attempt): Match {
  return { namespace, name: subscription, sink, ready: true, reason: null, attempt: undefined };
}

function keyOf({ namespace, name }: { namespace: string; name: string }): string {
  return `${namespace}/${name}`;
}
