import { Content } from "@patternfly/react-core";
import type { ChangeDialogProps, ObjectChange } from "./change-dialog.tsx";
import { ConfirmAction } from "./confirm-action.tsx";

/** Asks before an object is changed, and says what the change does to it. */
export function ConfirmChange({ change, onClose, ...view }: ChangeDialogProps & { change: ObjectChange }) {
  return (
    <ConfirmAction
      title={change.title(view)}
      action={change.action}
      isDanger={change.isDanger ?? false}
      attempt={(dryRun) => change.attempt(view, dryRun)}
      triedAt="open"
      onClose={onClose}
    >
      <Content component="p">{change.text}</Content>
    </ConfirmAction>
  );
}
