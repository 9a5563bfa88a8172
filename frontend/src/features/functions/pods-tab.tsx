import { Title } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "@tanstack/react-router";
import { useObjects } from "#api/resources.ts";
import type { ShownEvent } from "#resources/event-table.tsx";
import { EventTable, NoEvents } from "#resources/event-table.tsx";
import { objectPath } from "#resources/kinds.ts";
import type { KubeEvent, Pod } from "#resources/kube-objects.ts";
import { eventTime, podState, readyContainers } from "#resources/kube-objects.ts";
import { eventType, podType } from "#resources/well-known-types.ts";
import { Age } from "#ui/age.tsx";
import { ErrorAlert } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { isEventOf } from "./function-events.ts";
import type { KymaFunction } from "./kyma-function.ts";

/** What Kubernetes made of the Function, and what happened to it. */
export function PodsTab({ fn, pods }: { fn: KymaFunction; pods: readonly Pod[] }) {
  const events = useObjects({ type: eventType, namespace: fn.metadata.namespace });
  const own = ([...(events.value?.objects.values() ?? [])] as KubeEvent[]).filter((event) =>
    isEventOf(fn, pods, event),
  );
  return (
    <>
      <Title headingLevel="h2" size="lg">
        Pods
      </Title>
      {pods.length === 0 ? (
        <p>There are no pods. Scaled to zero, or not started yet: the state above says which.</p>
      ) : null}
      {pods.length > 0 ? <PodTable pods={pods} /> : null}
      <Title headingLevel="h2" size="lg" className="kyma-next-part">
        Events
      </Title>
      {events.error ? (
        <ErrorAlert title="Events cannot be read" error={events.error} retry={events.retry} />
      ) : events.value === undefined ? (
        <Loading what="Events" />
      ) : own.length === 0 ? (
        <NoEvents />
      ) : (
        <EventTable events={shownEvents(own)} />
      )}
    </>
  );
}

/** The newest first. */
function shownEvents(events: readonly KubeEvent[]): ShownEvent[] {
  const shown = events.map((event) => ({
    key: event.metadata.uid ?? event.metadata.name,
    type: event.type ?? "Normal",
    reason: event.reason ?? "",
    message: event.message ?? "",
    count: event.count ?? 1,
    lastSeen: eventTime(event),
    kind: event.involvedObject.kind ?? "",
    name: event.involvedObject.name ?? "",
  }));
  return shown.toSorted((a, b) => b.lastSeen.localeCompare(a.lastSeen));
}

function PodTable({ pods }: { pods: readonly Pod[] }) {
  const newestFirst = pods.toSorted((a, b) =>
    (b.metadata.creationTimestamp ?? "").localeCompare(a.metadata.creationTimestamp ?? ""),
  );
  return (
    <Table aria-label="Pods" variant="compact" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th>Name</Th>
          <Th>State</Th>
          <Th>Ready</Th>
          <Th>Restarts</Th>
          <Th>Address</Th>
          <Th>Age</Th>
        </Tr>
      </Thead>
      <Tbody>
        {newestFirst.map((pod) => {
          const state = podState(pod);
          const restarts =
            pod.status?.containerStatuses?.reduce((sum, one) => sum + (one.restartCount ?? 0), 0) ?? 0;
          return (
            <Tr key={pod.metadata.uid}>
              <Td dataLabel="Name" modifier="breakWord">
                <Link to={objectPath(podType, pod.metadata.namespace, pod.metadata.name)}>
                  {pod.metadata.name}
                </Link>
              </Td>
              <Td dataLabel="State">
                <StatusLabel health={podHealth(state)}>{state}</StatusLabel>
              </Td>
              <Td dataLabel="Ready">{readyContainers(pod)}</Td>
              <Td dataLabel="Restarts">{restarts}</Td>
              <Td dataLabel="Address">{pod.status?.podIP ?? "–"}</Td>
              <Td dataLabel="Age">
                <Age since={pod.metadata.creationTimestamp} />
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}

function podHealth(state: string) {
  if (state === "Running" || state === "Completed") return "ok";
  return ["Pending", "ContainerCreating", "PodInitializing", "Terminating"].includes(state)
    ? "progress"
    : "error";
}
