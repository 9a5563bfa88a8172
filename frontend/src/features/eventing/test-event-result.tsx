import { Alert, Content, Spinner, Title } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useRef } from "react";
import { objectsQuery } from "#api/objects.ts";
import { functionType } from "#resources/well-known-types.ts";
import { ErrorAlert } from "#ui/error-state.tsx";
import { AttemptOutcome } from "./attempt-table.tsx";
import { sendTestEvent, type PublishAnswer } from "./eventing-api.ts";
import { useOutcome } from "./live-eventing.ts";
import { ProblemNotes } from "./problem-notes.tsx";
import { sinkName } from "./sinks.ts";
import type { EventNames } from "./test-event-model.ts";
import { applyOutcome, spokenOutcome, type Match, type OutcomeState } from "./test-event-outcome.ts";

/** An event that is being sent; each send is a run of its own. */
export interface SentEvent {
  /** JSON. */
  text: string;
  names: EventNames;
  run: string;
  /** One of this source and id was sent from here before. */
  isRepeated: boolean;
}

/**
 * Sends the event as soon as its answers can be watched, so that none is missed, and shows what becomes of it. It is sent once, whatever
 * happens to the connection.
 */
export function TestEventResult(props: { sent: SentEvent; namespaces: string[] | undefined }) {
  const { text, names } = props.sent;
  const live = useOutcome<OutcomeState>(names, props.namespaces, props.sent.run, applyOutcome);
  const send = useMutation({ mutationFn: () => sendTestEvent(text) });
  const begun = useRef(false);
  const sendOnce = useEffectEvent(() => {
    if (begun.current) return;
    begun.current = true;
    send.mutate();
  });
  const canBegin = live.value !== undefined || live.error !== null;
  useEffect(() => {
    if (canBegin) sendOnce();
  }, [canBegin]);
  const place = useRef<HTMLElement>(null);
  // In a dialog it may lie below what can be seen.
  const show = useEffectEvent(() => {
    place.current?.scrollIntoView({ block: "nearest" });
  });
  useEffect(() => show(), []);
  useEffect(() => {
    if (send.data) show();
  }, [send.data]);
  return (
    <section ref={place} aria-label="What became of it" className="kyma-next-part">
      <Title headingLevel="h2" size="md">
        What became of it
      </Title>
      <div aria-live="polite">
        {send.error ? (
          <ErrorAlert title="The event was not sent" error={send.error} />
        ) : send.data ? (
          <Answer answer={send.data} sent={props.sent} />
        ) : (
          <Content component="p">
            <Spinner size="md" aria-label="Sending" /> Sending the event…
          </Content>
        )}
      </div>
      {live.error ? <ErrorAlert title="What sinks answer cannot be seen" error={live.error} /> : null}
      {live.value ? <ProblemNotes problems={live.value.problems} /> : null}
      {live.value && send.data?.accepted ? <Matches state={live.value} names={names} /> : null}
      <div aria-live="polite" className="pf-v6-screen-reader">
        {live.value?.matches.map((match) => (
          <p key={`${match.namespace}/${match.name}`}>{spokenOutcome(match)}</p>
        ))}
      </div>
    </section>
  );
}

function Answer(props: { answer: PublishAnswer; sent: SentEvent }) {
  const { accepted, status, message, durationMs } = props.answer;
  if (!accepted)
    return (
      <Alert isInline variant="danger" title={`The publisher answered ${status}`}>
        {message}
      </Alert>
    );
  return (
    <Alert
      isInline
      variant="success"
      title={`Accepted with ${status} in ${Math.round(durationMs)} ms, as event ${props.sent.names.id}`}
    >
      {props.sent.isRepeated
        ? "An event of this source and id was sent before: within two minutes the stream takes both for the same, and delivers it once."
        : null}
    </Alert>
  );
}

function Matches({ state, names: { source, type } }: { state: OutcomeState; names: EventNames }) {
  if (state.matches.length === 0) {
    return state.problems.length > 0 ? null : (
      <Alert isInline isLiveRegion variant="warning" title="Nobody is subscribed">
        No Subscription is for events {type} from {source}, so it is not kept.
      </Alert>
    );
  }
  return (
    <Table aria-label="Subscriptions that it is for" variant="compact" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th>Subscription</Th>
          <Th>Sink</Th>
          <Th width={50}>Answer</Th>
        </Tr>
      </Thead>
      <Tbody>
        {state.matches.map((match) => (
          <Tr key={`${match.namespace}/${match.name}`}>
            <Td dataLabel="Subscription" modifier="breakWord">
              <div>
                <Link
                  to="/namespaces/$ns/subscriptions/$name"
                  params={{ ns: match.namespace, name: match.name }}
                >
                  {match.name}
                </Link>
                <div className="kyma-subtle">{match.namespace}</div>
              </div>
            </Td>
            <Td dataLabel="Sink" modifier="breakWord">
              <span>
                {sinkName(match.sink, match.namespace)} <LogLink match={match} />
              </span>
            </Td>
            <Td dataLabel="Answer" modifier="breakWord">
              <MatchAnswer match={match} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function MatchAnswer({ match: { attempt, ready, reason } }: { match: Match }) {
  if (attempt)
    return (
      <div>
        <AttemptOutcome attempt={attempt} />
        <div className="kyma-subtle">
          attempt {attempt.attempt}, {Math.round(attempt.durationMs)} ms
        </div>
      </div>
    );
  if (!ready) return <span>It waits: the Subscription is not ready. {reason}</span>;
  return (
    <span>
      <Spinner size="sm" aria-label="Waiting" /> no answer yet
    </span>
  );
}

/** Of a sink that is a Function: its log. */
function LogLink({ match: { sink, namespace } }: { match: Match }) {
  const query = objectsQuery<{ metadata: { name: string } }>(functionType, namespace);
  const functions = useQuery({ ...query, retry: false }).data ?? [];
  const name = sinkName(sink, namespace).split(/[:/]/)[0] ?? "";
  if (!functions.some(({ metadata }) => metadata.name === name)) return null;
  return (
    <Link to="/namespaces/$ns/functions/$name" params={{ ns: namespace, name }} search={{ tab: "logs" }}>
      Log
    </Link>
  );
}
