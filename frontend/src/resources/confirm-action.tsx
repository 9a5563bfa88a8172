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
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useId, useState } from "react";
import { ErrorAlert } from "#ui/error-state.tsx";
import { toast } from "#ui/toasts.tsx";
import { DryRunNote } from "./dry-run-note.tsx";
import { isUntriable, unlessUntriable, type Attempt } from "./dry-run.ts";

interface ConfirmActionProps {
  title: string;
  /** The word on the button. */
  action: string;
  children?: ReactNode;
  isDanger?: boolean;
  isDisabled?: boolean;
  /** Has to be typed first: for what takes much else along. */
  typedName?: string | undefined;
  size?: "small" | "medium" | "large";
  attempt: Attempt;
  /** "open": the input stands, so what would happen is shown at once. "confirm": just before it is done. */
  triedAt: "open" | "confirm";
  onDone?: () => void;
  onClose: () => void;
}

const refused = "The API server refuses this; nothing was changed";

/**
 * Asks before something is written, and the API server before the person: a dry run says what will change, or why it is refused. The dialog stays,
 * with what was put in, until it was done.
 */
export function ConfirmAction(props: ConfirmActionProps) {
  const { tried, failure, busy, typed, setTyped, isReady, confirm } = useConfirmation(props);
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
        {props.typedName === undefined ? null : (
          <Form
            onSubmit={(event) => {
              event.preventDefault();
              if (isReady) void confirm();
            }}
          >
            <FormGroup label={`Type ${props.typedName} to confirm`} fieldId="confirm-action-name">
              <TextInput
                id="confirm-action-name"
                value={typed}
                autoComplete="off"
                onChange={(_event, value) => setTyped(value)}
              />
            </FormGroup>
          </Form>
        )}
        {props.triedAt === "open" && failure === undefined ? (
          <DryRunNote
            outcome={tried.data}
            error={tried.error}
            title={refused}
            retry={() => void tried.refetch()}
          />
        ) : null}
        {failure === undefined ? null : <ErrorAlert title={failure.title} error={failure.error} />}
      </ModalBody>
      <ModalFooter>
        <Button
          variant={props.isDanger ? "danger" : "primary"}
          isDisabled={!isReady}
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

function useConfirmation(props: ConfirmActionProps) {
  const { attempt, triedAt, typedName } = props;
  const [busy, setBusy] = useState(false);
  const [typed, setTyped] = useState("");
  const [failure, setFailure] = useState<{ title: string; error: unknown }>();
  const tried = useQuery({
    queryKey: ["dry-run", useId()],
    queryFn: () => attempt(true),
    enabled: triedAt === "open",
    retry: false,
    gcTime: 0,
  });
  const isTried = triedAt === "confirm" || tried.isSuccess || isUntriable(tried.error);
  const isTyped = typedName === undefined || typed === typedName;
  const confirm = async () => {
    setBusy(true);
    setFailure(undefined);
    let title = refused;
    try {
      if (triedAt === "confirm") await attempt(true).catch(unlessUntriable);
      title = "Nothing was changed";
      const { message } = await attempt(false);
      toast("success", message);
      props.onDone?.();
      props.onClose();
    } catch (error) {
      setFailure({ title, error });
      setBusy(false);
    }
  };
  const isReady = isTried && isTyped && !busy && !(props.isDisabled ?? false);
  return { tried, failure, busy, typed, setTyped, isReady, confirm };
}
