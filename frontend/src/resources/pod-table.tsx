import { Alert } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "@tanstack/react-router";
import type { PodLine } from "#api/workload-parts.ts";
import { Age } from "#ui/age.tsx";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import type { Health } from "#ui/status-label.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { visibleText } from "#ui/visible-text.ts";
import { objectPath } from "./kinds.ts";
import { nodeType, podType } from "./well-known-types.ts";

export const healthLooks: Record<PodLine["health"], Health> = {
  OK: "ok",
  PROGRESS: "progress",
  WARNING: "warning",
  ERROR: "error",
  NONE: "none",
};

/** Pods as `kubectl get pods -o wide` prints them, each with why it is not ready. */
export function PodTable({
  part,
  showNode = true,
  showNamespace = false,
}: {
  part: { pods: readonly PodLine[]; total: number; missing: string | null };
  showNode?: boolean;
  showNamespace?: boolean;
}) {
  if (part.missing) return <Alert isInline variant="info" title={part.missing} />;
  if (part.pods.length === 0)
    return <EmptyNotice title="No pods">Pods appear here as soon as they are made.</EmptyNotice>;
  return (
    <>
      <Table aria-label="Pods" variant="compact" gridBreakPoint="grid-lg">
        <Thead>
          <Tr>
            <Th width={40}>Name</Th>
            {showNamespace ? <Th>Namespace</Th> : null}
            <Th>Ready</Th>
            <Th>Status</Th>
            <Th>Restarts</Th>
            {showNode ? <Th>Node</Th> : null}
            <Th>IP</Th>
            <Th>Age</Th>
          </Tr>
        </Thead>
        <Tbody>
          {part.pods.map((pod) => (
            <PodRow key={pod.key} pod={pod} showNode={showNode} showNamespace={showNamespace} />
          ))}
        </Tbody>
      </Table>
      {part.total > part.pods.length ? (
        <p className="kyma-subtle">
          {part.pods.length} of {part.total} pods are shown.
        </p>
      ) : null}
    </>
  );
}

function PodRow({
  pod,
  showNode,
  showNamespace,
}: {
  pod: PodLine;
  showNode: boolean;
  showNamespace: boolean;
}) {
  return (
    <Tr>
      <Td dataLabel="Name" modifier="breakWord">
        <Link to={objectPath(podType, pod.namespace, pod.name)}>{pod.name}</Link>
        {pod.trouble === null ? null : <div className="kyma-subtle">{visibleText(pod.trouble)}</div>}
      </Td>
      {showNamespace ? <Td dataLabel="Namespace">{pod.namespace}</Td> : null}
      <Td dataLabel="Ready">
        {pod.readyContainers}/{pod.containers}
      </Td>
      <Td dataLabel="Status">
        <StatusLabel health={healthLooks[pod.health]}>{visibleText(pod.status)}</StatusLabel>
      </Td>
      <Td dataLabel="Restarts">
        {pod.restarts}
        {pod.restarts > 0 && pod.lastRestart !== null ? (
          <>
            {" "}
            (<Age since={pod.lastRestart} /> ago)
          </>
        ) : null}
      </Td>
      {showNode ? (
        <Td dataLabel="Node" modifier="breakWord">
          {pod.node === null ? (
            "none"
          ) : (
            <Link to={objectPath(nodeType, undefined, pod.node)}>{pod.node}</Link>
          )}
        </Td>
      ) : null}
      <Td dataLabel="IP">{pod.ip ?? "none"}</Td>
      <Td dataLabel="Age">
        <Age since={pod.createdAt} />
      </Td>
    </Tr>
  );
}
