import { Progress, ProgressMeasureLocation, ProgressVariant } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { PageQuota } from "#api/object-page.ts";
import type { ObjectView } from "#resources/feature.ts";
import type { KubeObject } from "#resources/kube-objects.ts";
import { PagePart } from "#resources/object-page/page-part.tsx";
import { usedPercent } from "./quantities.ts";

interface ResourceQuota extends KubeObject {
  spec?: { hard?: Record<string, string>; scopes?: string[] };
  status?: { hard?: Record<string, string>; used?: Record<string, string> };
}

/** One bar per resource of a quota. */
export function QuotaBars({ resources }: { resources: readonly PageQuota["resources"][number][] }) {
  if (resources.length === 0) return <p>It limits nothing.</p>;
  return resources.map(({ name, hard, used }) => {
    const percent = usedPercent(used ?? undefined, hard) ?? 0;
    return (
      <Progress
        key={name}
        className="kyma-entry"
        title={name}
        value={Math.min(percent, 100)}
        label={`${used ?? "?"} of ${hard}`}
        valueText={`${used ?? "unknown"} of ${hard}`}
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
  const { spec = {}, status = {} } = object as ResourceQuota;
  const hard = Object.entries(status.hard ?? spec.hard ?? {});
  return (
    <PagePart title="Used of what is allowed">
      <QuotaBars
        resources={hard.map(([name, most]) => ({ name, hard: most, used: status.used?.[name] ?? null }))}
      />
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
