import { Flex, Title } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link, useNavigate } from "@tanstack/react-router";
import type { FunctionRef } from "#api/generated/graphql.ts";
import { useObjects } from "#api/resources.ts";
import { needOn } from "#resources/access.ts";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { type KindType, objectPath } from "#resources/kinds.ts";
import { useFreshness } from "#resources/use-freshness.ts";
import { serviceUrl } from "#resources/service-url.ts";
import { apiRuleType, subscriptionType } from "#resources/well-known-types.ts";
import { ErrorAlert } from "#ui/error-state.tsx";
import { FreshnessBadge } from "#ui/freshness-badge.tsx";
import { Loading } from "#ui/loading.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { type Caller, rulesTo, subscriptionsTo } from "./callers.ts";
import { useExpose } from "./use-expose.ts";

/** What calls the Function: events and requests from outside. */
export function TriggersTab({ target }: { target: FunctionRef }) {
  const navigate = useNavigate();
  const { namespace: ns, name } = target;
  const subscribe = () => {
    const sink = encodeURIComponent(serviceUrl(ns, name));
    void navigate({ href: `/namespaces/${ns}/subscriptions/create?sink=${sink}` });
  };
  const expose = useExpose(target);
  return (
    <>
      <Callers
        title="Events"
        what="Types"
        target={target}
        type={subscriptionType}
        choose={subscriptionsTo}
        nothing="No Subscription brings events to this Function."
        action="Subscribe to an event"
        onAdd={subscribe}
      />
      <Callers
        title="API rules"
        what="Hosts and paths"
        target={target}
        type={apiRuleType}
        choose={rulesTo}
        nothing="No API rule exposes this Function: it is called inside the cluster only."
        action="Expose"
        onAdd={expose}
      />
    </>
  );
}

interface CallersProps {
  title: string;
  /** What the second column holds. */
  what: string;
  target: FunctionRef;
  type: KindType;
  choose: (target: FunctionRef, objects: Iterable<unknown>) => Caller[];
  nothing: string;
  action: string;
  onAdd: () => void;
}

function Callers({ title, what, target, type, choose, nothing, action, onAdd }: CallersProps) {
  const { namespace } = target;
  const live = useObjects({ type, namespace });
  const freshness = useFreshness(live);
  const callers = live.value && choose(target, live.value.objects.values());
  return (
    <section className="kyma-next-part">
      <Flex justifyContent={{ default: "justifyContentSpaceBetween" }}>
        <Title headingLevel="h2" size="lg">
          {title} {live.error ? null : <FreshnessBadge freshness={freshness} />}
        </Title>
        <GuardedButton variant="secondary" needs={[needOn(type, "create", namespace)]} onClick={onAdd}>
          {action}
        </GuardedButton>
      </Flex>
      {live.error ? (
        <ErrorAlert title={`${title} cannot be read`} error={live.error} retry={live.retry} />
      ) : callers === undefined ? (
        <Loading what={title} />
      ) : callers.length === 0 ? (
        <p>{nothing}</p>
      ) : (
        <CallerTable title={title} what={what} path={(name) => objectPath(type, namespace, name)}>
          {callers}
        </CallerTable>
      )}
    </section>
  );
}

function CallerTable(props: {
  title: string;
  what: string;
  path: (name: string) => string;
  children: readonly Caller[];
}) {
  return (
    <Table aria-label={props.title} variant="compact" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th>Name</Th>
          <Th>{props.what}</Th>
          <Th>State</Th>
        </Tr>
      </Thead>
      <Tbody>
        {props.children.map(({ name, what, state, reason }) => (
          <Tr key={name}>
            <Td dataLabel="Name" modifier="breakWord">
              <Link to={props.path(name)}>{name}</Link>
            </Td>
            <Td dataLabel={props.what} modifier="breakWord">
              {what}
            </Td>
            <Td dataLabel="State">
              <StatusLabel health={state.health}>{state.text}</StatusLabel>
              {reason && state.health !== "ok" ? <div className="kyma-break">{reason}</div> : null}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
