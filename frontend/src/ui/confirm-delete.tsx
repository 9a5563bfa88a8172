import {
  Button,
  Form,
  FormGroup,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from "@patternfly/react-core";
import type { ReactNode } from "react";
import { useState } from "react";
import { ErrorAlert } from "./error-state.tsx";

/**
 * Asks before something is deleted. With `typeName` the person has to type the name: for what takes other things along.
 * `onDelete` may throw; its sentence is shown and the dialog stays.
 */
export function ConfirmDelete(props: {
  kind: string;
  name: string;
  /** What goes with it. */
  children?: ReactNode;
  typeName?: boolean;
  onDelete: () => Promise<void>;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const remove = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await props.onDelete();
      props.onClose();
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };
  const ready = !props.typeName || typed === props.name;
  return (
    <Modal isOpen variant="small" onClose={props.onClose} aria-labelledby="confirm-delete-title">
      <ModalHeader
        labelId="confirm-delete-title"
        titleIconVariant="warning"
        title={`Delete ${props.kind} ${props.name}?`}
      />
      <ModalBody>
        {props.children}
        {props.typeName ? (
          <Form
            onSubmit={(event) => {
              event.preventDefault();
              if (ready && !busy) void remove();
            }}
          >
            <FormGroup label={`Type ${props.name} to confirm`} fieldId="confirm-delete-name">
              <TextInput
                id="confirm-delete-name"
                value={typed}
                autoComplete="off"
                onChange={(_event, value) => setTyped(value)}
              />
            </FormGroup>
          </Form>
        ) : null}
        {error === undefined ? null : <ErrorAlert title="It was not deleted" error={error} />}
      </ModalBody>
      <ModalFooter>
        <Button variant="danger" isDisabled={!ready || busy} isLoading={busy} onClick={() => void remove()}>
          Delete
        </Button>
        <Button variant="link" onClick={props.onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
