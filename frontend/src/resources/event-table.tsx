import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { PageEvent } from "#api/object-page.ts";
import { Age } from "#ui/age.tsx";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { PlainText } from "#ui/plain-text.tsx";
import { StatusLabel } from "#ui/status-label.tsx";

export type ShownEvent = Omit<PageEvent, "source"> & Partial<Pick<PageEvent, "source">>;

export function NoEvents() {
  return (
    <EmptyNotice title="No Events">
      Kubernetes keeps Events for an hour. New ones appear here as they happen.
    </EmptyNotice>
  );
}

/** Events in their order, as kubectl describe tells them. */
export function EventTable({ events }: { events: readonly ShownEvent[] }) {
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
        {events.map((event) => (
          <Tr key={event.key}>
            <Td dataLabel="Type">
              <StatusLabel health={event.type === "Warning" ? "warning" : "none"}>{event.type}</StatusLabel>
            </Td>
            <Td dataLabel="Last seen" modifier="nowrap">
              <Age since={event.lastSeen} />
              {event.count > 1 ? ` (x${event.count})` : ""}
            </Td>
            <Td dataLabel="Reason" modifier="breakWord">
              {event.reason}
            </Td>
            <Td dataLabel="Object" modifier="breakWord">
              {event.kind} {event.name}
            </Td>
            <Td dataLabel="Message" modifier="breakWord">
              <PlainText text={event.message} />
              {event.source ? <div className="kyma-subtle">from {event.source}</div> : null}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
