import { Card, CardBody, CardTitle, Content } from "@patternfly/react-core";
import { CheckCircleIcon } from "@patternfly/react-icons";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ClusterOverview } from "#api/overview.ts";
import { objectPath } from "#resources/kinds.ts";
import { Age } from "#ui/age.tsx";
import type { Health } from "#ui/status-label.tsx";
import { StatusLabel } from "#ui/status-label.tsx";

import { shortList, ShowMore } from "./show-more.tsx";

type Failing = ClusterOverview["failing"][number];
const labels: Record<Failing["state"]["health"], Health> = {
  OK: "ok",
  PROGRESS: "progress",
  WARNING: "warning",
  ERROR: "error",
  NONE: "none",
};

/** What is not well, and why. */
export function FailingCard({ failing, total }: { failing: readonly Failing[]; total: number }) {
  return (
    <Card>
      <CardTitle component="h2">{total === 0 ? "Nothing fails" : `Needs attention (${total})`}</CardTitle>
      <CardBody>
        {total === 0 ? (
          <Content className="kyma-all-well">
            <CheckCircleIcon /> All nodes and workloads that you can see are well.
          </Content>
        ) : (
          <FailingTable failing={failing} />
        )}
        {total > failing.length ? (
          <Content component="small">The {failing.length} worst are shown.</Content>
        ) : null}
      </CardBody>
    </Card>
  );
}

function FailingTable({ failing }: { failing: readonly Failing[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? failing : failing.slice(0, shortList);
  return (
    <>
      <Table aria-label="What needs attention" variant="compact" gridBreakPoint="grid-md">
        <Thead>
          <Tr>
            <Th modifier="fitContent">State</Th>
            <Th width={30}>Object</Th>
            <Th width={50}>Why</Th>
            <Th modifier="nowrap">Age</Th>
          </Tr>
        </Thead>
        <Tbody>
          {shown.map((object) => (
            <Tr key={object.key}>
              <Td dataLabel="State" modifier="fitContent">
                <StatusLabel health={labels[object.state.health]}>{object.state.word}</StatusLabel>
              </Td>
              <Td dataLabel="Object" modifier="breakWord">
                <Link to={objectPath(object, object.namespace, object.name)}>{object.name}</Link>
                <div className="kyma-subtle">
                  {object.kind}
                  {object.namespace ? ` in ${object.namespace}` : ""}
                </div>
              </Td>
              <Td dataLabel="Why" modifier="breakWord">
                {object.state.sentence ?? "–"}
              </Td>
              <Td dataLabel="Age">
                <Age since={object.createdAt} />
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      <ShowMore all={failing.length} shown={shown.length} onMore={() => setAll(true)} />
    </>
  );
}
