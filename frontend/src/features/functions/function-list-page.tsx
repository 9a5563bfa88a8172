import { Button, PageSection } from "@patternfly/react-core";
import type { ThProps } from "@patternfly/react-table";
import { SortByDirection, Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useObjects } from "#api/resources.ts";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { useFreshness } from "#resources/use-freshness.ts";
import { functionType } from "#resources/well-known-types.ts";
import { Age } from "#ui/age.tsx";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { ListToolbar } from "#ui/list-toolbar.tsx";
import { Loading } from "#ui/loading.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import type { FunctionOrder } from "./function-order.ts";
import { orderFunctions } from "./function-order.ts";
import { functionState, replicasText } from "./function-state.ts";
import type { KymaFunction } from "./kyma-function.ts";
import { runtimeLabel } from "./kyma-function.ts";

/** All Functions of the chosen namespaces, live. */
export function FunctionListPage() {
  const { ns, namespace } = useNamespaceScope();
  const navigate = useNavigate();
  const [filter, setFilter] = useState("");
  const [order, setOrder] = useState<FunctionOrder>({ by: "name", descending: false });
  const live = useObjects({ type: functionType, namespace });
  const freshness = useFreshness(live);
  const all = [...(live.value?.objects.values() ?? [])] as KymaFunction[];
  const shown = orderFunctions(all, filter, order);
  const create = (
    <Button onClick={() => void navigate({ to: "/namespaces/$ns/functions/create", params: { ns } })}>
      Create a Function
    </Button>
  );
  return (
    <>
      <PageHeader title="Functions" actions={create} />
      <PageSection isFilled>
        {live.error ? (
          <ErrorState title="Functions cannot be listed" error={live.error} retry={live.retry} />
        ) : live.value === undefined ? (
          <Loading what="Functions" />
        ) : all.length === 0 ? (
          <EmptyNotice title={`No Functions${namespace ? ` in ${namespace}` : ""} yet`} actions={create}>
            A Function is a piece of JavaScript that Kyma runs for you. Start from a template: it takes a
            minute.
          </EmptyNotice>
        ) : (
          <>
            <ListToolbar
              what="Functions"
              filter={filter}
              onFilter={setFilter}
              shown={shown.length}
              total={all.length}
              freshness={freshness}
            />
            <FunctionTable
              functions={shown}
              showNamespace={namespace === undefined}
              order={order}
              onOrder={setOrder}
            />
          </>
        )}
      </PageSection>
    </>
  );
}

const columns = ["name", "namespace", "state", "runtime", "replicas", "age"] as const;

function FunctionTable(props: {
  functions: readonly KymaFunction[];
  showNamespace: boolean;
  order: FunctionOrder;
  onOrder: (order: FunctionOrder) => void;
}) {
  const sort = (by: FunctionOrder["by"]): NonNullable<ThProps["sort"]> => ({
    columnIndex: columns.indexOf(by),
    sortBy: { index: columns.indexOf(props.order.by), direction: props.order.descending ? "desc" : "asc" },
    onSort: (_event, _index, direction) =>
      props.onOrder({ by, descending: direction === SortByDirection.desc }),
  });
  return (
    <Table aria-label="Functions" variant="compact" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th sort={sort("name")}>Name</Th>
          {props.showNamespace ? <Th sort={sort("namespace")}>Namespace</Th> : null}
          <Th sort={sort("state")}>State</Th>
          <Th sort={sort("runtime")}>Runtime</Th>
          <Th sort={sort("replicas")}>Replicas</Th>
          <Th sort={sort("age")}>Age</Th>
        </Tr>
      </Thead>
      <Tbody>
        {props.functions.map((fn) => (
          <FunctionRow key={fn.metadata.uid} fn={fn} showNamespace={props.showNamespace} />
        ))}
      </Tbody>
    </Table>
  );
}

function FunctionRow({ fn, showNamespace }: { fn: KymaFunction; showNamespace: boolean }) {
  const { name, namespace = "" } = fn.metadata;
  const { health, label, text } = functionState(fn);
  return (
    <Tr>
      <Td dataLabel="Name" modifier="breakWord">
        <Link to="/namespaces/$ns/functions/$name" params={{ ns: namespace, name }}>
          {name}
        </Link>
      </Td>
      {showNamespace ? <Td dataLabel="Namespace">{namespace}</Td> : null}
      <Td dataLabel="State" title={text}>
        <StatusLabel health={health}>{label}</StatusLabel>
      </Td>
      <Td dataLabel="Runtime">{runtimeLabel(fn.spec.runtime)}</Td>
      <Td dataLabel="Replicas">{replicasText(fn)}</Td>
      <Td dataLabel="Age">
        <Age since={fn.metadata.creationTimestamp} />
      </Td>
    </Tr>
  );
}
