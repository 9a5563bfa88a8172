import { Progress, ProgressMeasureLocation, ProgressVariant } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { ObjectView } from "#resources/feature.ts";
import type { KubeObject } from "#resources/kube-objects.ts";
import { PagePart } from "#resources/object-page/page-part.tsx";
import { usedPercent } from "./quantities.ts";

interface ResourceQuota extends KubeObject {
  spec?: { hard?: Record<string, string>; scopes?: string[] };
  status?: { hard?: Record<string, string>; used?: Record<string, string> };
}

/** One bar per resource of a quota. */
export function QuotaBars({ quota }: { quota: KubeObject }) {
  const { spec = {}, status = {} } = quota as ResourceQuota;
  const hard = Object.entries(status.hard ?? spec.hard ?? {});
  if (hard.length === 0) return <p>It limits nothing.</p>;
  return hard.map(([resource, most]) => {
    const used = status.used?.[resource];
    const percent = usedPercent(used, most) ?? 0;
    return (
      <Progress
        key={resource}
        className="kyma-entry"
        title={resource}
        value={Math.min(percent, 100)}
        label={`${used ?? "?"} of ${most}`}
        valueText={`${used ?? "unknown"} of ${most}`}
        measureLocation={ProgressMeasureLocation.top}
        size="sm"
        {...(percent >= 100
          ? { variant: ProgressVariant.danger }
          : percent >= 80
            ? { variant: ProgressVariant.warning }
            : {})}
      />
    );
  });
}

export function QuotaCard({ object }: ObjectView) {
  return (
    <PagePart title="Used of what is allowed">
      <QuotaBars quota={object} />
    </PagePart>
  );
}

interface LimitRange extends KubeObject {
  spec?: {
    limits?: ({ type: string } & Partial<
      Record<"min" | "max" | "default" | "defaultRequest" | "maxLimitRequestRatio", Record<string, string>>
    >)[];
  };
}

/** What a LimitRange allows and fills in. */
export function LimitRangeCard({ object }: ObjectView) {
  const rows = ((object as LimitRange).spec?.limits ?? []).flatMap((limit) => {
    const { type, min, max, default: standard, defaultRequest, maxLimitRequestRatio: ratio } = limit;
    const resources = new Set(
      [min, max, standard, defaultRequest, ratio].flatMap((one) => Object.keys(one ?? {})),
    );
    return [...resources].map((resource) => ({
      type,
      resource,
      cells: [min, max, defaultRequest, standard, ratio].map((one) => one?.[resource] ?? "–"),
    }));
  });
  const headings = [
    "Least",
    "Most",
    "Request when none is given",
    "Limit when none is given",
    "Most limit per request",
  ];
  return (
    <PagePart title="Limits">
      <Table aria-label="Limits" variant="compact" gridBreakPoint="grid-lg">
        <Thead>
          <Tr>
            <Th>For each</Th>
            <Th>Resource</Th>
            {headings.map((heading) => (
              <Th key={heading}>{heading}</Th>
            ))}
          </Tr>
        </Thead>
        <Tbody>
          {rows.map(({ type, resource, cells }) => (
            <Tr key={`${type} ${resource}`}>
              <Td dataLabel="For each">{type}</Td>
              <Td dataLabel="Resource">{resource}</Td>
              {cells.map((cell, index) => (
                <Td key={headings[index]} dataLabel={headings[index] ?? ""}>
                  {cell}
                </Td>
              ))}
            </Tr>
          ))}
        </Tbody>
      </Table>
    </PagePart>
  );
}
