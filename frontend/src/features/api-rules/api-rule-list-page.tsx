import { Button, PageSection } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useObjects } from "#api/resources.ts";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { useFreshness } from "#resources/use-freshness.ts";
import { apiRuleType } from "#resources/well-known-types.ts";
import { Age } from "#ui/age.tsx";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { ListToolbar } from "#ui/list-toolbar.tsx";
import { Loading } from "#ui/loading.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import type { ApiRule } from "./api-rule.ts";
import { apiRuleState } from "./api-rule.ts";
import { gatewaysQuery, type GatewayInfo } from "./api-rules-api.ts";
import { HostLink } from "./host-link.tsx";

function matches(rule: ApiRule, filter: string): boolean {
  const text = [rule.metadata.namespace, rule.metadata.name, rule.spec.hosts[0], rule.status?.state].join(
    " ",
  );
  return text.toLowerCase().includes(filter.toLowerCase());
}

/** All APIRules of the scope, live. */
export function ApiRuleListPage() {
  const { ns, namespace } = useNamespaceScope();
  const [filter, setFilter] = useState("");
  const live = useObjects({ type: apiRuleType, namespace });
  const gateways = useQuery(gatewaysQuery).data?.gateways ?? [];
  const freshness = useFreshness(live);
  const all = [...(live.value?.objects.values() ?? [])] as ApiRule[];
  const rows = all
    .filter((rule) => matches(rule, filter))
    .toSorted((a, b) => a.metadata.name.localeCompare(b.metadata.name));
  const create = (
    <Link to="/namespaces/$ns/api-rules/create" params={{ ns }} className="pf-v6-c-button pf-m-primary">
      Create an API Rule
    </Link>
  );
  return (
    <>
      <PageHeader
        title="API Rules"
        actions={create}
        text="Hosts and paths under which Services can be called from outside."
      />
      <PageSection isFilled>
        <ListToolbar
          what="API Rules"
          filter={filter}
          onFilter={setFilter}
          shown={rows.length}
          total={all.length}
          freshness={freshness}
        />
        {live.error ? (
          <ErrorState title="API Rules cannot be listed" error={live.error} retry={live.retry} />
        ) : live.value === undefined ? (
          <Loading what="API Rules" />
        ) : rows.length > 0 ? (
          <ApiRuleTable rules={rows} gateways={gateways} showNamespace={namespace === undefined} />
        ) : filter === "" ? (
          <EmptyNotice title="Nothing is exposed yet" actions={create}>
            An API Rule gives a Service or Function a host and says who may call which path.
          </EmptyNotice>
        ) : (
          <EmptyNotice
            isSearch
            title="Nothing matches the filter"
            actions={
              <Button variant="link" onClick={() => setFilter("")}>
                Clear the filter
              </Button>
            }
          >
            Try other words.
          </EmptyNotice>
        )}
      </PageSection>
    </>
  );
}

function ApiRuleTable(props: { rules: ApiRule[]; gateways: GatewayInfo[]; showNamespace: boolean }) {
  return (
    <Table aria-label="API Rules" variant="compact">
      <Thead>
        <Tr>
          {props.showNamespace ? <Th>Namespace</Th> : null}
          <Th>Name</Th>
          <Th>State</Th>
          <Th>Host</Th>
          <Th>Rules</Th>
          <Th>Age</Th>
        </Tr>
      </Thead>
      <Tbody>
        {props.rules.map((rule) => {
          const { name, namespace, uid, creationTimestamp } = rule.metadata;
          const state = apiRuleState(rule);
          return (
            <Tr key={uid}>
              {props.showNamespace ? <Td dataLabel="Namespace">{namespace}</Td> : null}
              <Td dataLabel="Name">
                <Link to="/namespaces/$ns/api-rules/$name" params={{ ns: namespace, name }}>
                  {name}
                </Link>
              </Td>
              <Td dataLabel="State">
                <StatusLabel health={state.health}>{state.text}</StatusLabel>
              </Td>
              <Td dataLabel="Host" modifier="breakWord">
                <HostLink rule={rule} gateways={props.gateways} />
              </Td>
              <Td dataLabel="Rules">{rule.spec.rules.length}</Td>
              <Td dataLabel="Age">{creationTimestamp ? <Age since={creationTimestamp} /> : null}</Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}
