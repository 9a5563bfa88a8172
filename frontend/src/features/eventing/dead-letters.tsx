import { Button, Content, Flex, FlexItem } from "@patternfly/react-core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { letterKey } from "./dead-letter-words.ts";
import { DeadLetterTable } from "./dead-letter-table.tsx";
import { readDeadLetters, type DeadLetter, type DeadLetterScope } from "./eventing-api.ts";
import { discardNeed, LetterDialog, replayNeed } from "./letter-dialog.tsx";
import { LetterRunDialog } from "./letter-run-dialog.tsx";
import type { LetterAction } from "./letter-run.ts";
import { ProblemNotes } from "./problem-notes.tsx";

const pageSize = 100;
const lookAgainMs = 5000;

function useDeadLetters(scope: DeadLetterScope) {
  return useInfiniteQuery({
    queryKey: ["deadLetters", scope],
    queryFn: ({ pageParam, signal }) =>
      readDeadLetters(scope, { limit: pageSize, continue: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.continue ?? null,
    refetchInterval: lookAgainMs,
    retry: false,
  });
}

/** Events that could not be delivered: look, change, replay, discard. */
export function DeadLetters({ scope }: { scope: DeadLetterScope }) {
  const query = useDeadLetters(scope);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [looking, setLooking] = useState<DeadLetter>();
  const [running, setRunning] = useState<{ action: LetterAction; letters: DeadLetter[] }>();
  if (query.error)
    return (
      <ErrorState
        title="Dead letters cannot be shown"
        error={query.error}
        retry={() => void query.refetch()}
      />
    );
  if (query.data === undefined) return <Loading what="dead letters" />;
  const letters = query.data.pages.flatMap(({ deadLetters }) => deadLetters);
  const problems = query.data.pages[0]?.problems ?? [];
  const picked = letters.filter((letter) => chosen.has(letterKey(letter)));
  return (
    <div className="kyma-tab">
      <ProblemNotes problems={problems} />
      {letters.length === 0 && problems.length === 0 ? (
        <EmptyNotice title="No dead letters">
          An event that a sink refuses, or whose attempts are used up, is kept here: look at it, mend the
          sink, and replay it.
        </EmptyNotice>
      ) : null}
      {letters.length > 0 ? (
        <>
          <Toolbar picked={picked} onRun={(action) => setRunning({ action, letters: picked })} />
          <DeadLetterTable
            letters={letters}
            withSubscription={scope.subscription === undefined}
            chosen={chosen}
            onChoose={setChosen}
            onLook={setLooking}
          />
        </>
      ) : null}
      {query.hasNextPage ? (
        <Button
          variant="link"
          isLoading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show older ones
        </Button>
      ) : null}
      {looking ? (
        <LetterDialog
          letter={looking}
          onDone={() => void query.refetch()}
          onClose={() => setLooking(undefined)}
        />
      ) : null}
      {running ? (
        <LetterRunDialog
          {...running}
          onDone={() => void query.refetch()}
          onClose={() => {
            setRunning(undefined);
            setChosen(new Set());
          }}
        />
      ) : null}
    </div>
  );
}

function Toolbar(props: { picked: readonly DeadLetter[]; onRun: (action: LetterAction) => void }) {
  const { picked } = props;
  const places = [...new Set(picked.map(({ namespace }) => namespace))];
  const count = picked.length > 0 ? ` ${picked.length.toLocaleString("en")}` : "";
  return (
    <Flex alignItems={{ default: "alignItemsCenter" }}>
      <FlexItem>
        <GuardedButton
          needs={places.map(replayNeed)}
          isDisabled={picked.length === 0}
          onClick={() => props.onRun("replay")}
        >
          Replay{count}
        </GuardedButton>
      </FlexItem>
      <FlexItem>
        <GuardedButton
          variant="secondary"
          isDanger
          needs={places.map(discardNeed)}
          isDisabled={picked.length === 0}
          onClick={() => props.onRun("discard")}
        >
          Discard{count}
        </GuardedButton>
      </FlexItem>
      {picked.length === 0 ? (
        <FlexItem>
          <Content component="small">Choose dead letters to replay or discard them.</Content>
        </FlexItem>
      ) : null}
    </Flex>
  );
}
