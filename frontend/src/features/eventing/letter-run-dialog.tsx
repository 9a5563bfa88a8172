import { Alert, Button, Content, Modal, ModalBody, ModalFooter, ModalHeader } from "@patternfly/react-core";
import { BulkProgress } from "#resources/list/bulk-results.tsx";
import { countStates } from "#resources/list/bulk-run.ts";
import "#resources/list/list.css";
import type { DeadLetter } from "./eventing-api.ts";
import { doneWord, useLetterRun, type LetterAction, type LetterRun } from "./letter-run.ts";

/** Replays or discards dead letters: asks first, then shows how far it is and what came of each. */
export function LetterRunDialog(props: {
  letters: readonly DeadLetter[];
  action: LetterAction;
  /** When something was done. */
  onDone: () => void;
  onClose: () => void;
}) {
  const { letters, action } = props;
  const run = useLetterRun(letters, action, props.onDone);
  const count =
    letters.length === 1 ? "1 dead letter" : `${letters.length.toLocaleString("en")} dead letters`;
  const isDanger = action === "discard";
  return (
    <Modal isOpen variant="medium" onClose={props.onClose} aria-labelledby="letters-title">
      <ModalHeader
        labelId="letters-title"
        title={`${isDanger ? "Discard" : "Replay"} ${count}`}
        {...(isDanger ? { titleIconVariant: "warning" as const } : {})}
      />
      <ModalBody>
        {run.phase === "summary" ? (
          <Alert
            isInline
            isPlain
            variant={isDanger ? "warning" : "info"}
            title={
              isDanger
                ? "They are deleted for good, with the events in them."
                : "Each event is sent once to the sink that its Subscription has now. Those that it takes are removed, the others stay."
            }
          />
        ) : (
          <BulkProgress about={{ done: doneWord(action) }} phase={run.phase} items={run.items} />
        )}
        {run.phase === "running" ? (
          <Content component="small">It goes on when you close this; the bell at the top shows it.</Content>
        ) : null}
      </ModalBody>
      <ModalFooter>
        <Buttons run={run} action={action} onClose={props.onClose} />
      </ModalFooter>
    </Modal>
  );
}

function Buttons({ run, action, onClose }: { run: LetterRun; action: LetterAction; onClose: () => void }) {
  if (run.phase === "running")
    return (
      <Button variant="secondary" onClick={run.cancel}>
        Cancel the rest
      </Button>
    );
  const { failed, cancelled } = countStates(run.items);
  const left = failed + cancelled;
  return (
    <>
      {run.phase === "summary" ? (
        <Button variant={action === "discard" ? "danger" : "primary"} onClick={run.start}>
          {action === "discard" ? "Discard" : "Replay"}
        </Button>
      ) : left > 0 ? (
        <Button onClick={run.retry}>Try the {left} that are left again</Button>
      ) : null}
      <Button variant={run.phase === "finished" && left === 0 ? "primary" : "link"} onClick={onClose}>
        {run.phase === "finished" ? "Close" : "Cancel"}
      </Button>
    </>
  );
}
