import { Alert, Button, Content, Modal, ModalBody, ModalFooter, ModalHeader } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { BulkProgress } from "#resources/list/bulk-results.tsx";
import { countStates } from "#resources/list/bulk-run.ts";
import "#resources/list/list.css";
import { ErrorAlert } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { mostLetters, readAllLetters } from "./dead-letter-source.ts";
import type { DeadLetter, DeadLetterScope } from "./eventing-api.ts";
import {
  doneWord,
  useLetterRun,
  type LetterAction,
  type LetterRun,
  type LetterRunEvents,
} from "./letter-run.ts";

interface DialogProps {
  action: LetterAction;
  events: LetterRunEvents;
  onClose: () => void;
}

const nameOf = (action: LetterAction): string => (action === "discard" ? "Discard" : "Replay");

/** Replays or discards dead letters: asks first, then shows how far it is and what came of each. */
export function LetterRunDialog(props: DialogProps & { letters: readonly DeadLetter[]; isCut?: boolean }) {
  const { letters, action, isCut = false } = props;
  const run = useLetterRun(letters, action, props.events);
  const count =
    letters.length === 1 ? "1 dead letter" : `${letters.length.toLocaleString("en")} dead letters`;
  return (
    <Modal isOpen variant="medium" onClose={props.onClose} aria-labelledby="letters-title">
      <ModalHeader
        labelId="letters-title"
        title={`${nameOf(action)} ${count}`}
        {...(action === "discard" ? { titleIconVariant: "warning" as const } : {})}
      />
      <ModalBody>
        {run.phase === "summary" ? (
          <Summary action={action} isCut={isCut} />
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

/** The same with all dead letters of a scope, which are read first: nobody decides about what was not counted. */
export function AllLettersDialog(props: DialogProps & { scope: DeadLetterScope }) {
  const { scope, action, onClose } = props;
  const [count, setCount] = useState(0);
  const { data, error, refetch } = useQuery({
    queryKey: ["allDeadLetters", scope],
    queryFn: ({ signal }) => readAllLetters(scope, setCount, signal),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  if (data) return <LetterRunDialog {...props} letters={data.letters} isCut={data.isCut} />;
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="letters-title">
      <ModalHeader labelId="letters-title" title={`${nameOf(action)} all dead letters`} />
      <ModalBody>
        {error ? (
          <ErrorAlert title="They cannot be read" error={error} retry={() => void refetch()} />
        ) : (
          <>
            <Loading what="dead letters" />
            <Content component="p">{count.toLocaleString("en")} read. Nothing is done yet.</Content>
          </>
        )}
      </ModalBody>
      <ModalFooter>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}

function Summary({ action, isCut }: { action: LetterAction; isCut: boolean }) {
  const most = mostLetters.toLocaleString("en");
  return (
    <>
      {action === "discard" ? (
        <Alert
          isInline
          isPlain
          variant="warning"
          title="They are deleted for good, with the events in them."
        />
      ) : (
        <Alert
          isInline
          isPlain
          variant="info"
          title="Each event is sent once to the sink that its Subscription has now. Those that it takes are removed, the others stay."
        >
          The oldest goes first, one after another within each Subscription. One that fails does not hold up
          those after it.
        </Alert>
      )}
      {isCut ? (
        <Alert isInline isPlain variant="warning" title={`There are more: these are the newest ${most}.`}>
          {action === "discard"
            ? "The older ones stay. Discard all again for them."
            : "The older ones stay, so a sink gets them after these. Replay all again for them."}
        </Alert>
      ) : null}
    </>
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
          {nameOf(action)}
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
