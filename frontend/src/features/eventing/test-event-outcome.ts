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
  /** The last attempt. */
  attempt: Attempt | undefined;
}

/** The outcome after a message; attempts that were seen stay when the stream begins anew. Pure. */
export function applyOutcome(state: OutcomeState | undefined, message: OutcomeMessage): OutcomeState {
  const known = new Map<string, Match>();
  for (const match of message.matches)
    known.set(keyOf(match), { ...match, reason: match.reason ?? null, attempt: undefined });
  const seen = (state?.matches ?? []).flatMap(({ attempt }) => attempt ?? []);
  for (const attempt of [...seen, ...message.attempts]) {
    const key = keyOf({ namespace: attempt.namespace, name: attempt.subscription });
    const match = known.get(key) ?? strangerOf(attempt);
    const isNewer = !match.attempt || attempt.attempt >= match.attempt.attempt;
    known.set(key, isNewer ? { ...match, attempt } : match);
  }
  return { watching: message.watching, problems: message.problems, matches: [...known.values()] };
}

function strangerOf({ namespace, subscription, sink }: Attempt): Match {
  return { namespace, name: subscription, sink, ready: true, reason: null, attempt: undefined };
}

function keyOf({ namespace, name }: { namespace: string; name: string }): string {
  return `${namespace}/${name}`;
}
