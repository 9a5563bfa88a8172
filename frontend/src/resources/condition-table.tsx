import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Age } from "#ui/age.tsx";
import type { Condition } from "./kube-objects.ts";

/** The conditions of an object as its controller wrote them. */
export function ConditionTable({ conditions }: { conditions: readonly Condition[] }) {
  return (
    <Table aria-label="Conditions" variant="compact" gridBreakPoint="grid-lg">
      <Thead>
        <Tr>
          <Th>Condition</Th>
          <Th>Status</Th>
          <Th>Since</Th>
          <Th>Reason</Th>
          <Th width={50}>Message</Th>
        </Tr>
      </Thead>
      <Tbody>
        {conditions.map(({ type, status, reason, message, lastTransitionTime }) => (
          <Tr key={type}>
            <Td dataLabel="Condition">{type}</Td>
            <Td dataLabel="Status">{status}</Td>
            <Td dataLabel="Since">
              <Age since={lastTransitionTime} />
            </Td>
            <Td dataLabel="Reason">{reason}</Td>
            <Td dataLabel="Message" modifier="breakWord">
              {message}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
