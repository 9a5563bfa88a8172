import { Content, DescriptionList } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "@tanstack/react-router";
import type { DeliveryPart } from "#api/eventing.ts";
import type { ObjectView } from "#resources/feature.ts";
import { Fact } from "#resources/fact.tsx";
import { PagePart } from "#resources/object-page/page-part.tsx";
import { useObjectPageContent } from "#resources/object-page/page-context.ts";
import { Age } from "#ui/age.tsx";
import { FreshnessBadge } from "#ui/freshness-badge.tsx";
import { Loading } from "#ui/loading.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { countText, rateText, statusText, sumOf } from "./amounts.ts";
import { ProblemNotes } from "./problem-notes.tsx";
import "./eventing.css";

type DeliveryState = NonNullable<DeliveryPart["state"]>;

/** How the events of a Subscription are delivered, now. */
export function DeliveryCard({ object }: ObjectView) {
  const part = useObjectPageContent()?.page.parts.delivery;
  if (part === null) return null;
  return (
    <PagePart title="Delivery">
      {part === undefined ? <Loading what="the delivery" /> : <Delivery part={part} object={object} />}
    </PagePart>
  );
}

function Delivery({ part, object }: { part: DeliveryPart; object: ObjectView["object"] }) {
  const { state, problem, staleSince } = part;
  return (
    <>
      {problem ? <ProblemNotes problems={[problem]} /> : null}
      {state && staleSince ? (
        <FreshnessBadge freshness={{ state: "stale", since: Date.parse(staleSince) }} />
      ) : null}
      {state ? (
        <Figures state={state} object={object} />
      ) : problem ? null : (
        <Content component="p">The dispatcher has not taken up this Subscription yet.</Content>
      )}
    </>
  );
}

function Figures({ state, object }: { state: DeliveryState; object: ObjectView["object"] }) {
  const { types, lastError, deadLetters } = state;
  const { name, namespace = "" } = object.metadata;
  const isIdle = types.length > 0 && types.every((type) => type.exists && type.waitingDispatchers === 0);
  const waits = (sumOf(types.map(({ pending, inFlight }) => pending + inFlight)) ?? 0) > 0;
  return (
    <>
      <DescriptionList columnModifier={{ default: "2Col", lg: "3Col" }}>
        <Fact term="Attempts">{rateText(sumOf(types.map(({ rate }) => rate)))}</Fact>
        <Fact term="Waiting">{countText(sumOf(types.map(({ pending }) => pending)))}</Fact>
        <Fact term="Dead letters">
          {deadLetters === 0 ? (
            "none"
          ) : (
            <Link
              to="/namespaces/$ns/subscriptions/$name"
              params={{ ns: namespace, name }}
              search={{ tab: "dead-letters" } as never}
            >
              <StatusLabel health="warning">{countText(deadLetters)}</StatusLabel>
            </Link>
          )}
        </Fact>
      </DescriptionList>
      {isIdle && !waits ? (
        <Content component="small">No dispatcher takes events of it at the moment.</Content>
      ) : null}
      <TypeTable types={types} />
      {lastError ? <LastError error={lastError} /> : null}
    </>
  );
}

function TypeTable({ types }: { types: DeliveryState["types"] }) {
  return (
    <Table aria-label="Delivery of each type" variant="compact" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th>Type</Th>
          <Th>Attempts</Th>
          <Th>Waiting</Th>
          <Th>In flight</Th>
          <Th>Retried</Th>
          <Th>Oldest</Th>
        </Tr>
      </Thead>
      <Tbody>
        {types.map((type) => (
          <Tr key={type.type}>
            <Td dataLabel="Type" modifier="breakWord">
              <div>
                {type.type}
                {type.exists ? null : <div className="kyma-subtle">not set up yet</div>}
              </div>
            </Td>
            <Td dataLabel="Attempts">
              <span>
                {rateText(type.rate)} <span className="kyma-subtle">{countText(type.delivered)} in all</span>
              </span>
            </Td>
            <Td dataLabel="Waiting">{countText(type.pending)}</Td>
            <Td dataLabel="In flight">{countText(type.inFlight)}</Td>
            <Td dataLabel="Retried">{countText(type.redelivered)}</Td>
            <Td dataLabel="Oldest">{type.oldestPending ? <Age since={type.oldestPending} /> : "–"}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function LastError({ error }: { error: NonNullable<DeliveryState["lastError"]> }) {
  return (
    <DescriptionList className="kyma-next-field">
      <Fact term="Last error">
        <StatusLabel health="error">{statusText(error.status)}</StatusLabel> {error.message}{" "}
        <span className="kyma-subtle">
          {error.type}, event {error.eventId}, <Age since={error.time} /> ago
        </span>
      </Fact>
    </DescriptionList>
  );
}
