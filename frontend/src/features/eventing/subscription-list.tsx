import { Link } from "@tanstack/react-router";
import type { ListCellProps, ListLook } from "#resources/feature.ts";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { HealthText } from "#ui/health-text.tsx";
import { useEventing, type SubscriptionFlow } from "./live-eventing.ts";
import { sinkName } from "./sinks.ts";

/** What is measured of a row's Subscription: one live view for all rows. */
function useFlow(namespace: string | null | undefined, name: string): SubscriptionFlow | undefined {
  const { namespaces } = useNamespaceScope();
  const flows = useEventing(namespaces).value?.subscriptions;
  return flows?.find((flow) => flow.namespace === namespace && flow.name === name);
}

function ReadyCell({ values: [ready, message] }: ListCellProps) {
  const known = typeof ready === "boolean" || typeof ready === "string";
  const isReady = String(ready) === "true";
  return (
    <span title={typeof message === "string" ? message : undefined}>
      <HealthText health={isReady ? "ok" : known ? "error" : "progress"}>
        {isReady ? "Ready" : known ? "Not ready" : "Waiting"}
      </HealthText>
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
  const flow = useFlow(row.namespace, row.name);
  if (!flow || flow.types.every(({ pending }) => pending === null)) return "–";
  return flow.types
    .reduce((sum, { pending, inFlight }) => sum + (pending ?? 0) + (inFlight ?? 0), 0)
    .toLocaleString("en");
}

function DeadLettersCell({ row }: ListCellProps) {
  const count = useFlow(row.namespace, row.name)?.deadLetters;
  if (count === undefined || count === null) return "–";
  if (count === 0) return "0";
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
};
