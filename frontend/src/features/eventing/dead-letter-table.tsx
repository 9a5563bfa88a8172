import { Button } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "@tanstack/react-router";
import { Age } from "#ui/age.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { statusText } from "./amounts.ts";
import { letterKey, letterLabel, namesOf, reasonText } from "./dead-letter-words.ts";
import type { DeadLetter } from "./eventing-api.ts";

/** Dead letters, one a row, to look at and to choose. */
export function DeadLetterTable(props: {
  letters: readonly DeadLetter[];
  /** Also say whose they are. */
  withSubscription: boolean;
  chosen: ReadonlySet<string>;
  onChoose: (keys: ReadonlySet<string>) => void;
  onLook: (letter: DeadLetter) => void;
}) {
  const { letters, chosen, onChoose, withSubscription } = props;
  const keys = letters.map(letterKey);
  const areAll = keys.every((key) => chosen.has(key));
  const choose = (key: string, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(key);
    else next.delete(key);
    onChoose(next);
  };
  return (
    <Table aria-label="Dead letters" variant="compact" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th
            screenReaderText="Choose"
            select={{
              isSelected: areAll,
              onSelect: (_event, isChosen) => onChoose(new Set(isChosen ? keys : [])),
            }}
          />
          <Th modifier="nowrap">Given up</Th>
          {withSubscription ? <Th modifier="nowrap">Subscription</Th> : null}
          <Th>Event</Th>
          <Th>Reason</Th>
          <Th modifier="fitContent">Attempts</Th>
          <Th width={30}>Last answer</Th>
        </Tr>
      </Thead>
      <Tbody>
        {letters.map((letter, rowIndex) => {
          const key = letterKey(letter);
          return (
            <Tr key={key}>
              <Td
                select={{
                  rowIndex,
                  isSelected: chosen.has(key),
                  onSelect: (_event, isChosen) => choose(key, isChosen),
                }}
              />
              <Td dataLabel="Given up">
                <span>
                  <Age since={letter.time} /> ago
                </span>
              </Td>
              {withSubscription ? (
                <Td dataLabel="Subscription" modifier="breakWord">
                  <SubscriptionLink letter={letter} />
                </Td>
              ) : null}
              <Td dataLabel="Event" modifier="breakWord">
                <EventCell letter={letter} onLook={props.onLook} />
              </Td>
              <Td dataLabel="Reason">{reasonText(letter.reason)}</Td>
              <Td dataLabel="Attempts">{letter.attempts}</Td>
              <Td dataLabel="Last answer" modifier="breakWord">
                <div>
                  <StatusLabel health="error">{statusText(letter.status)}</StatusLabel> {letter.answer}
                </div>
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}

function EventCell({ letter, onLook }: { letter: DeadLetter; onLook: (letter: DeadLetter) => void }) {
  const { type, id } = namesOf(letter);
  return (
    <div>
      <Button
        variant="link"
        isInline
        aria-label={`Look at ${letterLabel(letter)}`}
        onClick={() => onLook(letter)}
      >
        {type || "unreadable"}
      </Button>
      <div className="kyma-subtle">{id}</div>
    </div>
  );
}

function SubscriptionLink({ letter: { namespace, subscription } }: { letter: DeadLetter }) {
  return (
    <div>
      <Link to="/namespaces/$ns/subscriptions/$name" params={{ ns: namespace, name: subscription }}>
        {subscription}
      </Link>
      <div className="kyma-subtle">{namespace}</div>
    </div>
  );
}
