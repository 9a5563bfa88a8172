import { Alert, AlertActionLink, Button, Flex, FlexItem, Stack, StackItem } from "@patternfly/react-core";
import { ConflictDialog } from "#resources/conflict-dialog.tsx";
import { needOn } from "#resources/access.ts";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { LeaveGuard } from "#resources/leave-guard.tsx";
import { functionType } from "#resources/well-known-types.ts";
import { Age } from "#ui/age.tsx";
import { ErrorAlert } from "#ui/error-state.tsx";
import type { EditableField } from "./draft.ts";
import { fieldLabels } from "./draft.ts";
import type { FunctionDraft } from "./use-function-draft.ts";

function inWords(fields: readonly EditableField[]): string {
  return fields.map((field) => fieldLabels[field]).join(", ");
}

/** What is unsaved, and the ways to save it or drop it. On tabs that edit nothing it shows only while something is unsaved. */
export function SaveBar({
  draft,
  isEditing,
  namespace,
}: {
  draft: FunctionDraft;
  isEditing: boolean;
  namespace: string;
}) {
  const dirty = draft.changed.length > 0;
  if (!dirty && !isEditing) return null;
  return (
    <Stack hasGutter className="kyma-save-bar">
      {draft.offered ? (
        <StackItem>
          <Alert
            isInline
            variant="info"
            title="There is an unsaved draft of yours"
            actionLinks={
              <>
                <AlertActionLink onClick={draft.restoreOffered}>Restore it</AlertActionLink>
                <AlertActionLink onClick={draft.dropOffered}>Drop it</AlertActionLink>
              </>
            }
          >
            It was made <Age since={draft.offered.at} /> ago and changes: {inWords(draft.offered.fields)}.
          </Alert>
        </StackItem>
      ) : null}
      {draft.error === undefined ? null : (
        <StackItem>
          <ErrorAlert
            title="The Function was not saved"
            error={draft.error}
            retry={() => void draft.save()}
          />
        </StackItem>
      )}
      <StackItem>
        <Flex alignItems={{ default: "alignItemsCenter" }}>
          <FlexItem>
            <GuardedButton
              isDisabled={!dirty || draft.busy}
              isLoading={draft.busy}
              needs={[needOn(functionType, "patch", namespace)]}
              onClick={() => void draft.save()}
            >
              Save
            </GuardedButton>
          </FlexItem>
          {dirty ? (
            <FlexItem>
              <Button variant="link" isInline onClick={draft.discard}>
                Discard changes
              </Button>
            </FlexItem>
          ) : null}
          <FlexItem>
            <span aria-live="polite">
              {dirty ? `Unsaved changes: ${inWords(draft.changed)}` : "All changes are saved"}
            </span>
          </FlexItem>
        </Flex>
      </StackItem>
      {draft.conflicts ? (
        <ConflictDialog
          conflict={{ fields: draft.conflicts }}
          onClose={draft.closeConflicts}
          onTheirs={draft.takeTheirs}
          onMine={() => void draft.save(true)}
        />
      ) : null}
      <LeaveGuard
        dirty={dirty}
        keeps="Your changes are kept in this browser as a draft, and offered when you come back."
      />
    </Stack>
  );
}
