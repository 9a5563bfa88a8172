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
import { useState } from "react";
import { createObject } from "#api/objects.ts";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { ErrorAlert } from "#ui/error-state.tsx";
import { NameField, nameProblem } from "#ui/name-field.tsx";
import { toast } from "#ui/toasts.tsx";

/** Makes a Secret with one key, without leaving the Function. */
export function CreateSecret(props: {
  namespace: string;
  onCreated: (name: string, key: string) => void;
  onClose: () => void;
}) {
  const [name, setName] = useState("");
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const ready = nameProblem(name) === undefined && /^[-._a-zA-Z0-9]+$/.test(key) && !busy;
  const create = async () => {
    setBusy(true);
    try {
      const metadata = { name, namespace: props.namespace };
      await createObject({
        apiVersion: "v1",
        kind: "Secret",
        metadata,
        type: "Opaque",
        stringData: { [key]: value },
      });
      toast("success", `Secret ${name} was created`);
      props.onCreated(name, key);
      props.onClose();
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };
  return (
    <Modal isOpen variant="small" onClose={props.onClose} aria-labelledby="create-secret-title">
      <ModalHeader
        labelId="create-secret-title"
        title="Create a Secret"
        description={`In namespace ${props.namespace}`}
      />
      <ModalBody>
        <Form
          id="create-secret"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) void create();
          }}
        >
          <NameField id="create-secret-name" value={name} onChange={setName} />
          <FormGroup label="Key" fieldId="create-secret-key" isRequired>
            <TextInput id="create-secret-key" value={key} onChange={(_event, next) => setKey(next)} />
          </FormGroup>
          <FormGroup label="Value" fieldId="create-secret-value">
            <TextInput
              id="create-secret-value"
              type="password"
              autoComplete="new-password"
              value={value}
              onChange={(_event, next) => setValue(next)}
            />
          </FormGroup>
          {error === undefined ? null : <ErrorAlert title="The Secret was not created" error={error} />}
        </Form>
      </ModalBody>
      <ModalFooter>
        <GuardedButton
          type="submit"
          form="create-secret"
          isDisabled={!ready}
          isLoading={busy}
          needs={[{ verb: "create", group: "", resource: "secrets", namespace: props.namespace }]}
        >
          Create
        </GuardedButton>
        <Button variant="link" onClick={props.onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
