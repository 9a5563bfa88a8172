import { Button, Modal, ModalBody, ModalFooter, ModalHeader, Stack, StackItem } from "@patternfly/react-core";
import { useState } from "react";
import type { ApiResource } from "#api/objects.ts";
import { applyYaml } from "#api/objects.ts";
import { CodeEditor } from "#ui/code-editor.tsx";
import { ErrorAlert } from "#ui/error-state.tsx";
import { toast } from "#ui/toasts.tsx";

function starter(kind: ApiResource | undefined, namespace: string | undefined): string {
  if (!kind) return "";
  const apiVersion = kind.group === "" ? kind.version : `${kind.group}/${kind.version}`;
  const place = kind.namespaced ? `\n  namespace: ${namespace ?? "default"}` : "";
  return `apiVersion: ${apiVersion}\nkind: ${kind.kind}\nmetadata:\n  name: ""${place}\n`;
}

/** Creates an object from YAML that the person writes or pastes. */
export function CreateFromYaml(props: {
  kind: ApiResource | undefined;
  namespace: string | undefined;
  onClose: () => void;
}) {
  const [text, setText] = useState(() => starter(props.kind, props.namespace));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const create = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const { conflicts } = await applyYaml(null, text);
      if (conflicts.length > 0) {
        throw new Error(
          `It exists already, and others own ${conflicts.map(({ field }) => field).join(", ")}.`,
        );
      }
      toast("success", `${props.kind?.kind ?? "The object"} was created`);
      props.onClose();
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };
  return (
    <Modal isOpen variant="large" onClose={props.onClose} aria-labelledby="create-yaml-title">
      <ModalHeader labelId="create-yaml-title" title={`Create ${props.kind?.kind ?? "from YAML"}`} />
      <ModalBody>
        <Stack hasGutter>
          {error === undefined ? null : (
            <StackItem>
              <ErrorAlert title="Nothing was created" error={error} />
            </StackItem>
          )}
          <StackItem>
            <CodeEditor
              label="YAML"
              language="yaml"
              fileName="new.yaml"
              value={text}
              onChange={setText}
              onSave={() => void create()}
            />
          </StackItem>
        </Stack>
      </ModalBody>
      <ModalFooter>
        <Button isDisabled={busy || text.trim() === ""} isLoading={busy} onClick={() => void create()}>
          Create
        </Button>
        <Button variant="link" onClick={props.onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
