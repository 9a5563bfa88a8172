import { Button, Content, Flex, FlexItem, Radio } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { EditConflict } from "#api/editing.ts";

export type Side = "MINE" | "THEIRS";

const reasons: Record<EditConflict["reason"], string> = {
  CHANGED: "changed this since you began",
  OWNED: "manages this field",
  REMOVED: "manages what you removed",
};

function whoText({ managers, reason }: EditConflict): string {
  const names = managers.length === 0 ? "Somebody" : managers.join(" and ");
  return `${names} ${reasons[reason]}`;
}

/** Each field that others own or changed, with both values and a choice. */
export function ConflictTable(props: {
  conflicts: readonly EditConflict[];
  choices: ReadonlyMap<string, Side>;
  onChoices: (choices: ReadonlyMap<string, Side>) => void;
}) {
  const { conflicts, choices, onChoices } = props;
  const all = (side: Side) => onChoices(new Map(conflicts.map(({ field }) => [field, side])));
  return (
    <>
      <Flex gap={{ default: "gapSm" }}>
        <FlexItem>
          <Button variant="secondary" size="sm" onClick={() => all("THEIRS")}>
            Take all of theirs
          </Button>
        </FlexItem>
        <FlexItem>
          <Button variant="secondary" size="sm" onClick={() => all("MINE")}>
            Force all of mine
          </Button>
        </FlexItem>
      </Flex>
      <Table aria-label="Conflicting fields" variant="compact" gridBreakPoint="grid-lg">
        <Thead>
          <Tr>
            <Th width={30}>Field</Th>
            <Th>Theirs</Th>
            <Th>Mine</Th>
          </Tr>
        </Thead>
        <Tbody>
          {conflicts.map((conflict) => (
            <Tr key={conflict.field}>
              <Td dataLabel="Field" modifier="breakWord">
                <code>{conflict.field}</code>
                <Content component="small">{whoText(conflict)}</Content>
              </Td>
              {(["THEIRS", "MINE"] as const).map((side) => (
                <Td key={side} dataLabel={side === "MINE" ? "Mine" : "Theirs"} modifier="breakWord">
                  <Radio
                    id={`${side} ${conflict.field}`}
                    name={conflict.field}
                    isChecked={choices.get(conflict.field) === side}
                    onChange={() => onChoices(new Map(choices).set(conflict.field, side))}
                    label={side === "MINE" ? "Force mine" : "Take theirs"}
                    aria-label={`${side === "MINE" ? "Force mine" : "Take theirs"} for ${conflict.field}`}
                    body={<Value text={side === "MINE" ? conflict.mine : conflict.theirs} />}
                  />
                </Td>
              ))}
            </Tr>
          ))}
        </Tbody>
      </Table>
    </>
  );
}

function Value({ text }: { text: string | null | undefined }) {
  if (text === null || text === undefined) return <em>not set</em>;
  return <pre className="kyma-value">{text}</pre>;
}
