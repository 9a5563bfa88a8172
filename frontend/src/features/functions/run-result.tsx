import {
  Alert,
  CodeBlock,
  CodeBlockCode,
  ExpandableSection,
  Label,
  SimpleList,
  SimpleListItem,
} from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Age } from "#ui/age.tsx";
import type { PastRun } from "./run-model.ts";
import { durationMsText, prettyBody } from "./run-model.ts";

function statusColor(status: number): "green" | "blue" | "orange" | "red" {
  if (status === 0 || status >= 500) return "red";
  if (status >= 400) return "orange";
  return status >= 300 ? "blue" : "green";
}

/** An answer of the Function: status, time it took, headers, body. */
export function RunResult({ run }: { run: PastRun }) {
  const { answer, form } = run;
  const { text } = prettyBody(answer.body);
  return (
    <section aria-label="Answer" aria-live="polite">
      <div className="kyma-answer-head">
        <Label color={statusColor(answer.status)}>
          {answer.status === 0 ? "No answer" : `${answer.status} ${answer.statusText}`}
        </Label>{" "}
        in {durationMsText(answer.durationMs)}, {form.method} <code className="kyma-break">{form.path}</code>,{" "}
        <Age since={run.at} /> ago
      </div>
      {answer.error ? <Alert isInline variant="danger" title={answer.error} /> : null}
      {answer.note ? <Alert isInline isPlain variant="info" title={answer.note} /> : null}
      {answer.status === 0 ? null : (
        <CodeBlock>
          <CodeBlockCode id="run-answer">{text === "" ? "(empty body)" : text}</CodeBlockCode>
        </CodeBlock>
      )}
      {answer.base64 ? <p>The body is binary and shown as base64.</p> : null}
      {answer.truncated ? <p>The body is longer than 1 MiB; the rest is not shown.</p> : null}
      {answer.headers.length > 0 ? (
        <ExpandableSection toggleText={`Headers (${answer.headers.length})`}>
          <Table aria-label="Headers of the answer" variant="compact" borders={false} gridBreakPoint="">
            <Thead>
              <Tr>
                <Th>Name</Th>
                <Th>Value</Th>
              </Tr>
            </Thead>
            <Tbody>
              {answer.headers.map(({ name, value }) => (
                <Tr key={`${name} ${value}`}>
                  <Td>{name}</Td>
                  <Td modifier="breakWord">{value}</Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        </ExpandableSection>
      ) : null}
    </section>
  );
}

/** Runs of this session; choosing one brings back its request and answer. */
export function PastRuns({ runs, onShow }: { runs: readonly PastRun[]; onShow: (run: PastRun) => void }) {
  if (runs.length < 2) return null;
  return (
    <ExpandableSection toggleText={`Last runs (${runs.length})`}>
      <SimpleList aria-label="Last runs" isControlled={false}>
        {runs.map((run) => (
          <SimpleListItem key={run.at} onClick={() => onShow(run)}>
            {run.answer.status === 0 ? "no answer" : run.answer.status}, {run.form.method} {run.form.path},{" "}
            {durationMsText(run.answer.durationMs)}, <Age since={run.at} /> ago
          </SimpleListItem>
        ))}
      </SimpleList>
    </ExpandableSection>
  );
}
