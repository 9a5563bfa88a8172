import { Label, PageSection, SearchInput } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ApiResource } from "#api/objects.ts";
import { apiResourcesQuery } from "#api/objects.ts";
import { kindKey, kindPath } from "#resources/kinds.ts";
import { useChosenNamespaces } from "#resources/namespace-scope.ts";
import { PinButton } from "#resources/pin-button.tsx";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { findKinds } from "./find-kinds.ts";

/** Every kind that the cluster serves, also those without a place in the sidebar. */
export function KindsPage() {
  const [filter, setFilter] = useState("");
  const served = useQuery(apiResourcesQuery);
  const kinds = findKinds(served.data ?? [], filter);
  return (
    <>
      <PageHeader title="All kinds" text="Everything that this cluster's API serves, by kubectl's names." />
      <PageSection className="kyma-kinds">
        <SearchInput
          className="kyma-kinds-search"
          aria-label="Filter kinds"
          placeholder="Kind, short name (po, deploy), group or category"
          value={filter}
          {...(filter === "" ? {} : { resultsCount: kinds.length })}
          onChange={(_event, value) => setFilter(value)}
          onClear={() => setFilter("")}
        />
        {served.error ? (
          <ErrorState
            title="The kinds cannot be read"
            error={served.error}
            retry={() => void served.refetch()}
          />
        ) : served.data === undefined ? (
          <Loading what="kinds" />
        ) : kinds.length === 0 ? (
          <EmptyNotice isSearch title="No kind matches">
            Try a part of its name, its short name, or its API group.
          </EmptyNotice>
        ) : (
          <KindTable kinds={kinds} />
        )}
      </PageSection>
    </>
  );
}

function KindTable({ kinds }: { kinds: readonly ApiResource[] }) {
  const { ns } = useChosenNamespaces();
  return (
    <Table aria-label="Kinds" variant="compact" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th>Kind</Th>
          <Th>Name in kubectl</Th>
          <Th>Group and version</Th>
          <Th>Scope</Th>
          <Th>Categories</Th>
        </Tr>
      </Thead>
      <Tbody>
        {kinds.map((kind) => (
          <Tr key={kindKey(kind)}>
            <Td dataLabel="Kind">
              <span className="kyma-kind-name">
                <PinButton type={kind} label={kind.kind} />
                <Link to={kindPath(kind, ns)}>{kind.kind}</Link>
              </span>
            </Td>
            <Td dataLabel="Name in kubectl" modifier="breakWord">
              {[kind.plural, ...kind.shortNames].join(", ")}
            </Td>
            <Td dataLabel="Group and version" modifier="breakWord">
              {kind.group === "" ? kind.version : `${kind.group}/${kind.version}`}
            </Td>
            <Td dataLabel="Scope">{kind.namespaced ? "Namespace" : "Cluster"}</Td>
            <Td dataLabel="Categories">
              {kind.categories.map((category) => (
                <Label key={category} isCompact>
                  {category}
                </Label>
              ))}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
