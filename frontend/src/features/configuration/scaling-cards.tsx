import { Alert, DescriptionList } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { ObjectView } from "#resources/feature.ts";
import type { Condition, KubeObject } from "#resources/kube-objects.ts";
import { Fact } from "#resources/fact.tsx";
import { PagePart } from "#resources/object-page/page-part.tsx";
import { selectorText } from "#resources/selector-text.ts";
import { Age } from "#ui/age.tsx";
import { visibleText } from "#ui/visible-text.ts";
import { metricText, type Metric } from "./metric-text.ts";

interface Autoscaler extends KubeObject {
  spec?: {
    minReplicas?: number;
    maxReplicas?: number;
    scaleTargetRef?: { kind?: string; name?: string };
    metrics?: Metric[];
  };
  status?: {
    currentReplicas?: number;
    desiredReplicas?: number;
    lastScaleTime?: string;
    currentMetrics?: Metric[];
    conditions?: Condition[];
  };
}

/** Why an HPA is not doing what one would expect, from its conditions; undefined when it is. */
function obstacle({ conditions = [] }: NonNullable<Autoscaler["status"]>): string | undefined {
  const find = (type: string, status: string) =>
    conditions.find((one) => one.type === type && one.status === status);
  return (find("AbleToScale", "False") ?? find("ScalingActive", "False") ?? find("ScalingLimited", "True"))
    ?.message;
}

/** What an HPA scales, by what, and why it does not. */
export function AutoscalerCard({ object }: ObjectView) {
  const { spec = {}, status = {} } = object as Autoscaler;
  const why = obstacle(status);
  return (
    <PagePart title="Scaling">
      {why ? (
        <Alert
          isInline
          variant="warning"
          title="Why it does not scale as its metrics say"
          className="kyma-entry"
        >
          {visibleText(why)}
        </Alert>
      ) : null}
      <DescriptionList columnModifier={{ default: "1Col", lg: "2Col" }}>
        <Fact term="Scales">
          {spec.scaleTargetRef?.kind} {spec.scaleTargetRef?.name}
        </Fact>
        <Fact term="Replicas">
          {status.currentReplicas ?? 0} now
          {status.desiredReplicas ? `, ${status.desiredReplicas} wanted` : ""}, between{" "}
          {spec.minReplicas ?? 1} and {spec.maxReplicas}
        </Fact>
        <Fact term="Last scaled">
          {status.lastScaleTime ? (
            <>
              <Age since={status.lastScaleTime} /> ago
            </>
          ) : (
            "never"
          )}
        </Fact>
      </DescriptionList>
      <Table aria-label="Metrics" variant="compact" gridBreakPoint="grid-md">
        <Thead>
          <Tr>
            <Th>Metric</Th>
            <Th>Now</Th>
            <Th>Target</Th>
          </Tr>
        </Thead>
        <Tbody>
          {(spec.metrics ?? []).map((metric, index) => {
            const { name, current, target } = metricText(metric, status.currentMetrics?.[index]);
            return (
              <Tr key={name}>
                <Td dataLabel="Metric">{visibleText(name)}</Td>
                <Td dataLabel="Now">{current}</Td>
                <Td dataLabel="Target">{target}</Td>
              </Tr>
            );
          })}
        </Tbody>
      </Table>
    </PagePart>
  );
}

interface DisruptionBudget extends KubeObject {
  spec?: {
    minAvailable?: number | string;
    maxUnavailable?: number | string;
    selector?: Parameters<typeof selectorText>[0];
    unhealthyPodEvictionPolicy?: string;
  };
  status?: {
    disruptionsAllowed?: number;
    currentHealthy?: number;
    desiredHealthy?: number;
    expectedPods?: number;
  };
}

/** How many pods may be evicted now; which ones stand under the related objects. */
export function DisruptionBudgetCard({ object }: ObjectView) {
  const { spec = {}, status = {} } = object as DisruptionBudget;
  const rule =
    spec.minAvailable === undefined
      ? `At most ${spec.maxUnavailable ?? 0} may be missing`
      : `At least ${spec.minAvailable} must stay`;
  return (
    <PagePart title="Disruptions">
      <DescriptionList columnModifier={{ default: "1Col", lg: "2Col" }}>
        <Fact term="Rule">{rule}</Fact>
        <Fact term="For pods with">{visibleText(selectorText(spec.selector) || "anything")}</Fact>
        <Fact term="May be evicted now">{status.disruptionsAllowed ?? 0}</Fact>
        <Fact term="Healthy">
          {status.currentHealthy ?? 0} of {status.expectedPods ?? 0}, {status.desiredHealthy ?? 0} needed
        </Fact>
      </DescriptionList>
    </PagePart>
  );
}
