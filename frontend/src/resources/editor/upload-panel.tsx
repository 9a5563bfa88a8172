import { Alert, Button, Checkbox, Content, Flex, FlexItem, Stack, StackItem } from "@patternfly/react-core";
import { useMemo, useState } from "react";
import type { ApiResource } from "#api/objects.ts";
import { CodeEditor } from "#ui/code-editor.tsx";
import { LeaveGuard } from "../leave-guard.tsx";
import { holdsSecret } from "./documents.ts";
import { DropZone, Sources } from "./upload-sources.tsx";
import { UploadResults } from "./upload-results.tsx";
import { useUpload, type UploadRow, type UploadRun } from "./use-upload.ts";
import { joined, readFiles, useTemplateText, useUploadText } from "./use-upload-text.ts";

const lostSecret = "The text was not applied. As it may hold a Secret, it is lost when you leave.";
const keptDraft = "The text was not applied. It is kept as a draft in this browser.";

const refusedRows = (run: UploadRun | undefined): UploadRow[] =>
  run?.rows.filter(({ outcome }) => outcome === "REFUSED") ?? [];

/** The text, what the cluster says about it, and the buttons that write it. */
export function UploadPanel(props: {
  initial: string;
  namespace: string;
  who: { user: string; cluster: string };
}) {
  const { initial } = props;
  const panel = usePanel(props);
  const { text, upload, change, start, again, documents, fault, stopAtFailure } = panel;
  const { run } = upload;
  const [reveal, setReveal] = useState<{ line: number }>();
  return (
    <Stack hasGutter>
      <StackItem>
        <Sources onTemplate={panel.addTemplate} onFiles={panel.addFiles} />
      </StackItem>
      <StackItem>
        <DropZone onFiles={panel.addFiles}>
          <CodeEditor
            label="YAML of what to create"
            language="yaml"
            fileName="upload.yaml"
            value={text}
            onChange={change}
            onSave={() => start(true)}
            schemas={panel.schemas}
            faults={panel.faults}
            reveal={reveal}
            height={run ? "22rem" : "var(--kyma-editor-size)"}
          />
        </DropZone>
      </StackItem>
      <Notes fault={fault} secret={holdsSecret(text)} />
      <StackItem>
        <Buttons
          count={documents.length}
          disabled={fault !== undefined}
          run={run}
          stopAtFailure={stopAtFailure}
          onStopAtFailure={panel.setStopAtFailure}
          onCheck={() => start(true)}
          onApply={panel.applyChecked}
          onRetry={() => again(refusedRows(run))}
          onStop={upload.stop}
        />
      </StackItem>
      {run ? (
        <StackItem>
          <UploadResults
            run={run}
            onLine={(line) => setReveal({ line })}
            onTakeOver={(row) => again([row], true)}
          />
        </StackItem>
      ) : null}
      <LeaveGuard
        dirty={text.trim() !== "" && text !== panel.applied && text !== initial}
        keeps={holdsSecret(text) ? lostSecret : keptDraft}
      />
    </Stack>
  );
}

function Buttons(props: {
  count: number;
  disabled: boolean;
  run: UploadRun | undefined;
  stopAtFailure: boolean;
  onStopAtFailure: (stop: boolean) => void;
  onCheck: () => void;
  onApply: () => void;
  onRetry: () => void;
  onStop: () => void;
}) {
  const { run, count } = props;
  const refused = run?.rows.filter(({ outcome }) => outcome === "REFUSED").length ?? 0;
  const checked = run !== undefined && run.dryRun && !run.running && !run.stopped;
  const applied = run !== undefined && !run.dryRun && !run.running;
  const writable = (run?.rows.length ?? 0) - refused;
  if (run?.running) {
    return (
      <Button variant="secondary" onClick={props.onStop}>
        Stop
      </Button>
    );
  }
  return (
    <Flex alignItems={{ default: "alignItemsCenter" }}>
      <FlexItem>
        {checked && writable > 0 ? (
          <Button onClick={props.onApply}>
            {refused > 0 ? `Apply the other ${writable}` : `Apply ${writable}`}
          </Button>
        ) : (
          <Button isDisabled={count === 0 || props.disabled || applied} onClick={props.onCheck}>
            {count > 1 ? `Check ${count} documents` : "Check"}
          </Button>
        )}
      </FlexItem>
      {refused > 0 ? (
        <FlexItem>
          <Button variant="secondary" onClick={props.onRetry}>
            {run?.dryRun ? "Check the refused again" : `Try the ${refused} refused again`}
          </Button>
        </FlexItem>
      ) : null}
      {count > 1 ? (
        <FlexItem>
          <Checkbox
            id="stop-at-failure"
            label="Stop at the first that is refused"
            isChecked={props.stopAtFailure}
            onChange={(_event, checkedNow) => props.onStopAtFailure(checkedNow)}
          />
        </FlexItem>
      ) : null}
    </Flex>
  );
}

/** The state of the page and what its buttons do. */
function usePanel(props: { initial: string; namespace: string; who: { user: string; cluster: string } }) {
  const { namespace, initial } = props;
  const { text, setText, documents, fault, schemas } = useUploadText(props.who, initial);
  const template = useTemplateText();
  const upload = useUpload();
  const [stopAtFailure, setStopAtFailure] = useState(true);
  const [applied, setApplied] = useState(initial);
  const { run } = upload;
  const change = (next: string) => {
    setText(next);
    if (run && !run.running) upload.reset();
  };
  const addFiles = (files: readonly File[]) => {
    const add = async () => change(joined(text, await readFiles(files)));
    void add();
  };
  const addTemplate = (kind: ApiResource) => {
    const add = async () => change(joined(text, await template(kind, namespace)));
    void add();
  };
  const faults = useMemo(() => refusedRows(run).map(({ line, message }) => ({ line, message })), [run]);
  const start = (dryRun: boolean, of = documents, force = false, kept: readonly UploadRow[] = []) => {
    if (!dryRun) setApplied(text);
    void upload.start(of, { dryRun, namespace, stopAtFailure, force }, kept);
  };
  const again = (rows: readonly UploadRow[], force = false) =>
    start(run?.dryRun ?? true, [...new Set(rows.map(({ document }) => document))], force, run?.rows);
  // What the check refused stays in the list with its reason and is not sent.
  const applyChecked = () => {
    const refused = refusedRows(run);
    const bad = new Set(refused.map(({ document }) => document));
    start(
      false,
      documents.filter((document) => !bad.has(document)),
      false,
      refused,
    );
  };
  return {
    text,
    documents,
    fault,
    schemas,
    faults,
    applied,
    upload,
    change,
    addFiles,
    addTemplate,
    start,
    again,
    applyChecked,
    stopAtFailure,
    setStopAtFailure,
  };
}

function Notes({ fault, secret }: { fault: string | undefined; secret: boolean }) {
  return (
    <>
      {fault ? (
        <StackItem>
          <Alert isInline variant="danger" title={fault} />
        </StackItem>
      ) : null}
      {secret ? (
        <StackItem>
          <Content component="small">
            This text may hold a Secret, so no draft of it is kept in the browser.
          </Content>
        </StackItem>
      ) : null}
    </>
  );
}
