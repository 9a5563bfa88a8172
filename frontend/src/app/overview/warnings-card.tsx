import { Card, CardBody, CardTitle } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ApiResource } from "#api/objects.ts";
import { apiResourcesQuery } from "#api/objects.ts";
import type { ClusterOverview } from "#api/overview.ts";
import { listPath, objectPath } from "#resources/kinds.ts";
import { eventType } from "#resources/well-known-types.ts";
import { Age } from "#ui/age.tsx";

import { shortList, ShowMore } from "./show-more.tsx";

type Warning = ClusterOverview["warnings"][number];

/** The last warnings of the cluster, each with a link to what it is about. */
export function WarningsCard({ warnings, ns }: { warnings: readonly Warning[]; ns: string }) {
  const served = useQuery(apiResourcesQuery).data ?? [];
  const [all, setAll] = useState(false);
  const shown = all ? warnings : warnings.slice(0, shortList);
  return (
    <Card>
      <CardTitle component="h2">
        Recent warnings <Link to={listPath(eventType, ns)}>All Events</Link>
      </CardTitle>
      <CardBody>
        {warnings.length === 0 ? (
          "No warnings. Kubernetes keeps Events for an hour."
        ) : (
          <>
            <Table aria-label="Recent warnings" variant="compact" gridBreakPoint="grid-md">
              <Thead>
                <Tr>
                  <Th modifier="nowrap">Last seen</Th>
                  <Th width={30}>Object</Th>
                  <Th width={60}>Warning</Th>
                </Tr>
              </Thead>
              <Tbody>
                {shown.map((warning) => (
                  <Tr key={warning.key}>
                    <Td dataLabel="Last seen" modifier="nowrap">
                      <Age since={warning.lastSeen} />
                      {warning.count > 1 ? ` (${warning.count} times)` : ""}
                    </Td>
                    <Td dataLabel="Object" modifier="breakWord">
                      <About warning={warning} served={served} />
                    </Td>
                    <Td dataLabel="Warning" modifier="breakWord">
                      <strong>{warning.reason}</strong> {warning.message}
                    </Td>
                  </Tr>
                ))}
              </Tbody>
            </Table>
            <ShowMore all={warnings.length} shown={shown.length} onMore={() => setAll(true)} />
          </>
        )}
      </CardBody>
    </Card>
  );
}

/** Events name a kind, addresses a plural: discovery knows both. */
function About({ warning, served }: { warning: Warning; served: readonly ApiResource[] }) {
  const [group = "", version] = warning.apiVersion.includes("/")
    ? warning.apiVersion.split("/")
    : ["", warning.apiVersion];
  const kind = served.find((one) => one.kind === warning.kind && one.group === group);
  return (
    <>
      {kind ? (
        <Link
          to={objectPath(
            { ...kind, version: kind.version || (version ?? "v1") },
            warning.namespace,
            warning.name,
          )}
        >
          {warning.name}
        </Link>
      ) : (
        warning.name
      )}
      <div className="kyma-subtle">
        {warning.kind}
        {warning.namespace ? ` in ${warning.namespace}` : ""}
      </div>
    </>
  );
}
