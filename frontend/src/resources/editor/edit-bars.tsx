import { Alert, AlertActionCloseButton, AlertActionLink } from "@patternfly/react-core";
import type { Rebase } from "#api/editing.ts";
import { Age } from "#ui/age.tsx";
import type { Draft } from "./drafts.ts";

/** Says that an earlier edit is back. */
export function DraftBar(props: { draft: Draft; onCompare?: () => void; onDiscard: () => void }) {
  return (
    <Alert
      isInline
      variant="info"
      title="Your unsaved changes are back"
      actionLinks={
        <>
          {props.onCompare ? (
            <AlertActionLink onClick={props.onCompare}>See the difference</AlertActionLink>
          ) : null}
          <AlertActionLink onClick={props.onDiscard}>Discard them</AlertActionLink>
        </>
      }
    >
      You made them <Age since={new Date(props.draft.savedAt).toISOString()} /> ago. Nothing of them was
      written to the cluster.
    </Alert>
  );
}

const mostNamed = 3;

/** Says that others changed the object meanwhile. */
export function ChangedBar(props: {
  changes: Rebase["changes"];
  dirty: boolean;
  onCompare: () => void;
  onTakeOver: () => void;
}) {
  const { changes, dirty } = props;
  const managers = [...new Set(changes.flatMap((change) => change.managers))];
  const who = managers.length === 0 ? "Somebody" : managers.join(", ");
  const named = changes.slice(0, mostNamed).map(({ field }) => field);
  const more = changes.length - named.length;
  return (
    <Alert
      isInline
      variant="info"
      title="The object has changed since you began"
      actionLinks={
        <>
          <AlertActionLink onClick={props.onCompare}>See the difference</AlertActionLink>
          <AlertActionLink onClick={props.onTakeOver}>
            {dirty ? "Bring it into my text" : "Load it"}
          </AlertActionLink>
        </>
      }
    >
      {who} changed <span className="kyma-break">{named.join(", ")}</span>
      {more > 0 ? ` and ${more} more fields` : ""}.{dirty ? " Your text is untouched." : ""}
    </Alert>
  );
}

/** After a rebase: where both sides changed, mine stands in the text. */
export function RebasedBar({ conflicts, onClose }: { conflicts: Rebase["conflicts"]; onClose: () => void }) {
  return (
    <Alert
      isInline
      variant="warning"
      title="Both of you changed these fields; your values stay in the text"
      actionClose={<AlertActionCloseButton onClose={onClose} />}
    >
      {conflicts.map(({ field, theirs, managers }) => (
        <div key={field}>
          <code>{field}</code>: {managers.join(", ") || "theirs"} has {theirs ?? "removed it"}
        </div>
      ))}
    </Alert>
  );
}
