import { PageSection, SearchInput } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { apiResourcesQuery } from "#api/objects.ts";
import { kindKey, kindPath } from "#resources/kinds.ts";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { PageHeader } from "#ui/page-header.tsx";

/** Every kind that the cluster serves, also those without a place in the sidebar. */
export function KindsPage() {
  const [filter, setFilter] = useState("");
  const { ns } = useNamespaceScope();
  const served = useQuery(apiResourcesQuery);
  const kinds = (served.data ?? [])
    .filter(({ verbs }) => verbs.includes("list"))
    .filter((kind) =>
      `${kindKey(kind)} ${kind.kind} ${kind.shortNames.join(" ")}`
        .toLowerCase()
        .includes(filter.toLowerCase()),
    );
  return (
    <>
      <PageHeader title="All kinds" text="Everything that this cluster's API serves." />
      <PageSection>
        {served.error ? (
          <ErrorState
            title="The kinds cannot be read"
            error={served.error}
            retry={() => void served.refetch()}
          />
        ) : served.data === undefined ? (
          <Loading what="kinds" />
        ) : (
          <>
            <SearchInput
              aria-label="Filter kinds"
              placeholder="Filter kinds"
              value={filter}
              onChange={(_event, value) => setFilter(value)}
              onClear={() => setFilter("")}
            />
            <Table aria-label="Kinds" variant="compact" gridBreakPoint="grid-md">
              <Thead>
                <Tr>
                  <Th>Kind</Th>
                  <Th>Name in kubectl</Th>
                  <Th>Group and version</Th>
                  <Th>Scope</Th>
                </Tr>
              </Thead>
              <Tbody>
                {kinds.map((kind) => (
                  <Tr key={kindKey(kind)}>
                    <Td dataLabel="Kind">
                      <Link to={kindPath(kind, ns)}>{kind.kind}</Link>
                    </Td>
                    <Td dataLabel="Name in kubectl">{[kind.plural, ...kind.shortNames].join(", ")}</Td>
                    <Td dataLabel="Group and version">
                      {kind.group === "" ? kind.version : `${kind.group}/${kind.version}`}
                    </Td>
                    <Td dataLabel="Scope">{kind.namespaced ? "namespace" : "cluster"}</Td>
                  </Tr>
                ))}
              </Tbody>
            </Table>
          </>
        )}
      </PageSection>
    </>
  );
}
