import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "@tanstack/react-router";
import type { ContainersPart } from "#api/workload-parts.ts";
import type { KindType } from "#resources/kinds.ts";
import { objectPath } from "#resources/kinds.ts";
import { configMapType, secretType } from "#resources/well-known-types.ts";
import { visibleText } from "#ui/visible-text.ts";

const linked: Record<string, KindType> = {
  ConfigMap: configMapType,
  Secret: secretType,
  PersistentVolumeClaim: { group: "", version: "v1", plural: "persistentvolumeclaims" },
};

/** The volumes of a pod and what stands behind each. */
export function VolumeTable({
  volumes,
  namespace,
}: {
  volumes: ContainersPart["volumes"];
  namespace: string;
}) {
  return (
    <Table aria-label="Volumes" variant="compact" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th width={30}>Name</Th>
          <Th>What it is</Th>
        </Tr>
      </Thead>
      <Tbody>
        {volumes.map(({ name, kind, object, text }) => {
          const type = linked[kind];
          return (
            <Tr key={name}>
              <Td dataLabel="Name" modifier="breakWord">
                {name}
              </Td>
              <Td dataLabel="What it is" modifier="breakWord">
                {kind}{" "}
                {object === null ? null : type ? (
                  <Link to={objectPath(type, namespace, object)}>{object}</Link>
                ) : (
                  visibleText(object)
                )}
                {text === null ? null : <span className="kyma-subtle"> {visibleText(text)}</span>}
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}
