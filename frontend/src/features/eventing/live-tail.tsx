import { Button, Flex, FlexItem, Form, FormGroup, TextInput } from "@patternfly/react-core";
import { PauseIcon, PlayIcon } from "@patternfly/react-icons";
import { useState } from "react";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { FreshnessBadge, type Freshness } from "#ui/freshness-badge.tsx";
import { Loading } from "#ui/loading.tsx";
import { useRested } from "#ui/use-rested.ts";
import { useFeedFreshness } from "./feed-freshness.ts";
import type { FeedState } from "./feed-store.ts";
import { useTail, type TailedEvent } from "./live-eventing.ts";
import { ProblemNotes } from "./problem-notes.tsx";
import { TailCounts } from "./tail-counts.tsx";
import { TailTable } from "./tail-table.tsx";
import "./eventing.css";

/** So long a filter must stay as it is before it counts: each one is another watch. */
const restMs = 400;

interface TailFilter {
  type: string;
  source: string;
}

/** Events as they are published, of one type and source or of all. */
export function LiveTail() {
  const [filter, setFilter] = useState<TailFilter>({ type: "", source: "" });
  const rested = useRested(filter, restMs);
  const [run, setRun] = useState(0);
  return (
    <div className="kyma-tab">
      <FilterForm filter={filter} onFilter={setFilter} />
      <Tail
        key={run}
        filter={{ type: rested.type.trim(), source: rested.source.trim() }}
        isTyping={filter !== rested}
        run={String(run)}
        onClear={() => setRun(run + 1)}
      />
    </div>
  );
}

function FilterForm(props: { filter: TailFilter; onFilter: (filter: TailFilter) => void }) {
  const { filter, onFilter } = props;
  return (
    <Form onSubmit={(event) => event.preventDefault()}>
      <Flex>
        <FlexItem grow={{ default: "grow" }}>
          <FormGroup label="Type" fieldId="tail-type">
            <TextInput
              id="tail-type"
              placeholder="all, or for example order.*.v1"
              autoComplete="off"
              value={filter.type}
              onChange={(_event, type) => onFilter({ ...filter, type })}
            />
          </FormGroup>
        </FlexItem>
        <FlexItem grow={{ default: "grow" }}>
          <FormGroup label="Source" fieldId="tail-source">
            <TextInput
              id="tail-source"
              placeholder="all, or for example shop*"
              autoComplete="off"
              value={filter.source}
              onChange={(_event, source) => onFilter({ ...filter, source })}
            />
          </FormGroup>
        </FlexItem>
      </Flex>
    </Form>
  );
}

/** What was shown when somebody paused, and by which filter. */
interface Pause {
  state: FeedState<TailedEvent>;
  filter: string;
}

function Tail(props: { filter: TailFilter; isTyping: boolean; run: string; onClear: () => void }) {
  const live = useTail(props.filter, props.run);
  const feed = useFeedFreshness(live);
  const freshness: Freshness = props.isTyping ? { state: "loading" } : feed;
  const [pause, setPause] = useState<Pause>();
  const now = live.value;
  const shown = pause?.state ?? now;
  const filter = JSON.stringify(props.filter);
  if (live.error) return <ErrorState title="Events cannot be shown" error={live.error} retry={live.retry} />;
  if (now === undefined || shown === undefined) return <Loading what="events" />;
  return (
    <>
      <Flex className="kyma-next-field" alignItems={{ default: "alignItemsCenter" }}>
        <FlexItem>
          <Button
            variant="secondary"
            icon={pause ? <PlayIcon /> : <PauseIcon />}
            onClick={() => setPause(pause ? undefined : { state: now, filter })}
          >
            {pause ? "Go on" : "Pause"}
          </Button>
        </FlexItem>
        <FlexItem>
          <Button variant="link" onClick={props.onClear}>
            Clear
          </Button>
        </FlexItem>
        <FlexItem>
          <TailCounts now={now} seenAtPause={pause?.state.seen} isSameFilter={pause?.filter === filter} />
        </FlexItem>
        <FlexItem>
          <FreshnessBadge freshness={freshness} />
        </FlexItem>
      </Flex>
      {now.problem ? <ProblemNotes problems={[now.problem]} /> : null}
      {shown.rows.length > 0 ? (
        <TailTable rows={shown.rows} />
      ) : now.problem ? null : (
        <EmptyNotice title="Waiting for events">
          Each event appears here as it is published. Send a test event to see one.
        </EmptyNotice>
      )}
    </>
  );
}
