import { Link } from "@tanstack/react-router";
import type { ListCellProps, ListLook } from "#resources/feature.ts";
import { subscriptionState } from "#resources/kyma-states.ts";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { useFreshness } from "#resources/use-freshness.ts";
import { ErrorAlert } from "#ui/error-state.tsx";
import { FreshnessBadge } from "#ui/freshness-badge.tsx";
import { HealthText } from "#ui/health-text.tsx";
import { countText } from "./amounts.ts";
import { useFigures, type SubscriptionFigures } from "./live-eventing.ts";
import { ProblemNotes } from "./problem-notes.tsx";
import { sinkName } from "./sinks.ts";

/** What is measured of a row's Subscription: one live view for all rows. */
function useRowFigures({ namespace, name }: ListCellProps["row"]): SubscriptionFigures | undefined {
  const { namespaces } = useNamespaceScope();
  return useFigures(namespaces).value?.figures.get(`${namespace}/${name}`);
}

/** Why figures are missing, or since when they are old. */
function FiguresNote() {
  const { namespaces } = useNamespaceScope();
  const live = useFigures(namespaces);
  const freshness = useFreshness(live);
  if (live.error)
    return <ErrorAlert title="What waits cannot be shown" error={live.error} retry={live.retry} />;
  return (
    <>
      <ProblemNotes problems={live.value?.problems ?? []} />
      {freshness.state === "stale" ? (
        <div className="kyma-problem-note">
          Pending and Dead letters: <FreshnessBadge freshness={freshness} />
        </div>
      ) : null}
    </>
  );
}

function ReadyCell({ values: [ready, message] }: ListCellProps) {
  const isKnown = typeof ready === "boolean" || typeof ready === "string";
  const { health, text } = subscriptionState(isKnown ? String(ready) === "true" : undefined);
  return (
    <span title={typeof message === "string" ? message : undefined}>
      <HealthText health={health}>{text}</HealthText>
    </span>
  );
}

function SinkCell({ row, values: [sink] }: ListCellProps) {
  return typeof sink === "string" ? sinkName(sink, row.namespace ?? "") : null;
}

function TypesCell({ values: [types] }: ListCellProps) {
  const text = typeof types === "string" ? types.replaceAll(",", ", ") : "";
  return <span title={text}>{text}</span>;
}

function PendingCell({ row }: ListCellProps) {
  return countText(useRowFigures(row)?.waiting);
}

function DeadLettersCell({ row }: ListCellProps) {
  const count = useRowFigures(row)?.deadLetters;
  if (!count) return countText(count);
  return (
    <HealthText health="warning">
      <Link
        to="/namespaces/$ns/subscriptions/$name"
        params={{ ns: row.namespace ?? "", name: row.name }}
        search={{ tab: "dead-letters" } as never}
      >
        {count.toLocaleString("en")}
      </Link>
    </HealthText>
  );
}

/** How the list of Subscriptions differs from what kubectl prints: where events go, and how many wait or were given up. */
export const subscriptionLook: ListLook = {
  kinds: ["subscriptions.eventing.kyma-project.io"],
  hidden: ["cell:Ready"],
  columns: [
    {
      id: "console:ready",
      name: "Ready",
      needs: ["jsonpath:{.status.ready}", 'jsonpath:{.status.conditions[?(@.status=="False")].message}'],
      sort: "cell:Ready",
      Cell: ReadyCell,
    },
    {
      id: "console:sink",
      name: "Sink",
      needs: ["jsonpath:{.spec.sink}"],
      sort: "jsonpath:{.spec.sink}",
      Cell: SinkCell,
    },
    {
      id: "console:types",
      name: "Types",
      needs: ["jsonpath:{.spec.types[*]}"],
      sort: "jsonpath:{.spec.types[0]}",
      Cell: TypesCell,
    },
    { id: "console:pending", name: "Pending", needs: [], Cell: PendingCell },
    { id: "console:dead-letters", name: "Dead letters", needs: [], Cell: DeadLettersCell },
  ],
  Note: FiguresNote,
};
