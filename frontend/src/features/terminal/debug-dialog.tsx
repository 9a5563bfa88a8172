import {
  Button,
  Form,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from "@patternfly/react-core";
import { useState } from "react";
import { debugPod } from "#api/logs.ts";
import { useSession } from "#api/session.ts";
import { ErrorAlert } from "#ui/error-state.tsx";

/** Asks for an image and a target, then adds a debug container. */
export function DebugDialog(props: {
  namespace: string;
  pod: string;
  containers: readonly string[];
  onClose: () => void;
  /** The name of the new container. */
  onAdded: (name: string) => void;
}) {
  const { namespace, pod, containers } = props;
  const isLocal = useSession().data?.local ?? false;
  const [image, setImage] = useState<string>();
  const [target, setTarget] = useState(containers[0] ?? "");
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const chosen = image ?? (isLocal ? "kyma.local/debug:latest" : "busybox:1.37");
  const add = async () => {
    setBusy(true);
    setError(undefined);
    try {
      props.onAdded(
        await debugPod({ namespace, pod, image: chosen.trim(), target: target === "" ? null : target }),
      );
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Modal variant="small" isOpen onClose={props.onClose} aria-labelledby="debug-title">
      <ModalHeader title="Add a debug container" labelId="debug-title" />
      <ModalBody>
        <Form
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <p>
            It runs beside the containers of {pod}, in the same network, and brings its own tools. It cannot
            be taken away again; it goes with the pod.
          </p>
          <FormGroup label="Image" fieldId="debug-image" isRequired>
            <TextInput
              id="debug-image"
              value={chosen}
              onChange={(_event, value) => setImage(value)}
              isRequired
            />
            <FormHelperText>
              <HelperText>
                <HelperTextItem>
                  One with a shell.{isLocal ? " The local cluster runs only its own images." : ""}
                </HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
          <FormGroup label="Target container" fieldId="debug-target">
            <FormSelect id="debug-target" value={target} onChange={(_event, value) => setTarget(value)}>
              {containers.map((name) => (
                <FormSelectOption key={name} value={name} label={`${name}: see its processes`} />
              ))}
              <FormSelectOption value="" label="None" />
            </FormSelect>
          </FormGroup>
          {error === undefined ? null : (
            <ErrorAlert title="The debug container was not added" error={error} />
          )}
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button isLoading={busy} isDisabled={busy || chosen.trim() === ""} onClick={() => void add()}>
          Add
        </Button>
        <Button variant="link" onClick={props.onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
