import type { ListCellProps, ListLook } from "#resources/feature.ts";
import type { Condition } from "#resources/kube-objects.ts";
import { HealthText } from "#ui/health-text.tsx";
import { functionState, replicasText } from "./function-state.ts";
import type { KymaFunction } from "./kyma-function.ts";
import { runtimeLabel } from "./kyma-function.ts";

const of = (condition: string, field: string) =>
  `jsonpath:{.status.conditions[?(@.type=="${condition}")].${field}}`;

/** What the state of a Function adds up from, in the order of `stateOf`. */
const stateNeeds = [
  "jsonpath:{.metadata.generation}",
  "jsonpath:{.status.observedGeneration}",
  "jsonpath:{.metadata.deletionTimestamp}",
  "jsonpath:{.spec.replicas}",
  of("ConfigurationReady", "status"),
  of("ConfigurationReady", "message"),
  of("Running", "status"),
  of("Running", "reason"),
  of("Running", "message"),
] as const;

function text(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function condition(type: string, status: unknown, reason: unknown, message: unknown): Condition[] {
  const known = text(status);
  if (known === undefined) return [];
  return [
    {
      type,
      status: known as Condition["status"],
      ...(text(reason) === undefined ? {} : { reason: text(reason) ?? "" }),
      ...(text(message) === undefined ? {} : { message: text(message) ?? "" }),
    },
  ];
}

/** The parts of a Function that its state is made of, from a row's values. Pure. */
export function functionOfRow(name: string, values: readonly unknown[]): KymaFunction {
  const [generation, observed, deleted, replicas, configured, configuredText, running, reason, message] =
    values;
  const conditions = [
    ...condition("ConfigurationReady", configured, undefined, configuredText),
    ...condition("Running", running, reason, message),
  ];
  return {
    apiVersion: "",
    kind: "Function",
    metadata: {
      name,
      generation: Number(generation ?? 0),
      ...(text(deleted) === undefined ? {} : { deletionTimestamp: text(deleted) ?? "" }),
    },
    spec: {
      runtime: "",
      source: {},
      ...(text(replicas) === undefined ? {} : { replicas: Number(replicas) }),
    },
    status: { observedGeneration: Number(observed ?? 0), ...(conditions.length > 0 ? { conditions } : {}) },
  };
}

function StateCell({ row, values }: ListCellProps) {
  const { health, label, text: meaning } = functionState(functionOfRow(row.name, values));
  return (
    <span title={meaning}>
      <HealthText health={health}>{label}</HealthText>
    </span>
  );
}

function RuntimeCell({ values: [runtime] }: ListCellProps) {
  return runtimeLabel(text(runtime) ?? "");
}

function ReplicasCell({ row, values: [wanted, ready] }: ListCellProps) {
  const fn = functionOfRow(row.name, [0, 0, undefined, wanted]);
  return replicasText({ ...fn, status: { replicas: Number(ready ?? 0) } });
}

/** How the list of Functions differs from what kubectl prints: states in words. */
export const functionLook: ListLook = {
  kinds: ["functions.serverless.kyma-project.io"],
  hidden: ["cell:Configured", "cell:Running", "cell:Runtime", "cell:Version"],
  columns: [
    {
      id: "console:state",
      name: "State",
      needs: stateNeeds,
      sort: "cell:Running",
      Cell: StateCell,
    },
    {
      id: "console:runtime",
      name: "Runtime",
      needs: ["jsonpath:{.spec.runtime}"],
      sort: "cell:Runtime",
      Cell: RuntimeCell,
    },
    {
      id: "console:replicas",
      name: "Replicas",
      needs: ["jsonpath:{.spec.replicas}", "jsonpath:{.status.replicas}"],
      sort: "jsonpath:{.spec.replicas}",
      Cell: ReplicasCell,
    },
  ],
};
