import { Button, Form, Modal, ModalBody, ModalFooter, ModalHeader } from "@patternfly/react-core";
import { useState } from "react";
import { createObject } from "#api/objects.ts";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { ErrorAlert } from "#ui/error-state.tsx";
import { NameField, nameProblem } from "#ui/name-field.tsx";
import { toast } from "#ui/toasts.tsx";

/** Asks for a name and creates the namespace. */
export function CreateNamespace({
  onCreated,
  onClose,
}: {
  onCreated: (name: string) => void;
  onClose: () => void;
}) {
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const create = async () => {
    setBusy(true);
    try {
      await createObject({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
      toast("success", `Namespace ${name} was created`);
      onClose();
      onCreated(name);
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };
  const ready = name !== "" && nameProblem(name) === undefined && !busy;
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="create-namespace-title">
      <ModalHeader labelId="create-namespace-title" title="Create a namespace" />
      <ModalBody>
        <Form
          id="create-namespace"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) void create();
          }}
        >
          <NameField id="create-namespace-name" value={name} onChange={setName} />
          {error === undefined ? null : <ErrorAlert title="The namespace was not created" error={error} />}
        </Form>
      </ModalBody>
      <ModalFooter>
        <GuardedButton
          type="submit"
          form="create-namespace"
          isDisabled={!ready}
          isLoading={busy}
          needs={[{ verb: "create", group: "", resource: "namespaces" }]}
        >
          Create
        </GuardedButton>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
