import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Age } from "#ui/age.tsx";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import type { KubeEvent } from "./kube-objects.ts";
import { eventTime } from "./kube-objects.ts";

/** Events, the newest first. */
export function EventTable({ events }: { events: readonly KubeEvent[] }) {
  if (events.length === 0) {
    return (
      <EmptyNotice title="No Events">
        Kubernetes keeps Events for an hour. New ones appear here as they happen.
      </EmptyNotice>
    );
  }
  const newestFirst = events.toSorted((a, b) => eventTime(b).localeCompare(eventTime(a)));
  return (
    <Table aria-label="Events" variant="compact" gridBreakPoint="grid-lg">
      <Thead>
        <Tr>
          <Th>Type</Th>
          <Th modifier="nowrap">Last seen</Th>
          <Th>Reason</Th>
          <Th>Object</Th>
          <Th width={50}>Message</Th>
        </Tr>
      </Thead>
      <Tbody>
        {newestFirst.map((event) => (
          <Tr key={event.metadata.uid ?? event.metadata.name}>
            <Td dataLabel="Type">
              <StatusLabel health={event.type === "Warning" ? "warning" : "none"}>
                {event.type ?? "Normal"}
              </StatusLabel>
            </Td>
            <Td dataLabel="Last seen" modifier="nowrap">
              <Age since={eventTime(event)} />
              {(event.count ?? 1) > 1 ? ` (${event.count} times)` : ""}
            </Td>
            <Td dataLabel="Reason">{event.reason}</Td>
            <Td dataLabel="Object" modifier="breakWord">
              {event.involvedObject.kind} {event.involvedObject.name}
            </Td>
            <Td dataLabel="Message" modifier="breakWord">
              {event.message}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
