import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Age } from "#ui/age.tsx";
import { PlainText } from "#ui/plain-text.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import type { Condition } from "./kube-objects.ts";
import { conditionHelp, isGood } from "./object-page/condition-help.ts";

function healthOf(condition: Condition): "ok" | "error" | "progress" {
  const good = isGood(condition.type, condition.status);
  return good === undefined ? "progress" : good ? "ok" : "error";
}

/** The conditions of an object as its controller wrote them, with what they mean. */
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
        {conditions.map((condition) => (
          <Tr key={condition.type}>
            <Td dataLabel="Condition" modifier="breakWord">
              {condition.type}
              {conditionHelp(condition.type) ? (
                <div className="kyma-subtle">{conditionHelp(condition.type)}</div>
              ) : null}
            </Td>
            <Td dataLabel="Status">
              <StatusLabel health={healthOf(condition)}>{condition.status}</StatusLabel>
            </Td>
            <Td dataLabel="Since" modifier="nowrap">
              <Age since={condition.lastTransitionTime} />
            </Td>
            <Td dataLabel="Reason" modifier="breakWord">
              {condition.reason}
            </Td>
            <Td dataLabel="Message" modifier="breakWord">
              <PlainText text={condition.message} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
