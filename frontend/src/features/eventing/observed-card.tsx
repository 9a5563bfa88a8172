import { Button, Card, CardBody, CardTitle } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Age } from "#ui/age.tsx";
import { countText, rateText } from "./amounts.ts";
import type { ObservedType } from "./live-eventing.ts";

const shortList = 10;

/** Types of which events were seen lately, the busiest first; each can be subscribed to. */
export function ObservedCard({ observed, ns }: { observed: readonly ObservedType[]; ns: string }) {
  const [all, setAll] = useState(false);
  const navigate = useNavigate();
  const shown = all ? observed : observed.slice(0, shortList);
  const subscribe = ({ type, source }: ObservedType) =>
    void navigate({ to: "/namespaces/$ns/subscriptions/create", params: { ns }, search: { type, source } });
  return (
    <Card isCompact>
      <CardTitle component="h2">Types seen lately</CardTitle>
      <CardBody>
        {observed.length === 0 ? (
          "No event was published since the dispatcher started."
        ) : (
          <Table aria-label="Types seen lately" variant="compact" gridBreakPoint="grid-md">
            <Thead>
              <Tr>
                <Th>Type</Th>
                <Th>Source</Th>
                <Th>Rate</Th>
                <Th>Seen</Th>
                <Th>Last</Th>
                <Th screenReaderText="What to do" />
              </Tr>
            </Thead>
            <Tbody>
              {shown.map((one) => (
                <Tr key={`${one.source} ${one.type}`}>
                  <Td dataLabel="Type" modifier="breakWord">
                    {one.type}
                  </Td>
                  <Td dataLabel="Source" modifier="breakWord">
                    {one.source}
                  </Td>
                  <Td dataLabel="Rate">{rateText(one.rate)}</Td>
                  <Td dataLabel="Seen">{countText(one.count)}</Td>
                  <Td dataLabel="Last">
                    <span>
                      <Age since={one.lastTime} /> ago
                    </span>
                  </Td>
                  <Td>
                    <Button
                      variant="link"
                      isInline
                      aria-label={`Subscribe to ${one.type} from ${one.source}`}
                      onClick={() => subscribe(one)}
                    >
                      Subscribe
                    </Button>
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
        {observed.length > shown.length ? (
          <Button variant="link" isInline onClick={() => setAll(true)}>
            Show all {observed.length}
          </Button>
        ) : null}
      </CardBody>
    </Card>
  );
}
