import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { useState } from "react";
import { ErrorAlert } from "#ui/error-state.tsx";
import { toast } from "#ui/toasts.tsx";

/** Asks before something is done. What `onConfirm` returns is the toast; what it throws is shown, and the dialog stays. */
export function ConfirmAction(props: {
  title: string;
  /** The word on the button. */
  action: string;
  children: ReactNode;
  isDanger?: boolean;
  isDisabled?: boolean;
  size?: "small" | "medium" | "large";
  onConfirm: () => Promise<string>;
  onClose: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const confirm = async () => {
    setBusy(true);
    setError(undefined);
    try {
      toast("success", await props.onConfirm());
      props.onClose();
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };
  return (
    <Modal
      isOpen
      variant={props.size ?? "small"}
      onClose={props.onClose}
      aria-labelledby="confirm-action-title"
    >
      <ModalHeader
        labelId="confirm-action-title"
        title={props.title}
        {...(props.isDanger ? { titleIconVariant: "warning" as const } : {})}
      />
      <ModalBody>
        {props.children}
        {error === undefined ? null : <ErrorAlert title="Nothing was changed" error={error} />}
      </ModalBody>
      <ModalFooter>
        <Button
          variant={props.isDanger ? "danger" : "primary"}
          isDisabled={busy || (props.isDisabled ?? false)}
          isLoading={busy}
          onClick={() => void confirm()}
        >
          {props.action}
        </Button>
        <Button variant="link" onClick={props.onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
