import { Alert, List, ListItem } from "@patternfly/react-core";
import type { ChangedField, WriteOutcome } from "#api/objects.ts";
import { ErrorAlert } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { visibleText } from "#ui/visible-text.ts";
import { isUntriable } from "./dry-run.ts";

/** What the API server says to a dry run: what would change, or why it would not be taken. */
export function DryRunNote(props: {
  outcome: WriteOutcome | undefined;
  error: unknown;
  title: string;
  retry: () => void;
}) {
  const { outcome, error } = props;
  if (isUntriable(error))
    return (
      <Alert isInline isPlain isLiveRegion variant="info" title="This cannot be tried first">
        A webhook of the cluster does not take part in dry runs, so whether it accepts the change shows when
        it is made.
      </Alert>
    );
  if (error) return <ErrorAlert title={props.title} error={error} retry={props.retry} />;
  if (!outcome) return <Loading what="the API server's answer" />;
  return (
    <Alert isInline isPlain isLiveRegion variant="success" title="The API server would accept this (dry run)">
      {outcome.changes === undefined ? null : <ChangeList changes={outcome.changes} />}
    </Alert>
  );
}

/** Fields with what they are and what they will be. */
export function ChangeList({ changes }: { changes: readonly ChangedField[] }) {
  if (changes.length === 0) return <>Nothing changes: it is so already.</>;
  return (
    <List isPlain aria-label="What changes">
      {changes.map(({ field, before, after }) => (
        <ListItem key={field} className="kyma-break">
          <code>{visibleText(field)}</code>: {visibleText(before ?? "none")} → {visibleText(after ?? "none")}
        </ListItem>
      ))}
    </List>
  );
}
