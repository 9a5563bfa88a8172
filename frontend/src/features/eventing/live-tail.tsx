import { Button, Content, Flex, FlexItem, Form, FormGroup, TextInput } from "@patternfly/react-core";
import { PauseIcon, PlayIcon } from "@patternfly/react-icons";
import { useDeferredValue, useState } from "react";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Loading } from "#ui/loading.tsx";
import { useTail } from "./live-eventing.ts";
import { ProblemNotes } from "./problem-notes.tsx";
import { TailTable } from "./tail-table.tsx";
import { applyTail, type TailState } from "./tail-store.ts";
import "./eventing.css";

/** Events as they are published, of one type and source or of all. */
export function LiveTail() {
  const [filter, setFilter] = useState({ type: "", source: "" });
  const settled = useDeferredValue(filter);
  const [run, setRun] = useState(0);
  return (
    <div className="kyma-tab">
      <FilterForm filter={filter} onFilter={setFilter} />
      <Tail
        key={`${settled.type} ${settled.source} ${run}`}
        filter={{ type: settled.type.trim(), source: settled.source.trim() }}
        run={String(run)}
        onClear={() => setRun(run + 1)}
      />
    </div>
  );
}

function FilterForm(props: {
  filter: { type: string; source: string };
  onFilter: (filter: { type: string; source: string }) => void;
}) {
  const { filter, onFilter } = props;
  return (
    <Form onSubmit={(event) => event.preventDefault()}>
      <Flex>
        <FlexItem grow={{ default: "grow" }}>
          <FormGroup label="Type" fieldId="tail-type">
            <TextInput
              id="tail-type"
              placeholder="all, or for example order.*"
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
              placeholder="all sources"
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

function Tail(props: { filter: { type: string; source: string }; run: string; onClear: () => void }) {
  const live = useTail<TailState>(props.filter, props.run, applyTail);
  const [paused, setPaused] = useState<TailState>();
  if (live.error) return <ErrorState title="Events cannot be shown" error={live.error} retry={live.retry} />;
  if (live.value === undefined) return <Loading what="events" />;
  const now = live.value;
  const shown = paused ?? now;
  return (
    <>
      <Flex className="kyma-next-field" alignItems={{ default: "alignItemsCenter" }}>
        <FlexItem>
          <Button
            variant="secondary"
            icon={paused ? <PlayIcon /> : <PauseIcon />}
            onClick={() => setPaused(paused ? undefined : now)}
          >
            {paused ? "Go on" : "Pause"}
          </Button>
        </FlexItem>
        <FlexItem>
          <Button variant="link" onClick={props.onClear}>
            Clear
          </Button>
        </FlexItem>
        <FlexItem>
          <Content component="small" role="status">
            {statusSentence(now, paused)}
          </Content>
        </FlexItem>
      </Flex>
      {now.problem ? <ProblemNotes problems={[now.problem]} /> : null}
      {shown.events.length > 0 ? (
        <TailTable events={shown.events} />
      ) : now.problem ? null : (
        <EmptyNotice title="Waiting for events">
          Each event appears here as it is published. Send a test event to see one.
        </EmptyNotice>
      )}
    </>
  );
}

/** How many were seen and left out, and whether it goes on. Pure. */
function statusSentence(now: TailState, paused: TailState | undefined): string {
  const seen = `${now.seen.toLocaleString("en")} seen`;
  const left = now.omitted > 0 ? `, ${now.omitted.toLocaleString("en")} left out as there were too many` : "";
  const missed = paused ? `, ${(now.seen - paused.seen).toLocaleString("en")} since the pause` : "";
  return `${seen}${left}${missed}.${now.watching ? "" : " The view is opened again."}`;
}
