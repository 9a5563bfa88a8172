import { Card, CardBody, CardTitle, Progress, Stack, StackItem } from "@patternfly/react-core";
import type { ClusterOverview } from "#api/overview.ts";
import { bytesText, coresText } from "#ui/quantity-text.ts";

type ClusterCapacity = NonNullable<ClusterOverview["capacity"]>;

const rows = [
  { key: "cpu", title: "CPU requested", text: coresText },
  { key: "memory", title: "Memory requested", text: bytesText },
  { key: "pods", title: "Pods", text: String },
] as const;

/** What the pods ask for, of what the nodes have to give. */
export function CapacityCard({ capacity }: { capacity: ClusterCapacity }) {
  return (
    <Card>
      <CardTitle component="h2">
        Capacity of {capacity.nodes} {capacity.nodes === 1 ? "node" : "nodes"}
      </CardTitle>
      <CardBody>
        <Stack hasGutter>
          {rows.map(({ key, title, text }) => {
            const { requested, allocatable } = capacity[key];
            const percent = allocatable > 0 ? (requested / allocatable) * 100 : 0;
            return (
              <StackItem key={key}>
                <Progress
                  title={title}
                  value={Math.min(percent, 100)}
                  label={`${text(requested)} of ${text(allocatable)} (${Math.round(percent)}%)`}
                  valueText={`${text(requested)} of ${text(allocatable)}`}
                  measureLocation="outside"
                  size="sm"
                  {...(percent >= 90
                    ? { variant: percent >= 100 ? ("danger" as const) : ("warning" as const) }
                    : {})}
                />
              </StackItem>
            );
          })}
        </Stack>
      </CardBody>
    </Card>
  );
}
