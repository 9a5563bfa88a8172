import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { WorkloadRevision } from "#api/workloads.ts";
import { revisionsQuery } from "#api/workloads.ts";
import type { ObjectView } from "#resources/feature.ts";
import { Age } from "#ui/age.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { visibleText } from "#ui/visible-text.ts";
import { refOf } from "./commands.ts";

/** The revisions, read anew whenever the object changes; `problem` is what to show instead. */
export function useRevisions(view: ObjectView): { revisions: WorkloadRevision[]; problem?: ReactNode } {
  const query = revisionsQuery(refOf(view), view.object.metadata.resourceVersion);
  const { data, error, refetch } = useQuery({ ...query, placeholderData: keepPreviousData });
  if (error) {
    const problem = (
      <ErrorState title="Revisions cannot be read" error={error} retry={() => void refetch()} />
    );
    return { revisions: [], problem };
  }
  if (data === undefined) return { revisions: [], problem: <Loading what="revisions" /> };
  return { revisions: data };
}

/** The revisions as a table; `actions` says what can be done with each. */
export function RevisionTable({
  revisions,
  actions,
}: {
  revisions: readonly WorkloadRevision[];
  actions: (one: WorkloadRevision) => ReactNode;
}) {
  return (
    <Table aria-label="Revisions" variant="compact" gridBreakPoint="grid-lg">
      <Thead>
        <Tr>
          <Th>Revision</Th>
          <Th>Age</Th>
          <Th>Pods</Th>
          <Th width={30}>Images</Th>
          <Th width={20}>Change cause</Th>
          <Th screenReaderText="Actions" />
        </Tr>
      </Thead>
      <Tbody>
        {revisions.map((one) => (
          <Tr key={one.name}>
            <Td dataLabel="Revision">
              {one.revision} {one.current ? <StatusLabel health="ok">present</StatusLabel> : null}
            </Td>
            <Td dataLabel="Age">
              <Age since={one.createdAt} />
            </Td>
            <Td dataLabel="Pods">{one.pods}</Td>
            <Td dataLabel="Images" modifier="breakWord">
              {one.images.map((image) => (
                <div key={image}>{visibleText(image)}</div>
              ))}
            </Td>
            <Td dataLabel="Change cause" modifier="breakWord">
              {one.changeCause === null ? (
                <span className="kyma-subtle">none</span>
              ) : (
                visibleText(one.changeCause)
              )}
            </Td>
            <Td isActionCell>{actions(one)}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
