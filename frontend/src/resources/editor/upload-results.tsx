import { Button, Content, Label, Progress } from "@patternfly/react-core";
import { ExpandableRowContent, Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { DiffView } from "#ui/code-editor.tsx";
import { objectPath } from "../kinds.ts";
import type { UploadRow, UploadRun } from "./use-upload.ts";

const words = {
  CREATED: { now: "created", dry: "to be created", color: "green" },
  CONFIGURED: { now: "configured", dry: "to be configured", color: "blue" },
  UNCHANGED: { now: "unchanged", dry: "unchanged", color: "grey" },
  REFUSED: { now: "refused", dry: "refused", color: "red" },
} as const;

/** "3 created, 1 refused" */
function summaryText({ rows, dryRun }: Pick<UploadRun, "rows" | "dryRun">): string {
  const parts = (Object.keys(words) as (keyof typeof words)[]).flatMap((outcome) => {
    const count = rows.filter((row) => row.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${dryRun ? words[outcome].dry : words[outcome].now}`];
  });
  return parts.join(", ") || "nothing done";
}

/** What becomes of each object: outcome, sentence, line, and what changes in it. */
export function UploadResults(props: {
  run: UploadRun;
  onLine: (line: number) => void;
  onTakeOver: (row: UploadRow) => void;
}) {
  const { run } = props;
  return (
    <>
      {run.running ? (
        <Progress
          value={run.done}
          max={run.total}
          title={run.dryRun ? "Checking" : "Applying"}
          label={`${run.done} of ${run.total}`}
          size="sm"
        />
      ) : (
        <Content component="p" aria-live="polite">
          {run.dryRun ? "Checked, nothing is written yet: " : ""}
          {summaryText(run)}
          {run.stopped ? `; stopped after ${run.done} of ${run.total}` : ""}.
        </Content>
      )}
      {run.rows.length > 0 ? (
        <Table aria-label="Outcome per object" variant="compact" gridBreakPoint="grid-md">
          <Thead>
            <Tr>
              <Th screenReaderText="Difference" />
              <Th>Object</Th>
              <Th>Outcome</Th>
              <Th>Line</Th>
            </Tr>
          </Thead>
          {run.rows.map((row) => (
            <ResultRow key={row.id} row={row} {...props} />
          ))}
        </Table>
      ) : null}
    </>
  );
}

function ResultRow(props: {
  row: UploadRow;
  run: UploadRun;
  onLine: (line: number) => void;
  onTakeOver: (row: UploadRow) => void;
}) {
  const { row, run } = props;
  const [isExpanded, setExpanded] = useState(false);
  const { stored, result } = row;
  const differs = row.outcome === "CONFIGURED" || (row.outcome === "CREATED" && result !== null);
  const word = words[row.outcome];
  return (
    <Tbody isExpanded={isExpanded}>
      <Tr>
        {differs ? (
          <Td
            expand={{
              rowIndex: row.line,
              isExpanded,
              onToggle: () => setExpanded(!isExpanded),
              expandId: row.id,
            }}
          />
        ) : (
          <Td />
        )}
        <Td dataLabel="Object" modifier="breakWord">
          <ObjectName row={row} exists={!run.dryRun && row.outcome !== "REFUSED"} />
        </Td>
        <Td dataLabel="Outcome" modifier="breakWord">
          <Label isCompact color={word.color}>
            {run.dryRun ? word.dry : word.now}
          </Label>{" "}
          {row.message}
          {row.conflicts.length > 0 ? (
            <>
              {" "}
              <Button variant="link" isInline onClick={() => props.onTakeOver(row)}>
                {run.dryRun ? "Check with taking over" : "Take over"}
              </Button>
            </>
          ) : null}
        </Td>
        <Td dataLabel="Line">
          <Button variant="link" isInline onClick={() => props.onLine(row.line)}>
            {row.line}
          </Button>
        </Td>
      </Tr>
      {isExpanded ? (
        <Tr isExpanded>
          <Td colSpan={4}>
            <ExpandableRowContent>
              <DiffView
                label={`Changes to ${row.name}`}
                language="yaml"
                before={stored ?? ""}
                after={result ?? ""}
                height="18rem"
              />
            </ExpandableRowContent>
          </Td>
        </Tr>
      ) : null}
    </Tbody>
  );
}

function ObjectName({ row, exists }: { row: UploadRow; exists: boolean }) {
  if (row.kind === "") return <em>cannot be read</em>;
  const [group, version] = row.apiVersion.includes("/") ? row.apiVersion.split("/") : ["", row.apiVersion];
  const text = `${row.kind} ${row.namespace ? `${row.namespace}/` : ""}${row.name}`;
  if (!exists || !row.plural) return text;
  const type = { group: group ?? "", version: version ?? "", plural: row.plural };
  return <Link to={objectPath(type, row.namespace, row.name)}>{text}</Link>;
}
