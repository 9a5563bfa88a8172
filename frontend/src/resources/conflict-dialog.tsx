import { Button, Content, Modal, ModalBody, ModalFooter, ModalHeader } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { FieldConflict } from "#api/objects.ts";

/** What kept a save from being written: fields that others own or changed, or one sentence when the fields are not known. */
export interface SaveConflict {
  fields: readonly FieldConflict[];
  message?: string;
}

/** Names who changed what, and lets the person choose: theirs, mine, or keep editing. Nothing typed is lost by closing it. */
export function ConflictDialog(props: {
  conflict: SaveConflict;
  onTheirs: () => void;
  onMine: () => void;
  onClose: () => void;
}) {
  const { fields, message } = props.conflict;
  return (
    <Modal isOpen variant="medium" onClose={props.onClose} aria-labelledby="conflict-title">
      <ModalHeader
        labelId="conflict-title"
        titleIconVariant="warning"
        title="Somebody else changed this meanwhile"
        description="Nothing was written, and your text is still in the editor."
      />
      <ModalBody>
        {message ? <Content component="p">{message}</Content> : null}
        {fields.length > 0 ? (
          <Table aria-label="Conflicting fields" variant="compact" gridBreakPoint="grid-md">
            <Thead>
              <Tr>
                <Th>Changed by</Th>
                <Th>Field</Th>
                <Th>What happened</Th>
              </Tr>
            </Thead>
            <Tbody>
              {fields.map((conflict) => (
                <Tr key={`${conflict.manager} ${conflict.field}`}>
                  <Td dataLabel="Changed by">{conflict.manager}</Td>
                  <Td dataLabel="Field" modifier="breakWord">
                    <code>{conflict.field}</code>
                  </Td>
                  <Td dataLabel="What happened" modifier="breakWord">
                    {conflict.message}
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        ) : null}
      </ModalBody>
      <ModalFooter>
        <Button variant="primary" onClick={props.onClose}>
          Cancel, keep editing
        </Button>
        <Button variant="secondary" onClick={props.onTheirs}>
          Take theirs
        </Button>
        <Button variant="danger" onClick={props.onMine}>
          Force mine
        </Button>
      </ModalFooter>
    </Modal>
  );
}
