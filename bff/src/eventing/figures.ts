import type { Caller } from "../graphql/context.ts";
import { latest } from "../graphql/latest.ts";
import type { LiveSets } from "../resources/live-sets.ts";
import { deliveriesSource, type MeasuredDelivery } from "./delivery-source.ts";
import { earliest, JoinedSets, type PolledSet } from "./joined-sets.ts";
import type { EventingProblem } from "./problems.ts";

/** As SubscriptionFigures in the SDL. */
interface SubscriptionFigures {
  namespace: string;
  name: string;
  waiting: number;
  deadLetters: number;
}

/** As FiguresMessage in the SDL. */
interface FiguresMessage {
  staleSince: string | null;
  figures: SubscriptionFigures[];
  problems: EventingProblem[];
}

const pauseMs = 500;
const mostFigures = 5000;

/** What waits and what was given up, of all Subscriptions that this person may see. Undefined namespaces: all of them. */
export function figuresMessages(
  liveSets: LiveSets,
  caller: Caller,
  namespaces: string[] | undefined,
): AsyncIterableIterator<FiguresMessage> {
  let sets: PolledSet<MeasuredDelivery[]>[] = [];
  let told = "";
  return latest(
    {
      open(wake) {
        const joined = new JoinedSets(liveSets, caller, wake);
        sets = (namespaces ?? [undefined]).map((namespace) => joined.follow(deliveriesSource(namespace)));
        return () => joined.close();
      },
      take() {
        if (!sets.every(({ loaded }) => loaded)) return undefined;
        const value = messageOf(sets);
        const text = JSON.stringify(value);
        if (text === told) return undefined;
        told = text;
        return { value };
      },
    },
    pauseMs,
  );
}

function messageOf(sets: readonly PolledSet<MeasuredDelivery[]>[]): FiguresMessage {
  const polled = sets.flatMap(({ entries }) => entries.get("") ?? []);
  return {
    staleSince: earliest(polled.flatMap(({ staleSince }) => staleSince ?? [])),
    figures: figuresOf(polled.flatMap(({ value }) => value ?? [])),
    problems: polled.flatMap(({ problem }) => problem ?? []),
  };
}

/** Of too many, those are left out that have the least to tell. Pure. */
export function figuresOf(
  deliveries: readonly MeasuredDelivery[],
  most = mostFigures,
): SubscriptionFigures[] {
  const figures = deliveries.map(({ namespace, name, types, deadLetters }) => ({
    namespace,
    name,
    waiting: types.reduce((sum, { pending, inFlight }) => sum + pending + inFlight, 0),
    deadLetters,
  }));
  if (figures.length <= most) return figures;
  return figures.toSorted((a, b) => b.waiting + b.deadLetters - (a.waiting + a.deadLetters)).slice(0, most);
}
