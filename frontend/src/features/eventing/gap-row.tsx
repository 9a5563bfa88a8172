import { Td, Tr } from "@patternfly/react-table";

/** Stands where a view was opened again. */
export function GapRow({ columns }: { columns: number }) {
  return (
    <Tr>
      <Td colSpan={columns} className="kyma-subtle">
        Something may be missing here: the view was opened again.
      </Td>
    </Tr>
  );
}
