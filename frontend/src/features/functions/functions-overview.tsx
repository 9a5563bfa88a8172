import { Card, CardBody, CardTitle, Flex } from "@patternfly/react-core";
import { Link } from "@tanstack/react-router";
import { useObjects } from "#api/resources.ts";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { useFreshness } from "#resources/use-freshness.ts";
import { functionType } from "#resources/well-known-types.ts";
import { ErrorAlert } from "#ui/error-state.tsx";
import { FreshnessBadge } from "#ui/freshness-badge.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { functionState } from "./function-state.ts";
import type { KymaFunction } from "./kyma-function.ts";

/** How many Functions there are and how they do, on the overview. */
export function FunctionsOverview({ namespace }: { namespace: string | undefined }) {
  const { ns } = useNamespaceScope();
  const live = useObjects({ type: functionType, namespace });
  const freshness = useFreshness(live);
  const functions = [...(live.value?.objects.values() ?? [])] as KymaFunction[];
  const states = Map.groupBy(functions.map(functionState), ({ label }) => label);
  return (
    <Card isCompact>
      <CardTitle component="h2">
        <Link to="/namespaces/$ns/functions" params={{ ns }}>
          Functions
        </Link>{" "}
        <FreshnessBadge freshness={freshness} />
      </CardTitle>
      <CardBody>
        {live.error ? (
          <ErrorAlert title="Functions cannot be read" error={live.error} retry={live.retry} />
        ) : null}
        {live.value && functions.length === 0 ? "There are none yet. The first card below makes one." : null}
        <Flex>
          {[...states].map(([label, same]) => (
            <StatusLabel key={label} health={same[0]?.health ?? "none"}>
              {same.length} {label}
            </StatusLabel>
          ))}
        </Flex>
      </CardBody>
    </Card>
  );
}
