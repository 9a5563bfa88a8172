import { Alert, Button } from "@patternfly/react-core";
import { useState } from "react";
import { exactTime } from "#ui/age-text.ts";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorAlert, ErrorState } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { useDeadLetters } from "./dead-letter-source.ts";
import { DeadLetterTable } from "./dead-letter-table.tsx";
import { DeadLetterToolbar } from "./dead-letter-toolbar.tsx";
import { ageLimit, letterKey } from "./dead-letter-words.ts";
import type { DeadLetter, DeadLetterScope } from "./eventing-api.ts";
import { LetterDialog } from "./letter-dialog.tsx";
import { AllLettersDialog, LetterRunDialog } from "./letter-run-dialog.tsx";
import type { LetterAction } from "./letter-run.ts";
import { ProblemNotes } from "./problem-notes.tsx";

type Source = ReturnType<typeof useDeadLetters>;

/** Some by key, or all of them, also those that are not shown. */
type Choice = ReadonlySet<string> | "all";
const none: Choice = new Set();

/** Undefined letters: all. */
interface Wish {
  action: LetterAction;
  letters: DeadLetter[] | undefined;
}

/** Events that could not be delivered: look, change, replay, discard. */
export function DeadLetters({ scope }: { scope: DeadLetterScope }) {
  const source = useDeadLetters(scope);
  const [choice, setChoice] = useState<Choice>(none);
  const [looking, setLooking] = useState<DeadLetter>();
  const [running, setRunning] = useState<Wish>();
  const readAgain = () => void source.query.refetch();
  const run = running && {
    action: running.action,
    events: { onStart: () => setChoice(none), onGone: source.forget, onEnd: readAgain },
    onClose: () => setRunning(undefined),
  };
  // Dialogs stand beside the list: whatever becomes of it, they keep what was typed and begun.
  return (
    <div className="kyma-tab">
      <Letters
        scope={scope}
        source={source}
        choice={choice}
        onChoose={setChoice}
        onLook={setLooking}
        onRun={setRunning}
      />
      {looking ? (
        <LetterDialog
          letter={looking}
          onReplayed={(gone) => {
            source.forget(gone);
            readAgain();
          }}
          onClose={() => setLooking(undefined)}
        />
      ) : null}
      {run && running.letters ? <LetterRunDialog {...run} letters={running.letters} /> : null}
      {run && !running.letters ? <AllLettersDialog {...run} scope={scope} /> : null}
    </div>
  );
}

function Letters(props: {
  scope: DeadLetterScope;
  source: Source;
  choice: Choice;
  onChoose: (choice: Choice) => void;
  onLook: (letter: DeadLetter) => void;
  onRun: (wish: Wish) => void;
}) {
  const { scope, source, choice, onChoose } = props;
  const { data, error, dataUpdatedAt, refetch } = source.query;
  if (!data)
    return error ? (
      <ErrorState title="Dead letters cannot be shown" error={error} retry={() => void refetch()} />
    ) : (
      <Loading what="dead letters" />
    );
  const { deadLetters: letters, problems } = data;
  const keys = letters.map(letterKey);
  const chosen = choice === "all" ? new Set(keys) : choice;
  const picked = choice === "all" ? "all" : letters.filter((letter) => choice.has(letterKey(letter)));
  return (
    <>
      {error ? <StaleNote since={dataUpdatedAt} reason={error.message} /> : null}
      <ProblemNotes problems={problems} />
      {letters.length === 0 && problems.length === 0 ? <NoLetters /> : null}
      {letters.length > 0 ? (
        <>
          <DeadLetterToolbar
            scope={scope}
            picked={picked}
            shown={letters.length}
            hasOlder={data.continue !== null}
            onChooseAll={() => onChoose("all")}
            onChooseShown={() => onChoose(new Set(keys))}
            onRun={(action) => props.onRun({ action, letters: picked === "all" ? undefined : picked })}
          />
          <DeadLetterTable
            letters={letters}
            withSubscription={scope.subscription === undefined}
            chosen={chosen}
            onChoose={onChoose}
            onLook={props.onLook}
          />
        </>
      ) : null}
      {data.continue === null ? null : <ShowOlder older={source.older} />}
    </>
  );
}

function StaleNote({ since, reason }: { since: number; reason: string }) {
  const time = exactTime(new Date(since).toISOString());
  return (
    <Alert isInline isLiveRegion variant="warning" title={`These are the dead letters of ${time}`}>
      They cannot be read now: {reason} It is tried again every few seconds.
    </Alert>
  );
}

function NoLetters() {
  return (
    <EmptyNotice title="No dead letters">
      An event that a sink refuses, or whose attempts are used up, is kept here: look at it, mend the sink,
      and replay it. It is deleted {ageLimit}.
    </EmptyNotice>
  );
}

function ShowOlder({ older }: Pick<Source, "older">) {
  return (
    <div>
      {older.error ? <ErrorAlert title="Older ones cannot be read" error={older.error} /> : null}
      <Button variant="link" isLoading={older.isPending} onClick={() => older.mutate()}>
        Show older ones
      </Button>
    </div>
  );
}
