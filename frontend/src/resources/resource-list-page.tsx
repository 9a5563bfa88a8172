import { Button, PageSection } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { apiResourcesQuery } from "#api/objects.ts";
import { useTable } from "#api/resources.ts";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { ListToolbar } from "#ui/list-toolbar.tsx";
import { Loading } from "#ui/loading.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { CreateFromYaml } from "./create-from-yaml.tsx";
import type { KindType } from "./kinds.ts";
import { kindKey, pluralLabel } from "./kinds.ts";
import { allNamespaces } from "./namespace-scope.ts";
import { ResourceTable } from "./resource-table.tsx";
import type { TableView } from "./table-view.ts";
import { shownColumns, viewRows } from "./table-view.ts";
import { useFreshness } from "./use-freshness.ts";

/** The kind that an address names (`core` stands for the group without a name). */
export function typeOfAddress(params: { group?: string; version?: string; plural?: string }): KindType {
  return {
    group: params.group === "core" ? "" : (params.group ?? ""),
    version: params.version ?? "",
    plural: params.plural ?? "",
  };
}

/** The live list of any kind, as kubectl prints it. */
export function ResourceListPage() {
  const params = useParams({ strict: false });
  const type = typeOfAddress(params);
  const namespace = params.ns === undefined || params.ns === allNamespaces ? undefined : params.ns;
  // A new kind or namespace starts with a fresh filter and order.
  return <ResourceList key={`${kindKey(type)} ${params.ns}`} type={type} namespace={namespace} />;
}

function ResourceList({ type, namespace }: { type: KindType; namespace: string | undefined }) {
  const [view, setView] = useState<TableView>({ filter: "", sortBy: 0, descending: false });
  const [creating, setCreating] = useState(false);
  const table = useTable({ type, namespace });
  const freshness = useFreshness(table);
  const kind = useQuery(apiResourcesQuery).data?.find((served) => kindKey(served) === kindKey(type));
  const label = kind ? pluralLabel(kind.kind) : type.plural;
  const columns = shownColumns(table.value?.columns ?? []);
  const all = table.value?.rows ?? new Map();
  const rows = viewRows(all.values(), columns, view);
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      Create from YAML
    </Button>
  );
  return (
    <>
      <PageHeader title={label} actions={create} />
      <PageSection isFilled>
        <ListToolbar
          what={label}
          filter={view.filter}
          onFilter={(filter) => setView({ ...view, filter })}
          shown={rows.length}
          total={all.size}
          freshness={freshness}
        />
        {table.error ? (
          <ErrorState title={`${label} cannot be listed`} error={table.error} retry={table.retry} />
        ) : table.value === undefined ? (
          <Loading what={label} />
        ) : rows.length === 0 ? (
          <NoRows
            label={label}
            filter={view.filter}
            namespace={namespace}
            onClear={() => setView({ ...view, filter: "" })}
          />
        ) : (
          <ResourceTable
            label={label}
            type={type}
            columns={columns}
            rows={rows}
            view={view}
            onView={setView}
            showNamespace={kind?.namespaced === true && namespace === undefined}
          />
        )}
      </PageSection>
      {creating ? (
        <CreateFromYaml kind={kind} namespace={namespace} onClose={() => setCreating(false)} />
      ) : null}
    </>
  );
}

function NoRows(props: {
  label: string;
  filter: string;
  namespace: string | undefined;
  onClear: () => void;
}) {
  if (props.filter !== "") {
    return (
      <EmptyNotice
        isSearch
        title="Nothing matches the filter"
        actions={
          <Button variant="link" onClick={props.onClear}>
            Clear the filter
          </Button>
        }
      >
        Try other words.
      </EmptyNotice>
    );
  }
  const place = props.namespace === undefined ? "" : ` in ${props.namespace}`;
  return (
    <EmptyNotice title={`No ${props.label}${place}`}>
      They appear here as soon as they are made, by a controller, with kubectl, or with Create from YAML.
      {props.namespace === undefined ? "" : " Another namespace may have some: choose it at the top."}
    </EmptyNotice>
  );
}
