import { Alert, CodeBlock, CodeBlockCode, ExpandableSection } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import type { FunctionRef } from "#api/generated/graphql.ts";
import { ConditionTable } from "#resources/condition-table.tsx";
import type { Pod } from "#resources/kube-objects.ts";
import type { Health } from "#ui/status-label.tsx";
import { functionState } from "./function-state.ts";
import { diagnosisQuery, revisionsQuery } from "./functions-api.ts";
import type { KymaFunction } from "./kyma-function.ts";
import type { Serving } from "./serving.ts";
import { servingVersion } from "./serving.ts";

const variants: Record<Health, "success" | "info" | "warning" | "danger" | "custom"> = {
  ok: "success",
  progress: "info",
  warning: "warning",
  error: "danger",
  none: "custom",
};

function servingText(serving: Serving): string {
  if (serving.version === "none") return "No version answers requests now.";
  if (serving.version === "newest") return "";
  return serving.revision === undefined
    ? "An earlier version answers requests meanwhile."
    : `Revision ${serving.revision} answers requests meanwhile.`;
}

/** Always in sight: how the Function does, why, and which version serves. */
export function StatusPanel({
  target,
  fn,
  pods,
}: {
  target: FunctionRef;
  fn: KymaFunction;
  pods: readonly Pod[];
}) {
  const state = functionState(fn);
  const isFine = state.health === "ok" || state.health === "none";
  const revisions = useQuery(revisionsQuery(target, fn.metadata.resourceVersion));
  const podVersions = pods.map(({ metadata }) => metadata.resourceVersion).join(",");
  const diagnosis = useQuery({
    ...diagnosisQuery(target, `${fn.metadata.resourceVersion} ${podVersions}`),
    enabled: !isFine,
  });
  const serving = isFine ? "" : servingText(servingVersion(pods, revisions.data ?? []));
  const found = isFine ? null : diagnosis.data;
  // The diagnosis often is the very sentence of the condition.
  const cause = found && !state.text.includes(found.cause) ? found.cause : undefined;
  return (
    <Alert isInline isLiveRegion variant={variants[state.health]} title={state.label} component="h2">
      <div className="kyma-break">
        {state.text} {serving}
      </div>
      {cause ? <div className="kyma-break">{cause}</div> : null}
      {found && found.lines.length > 0 ? (
        <ExpandableSection toggleText={`Last log lines of ${found.pod ?? "its pod"}`} isIndented>
          <CodeBlock>
            <CodeBlockCode>{found.lines.join("\n")}</CodeBlockCode>
          </CodeBlock>
        </ExpandableSection>
      ) : null}
      <ExpandableSection toggleText="Conditions">
        <ConditionTable conditions={fn.status?.conditions ?? []} />
      </ExpandableSection>
    </Alert>
  );
}
