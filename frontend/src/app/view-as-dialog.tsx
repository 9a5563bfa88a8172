import {
  Alert,
  Button,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  Radio,
  TextInput,
} from "@patternfly/react-core";
import { useState, type FormEvent } from "react";
import { errorMessage } from "#api/errors.ts";
import { viewAs } from "#api/session.ts";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { refreshSession } from "./query-client.ts";
import { emptyViewAs, subjectOf, type ViewAsDraft } from "./view-as-model.ts";

/** Asks as whom to look at the cluster. */
export function ViewAsDialog({ onClose }: { onClose: () => void }) {
  const { namespace } = useNamespaceScope();
  const [draft, setDraft] = useState<ViewAsDraft>({ ...emptyViewAs, namespace: namespace ?? "default" });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const subject = subjectOf(draft);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!subject) return;
    setBusy(true);
    setError(undefined);
    try {
      await viewAs(subject);
      onClose();
      await refreshSession();
    } catch (cause) {
      setError(errorMessage(cause));
      setBusy(false);
    }
  };
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="view-as-title">
      <ModalHeader
        labelId="view-as-title"
        title="View as somebody else"
        description="See and do exactly what they can, in every tab, until you stop. The cluster's audit log names both of you."
      />
      <ModalBody>
        <Form id="view-as-form" onSubmit={(event) => void submit(event)}>
          {error === undefined ? null : (
            <Alert variant="danger" isInline isLiveRegion title="You may not view as them">
              {error}
            </Alert>
          )}
          <SubjectFields draft={draft} change={(part) => setDraft({ ...draft, ...part })} />
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="view-as-form" isDisabled={busy || !subject} isLoading={busy}>
          View as them
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}

interface FieldsProps {
  draft: ViewAsDraft;
  change: (part: Partial<ViewAsDraft>) => void;
}

function SubjectFields({ draft, change }: FieldsProps) {
  return (
    <>
      <FormGroup role="radiogroup" isInline fieldId="view-as-kind" label="Who">
        <Radio
          id="view-as-user"
          name="view-as-kind"
          label="A user"
          isChecked={draft.kind === "user"}
          onChange={() => change({ kind: "user" })}
        />
        <Radio
          id="view-as-account"
          name="view-as-kind"
          label="A service account"
          isChecked={draft.kind === "account"}
          onChange={() => change({ kind: "account" })}
        />
      </FormGroup>
      {draft.kind === "user" ? (
        <Field
          id="view-as-name"
          label="User name"
          value={draft.user}
          onChange={(user) => change({ user })}
          isRequired
        />
      ) : (
        <>
          <Field
            id="view-as-namespace"
            label="Namespace"
            value={draft.namespace}
            onChange={(namespace) => change({ namespace })}
            isRequired
          />
          <Field
            id="view-as-account-name"
            label="Service account"
            value={draft.account}
            onChange={(account) => change({ account })}
            isRequired
          />
        </>
      )}
      <Field
        id="view-as-groups"
        label="Groups"
        value={draft.groups}
        onChange={(groups) => change({ groups })}
        help={
          draft.kind === "user"
            ? "Several with commas between. To try out a group alone, give any user name with it."
            : "Only to add more: those of every service account are added by the cluster when this is empty."
        }
      />
      <Field
        id="view-as-uid"
        label="UID"
        value={draft.uid}
        onChange={(uid) => change({ uid })}
        help="Only where something in the cluster decides by it."
      />
    </>
  );
}

function Field(props: {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: string;
  isRequired?: boolean;
}) {
  const helpId = `${props.id}-help`;
  return (
    <FormGroup label={props.label} fieldId={props.id} isRequired={props.isRequired ?? false}>
      <TextInput
        id={props.id}
        value={props.value}
        isRequired={props.isRequired ?? false}
        autoComplete="off"
        onChange={(_event, value) => props.onChange(value)}
        {...(props.help ? { "aria-describedby": helpId } : {})}
      />
      {props.help ? (
        <FormHelperText>
          <HelperText id={helpId}>
            <HelperTextItem>{props.help}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      ) : null}
    </FormGroup>
  );
}
