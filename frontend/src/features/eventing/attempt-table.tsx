import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Age } from "#ui/age.tsx";
import { durationText } from "#ui/age-text.ts";
import type { Health } from "#ui/status-label.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { statusText } from "./amounts.ts";
import type { FeedRow } from "./feed-store.ts";
import { GapRow } from "./gap-row.tsx";
import type { Attempt } from "./live-eventing.ts";

const looks: Record<Attempt["outcome"], { health: Health; word: string }> = {
  DELIVERED: { health: "ok", word: "delivered" },
  RETRY: { health: "warning", word: "failed, is tried again" },
  DEAD: { health: "error", word: "given up" },
};

/** What came of an attempt, in words. */
export function AttemptOutcome({ attempt }: { attempt: Attempt }) {
  const { health, word } = looks[attempt.outcome];
  const next = attempt.nextAttemptMs;
  return (
    <div>
      <StatusLabel health={health}>{statusText(attempt.status)}</StatusLabel> {word}
      {next === null || next === undefined ? "" : ` in ${durationText(Math.ceil(next / 1000))}`}
      {attempt.error ? <div className="kyma-subtle kyma-break">{attempt.error}</div> : null}
    </div>
  );
}

/** Attempts to deliver events, one a row. */
export function AttemptTable({ rows }: { rows: readonly FeedRow<Attempt>[] }) {
  return (
    <Table aria-label="Attempts" variant="compact" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th>When</Th>
          <Th>Type</Th>
          <Th>Event</Th>
          <Th>Attempt</Th>
          <Th>Outcome</Th>
          <Th>Took</Th>
        </Tr>
      </Thead>
      <Tbody>
        {rows.map(({ number, item }) =>
          item ? <AttemptRow key={number} attempt={item} /> : <GapRow key={number} columns={6} />,
        )}
      </Tbody>
    </Table>
  );
}

function AttemptRow({ attempt }: { attempt: Attempt }) {
  return (
    <Tr>
      <Td dataLabel="When">
        <span>
          <Age since={attempt.time} /> ago
        </span>
      </Td>
      <Td dataLabel="Type" modifier="breakWord">
        {attempt.type}
      </Td>
      <Td dataLabel="Event" modifier="breakWord">
        {attempt.eventId}
      </Td>
      <Td dataLabel="Attempt">{attempt.attempt}</Td>
      <Td dataLabel="Outcome" modifier="breakWord">
        <AttemptOutcome attempt={attempt} />
      </Td>
      <Td dataLabel="Took">{Math.round(attempt.durationMs)} ms</Td>
    </Tr>
  );
}
