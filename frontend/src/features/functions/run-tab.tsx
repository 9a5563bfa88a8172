import {
  ActionGroup,
  Alert,
  Button,
  Flex,
  FlexItem,
  Form,
  FormGroup,
  FormSelect,
  FormSelectOption,
  Grid,
  GridItem,
  TextArea,
  TextInput,
} from "@patternfly/react-core";
import { useEffect, useRef, useState } from "react";
import type { FunctionRef } from "#api/generated/graphql.ts";
import type { AccessNeed } from "#resources/access.ts";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { durationText } from "#ui/age-text.ts";
import { ErrorAlert } from "#ui/error-state.tsx";
import { runFunction } from "./functions-api.ts";
import { PastRuns, RunResult } from "./run-result.tsx";
import type { PastRun, RunForm } from "./run-model.ts";
import {
  firstForm,
  hasBody,
  methods,
  recallRuns,
  rememberRun,
  runProblem,
  toRunRequest,
} from "./run-model.ts";

function useRun(target: FunctionRef) {
  const [runs, setRuns] = useState(() => recallRuns(target));
  const [shown, setShown] = useState<PastRun | undefined>(runs[0]);
  const [startedAt, setStartedAt] = useState<number>();
  const [error, setError] = useState<unknown>();
  const aborter = useRef<AbortController>(undefined);
  const run = async (form: RunForm) => {
    const controller = new AbortController();
    aborter.current = controller;
    setStartedAt(Date.now());
    setError(undefined);
    try {
      const answer = await runFunction(target, toRunRequest(form), controller.signal);
      const past: PastRun = { at: new Date().toISOString(), form, answer };
      setRuns((before) => rememberRun(target, before, past));
      setShown(past);
    } catch (cause) {
      if (!controller.signal.aborted) setError(cause);
    } finally {
      setStartedAt(undefined);
    }
  };
  return { runs, shown, show: setShown, startedAt, error, run, stop: () => aborter.current?.abort() };
}

/** Calls the Function through the API server, as the signed-in user: it need not be exposed. */
export function RunTab({ target }: { target: FunctionRef }) {
  const [form, setForm] = useState(() => firstForm(target));
  const { runs, shown, show, startedAt, error, run, stop } = useRun(target);
  const problem = runProblem(form);
  const ready = problem === undefined && startedAt === undefined;
  return (
    <Grid hasGutter>
      <GridItem lg={6}>
        <Form
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) void run(form);
          }}
        >
          <RequestFields form={form} onChange={setForm} />
          {problem ? <Alert isInline isPlain variant="warning" title={problem} /> : null}
          <ActionGroup>
            <GuardedButton
              type="submit"
              isDisabled={!ready}
              isLoading={startedAt !== undefined}
              needs={[runNeed(target, form.method)]}
            >
              Run
            </GuardedButton>
            {startedAt === undefined ? null : (
              <>
                <Button variant="link" onClick={stop}>
                  Stop waiting
                </Button>
                <Waiting since={startedAt} />
              </>
            )}
          </ActionGroup>
        </Form>
      </GridItem>
      <GridItem lg={6}>
        {error === undefined ? null : <ErrorAlert title="The Function was not called" error={error} />}
        {shown ? <RunResult run={shown} /> : <p>The answer appears here.</p>}
        <PastRuns
          runs={runs}
          onShow={(past) => {
            show(past);
            setForm(past.form);
          }}
        />
      </GridItem>
    </Grid>
  );
}

/** The call goes through the API server's proxy, where the right's verb follows from the method. */
function runNeed({ namespace, name }: FunctionRef, method: string): AccessNeed {
  const verbs: Record<string, string> = { POST: "create", PUT: "update", PATCH: "patch", DELETE: "delete" };
  const service = { group: "", resource: "services", subresource: "proxy", namespace, name: `${name}:80` };
  return { verb: verbs[method] ?? "get", ...service };
}

function RequestFields({ form, onChange }: { form: RunForm; onChange: (form: RunForm) => void }) {
  return (
    <>
      <Flex gap={{ default: "gapSm" }} flexWrap={{ default: "nowrap" }}>
        <FlexItem>
          <FormGroup label="Method" fieldId="run-method">
            <FormSelect
              id="run-method"
              value={form.method}
              onChange={(_event, method) => onChange({ ...form, method })}
            >
              {methods.map((method) => (
                <FormSelectOption key={method} value={method} label={method} />
              ))}
            </FormSelect>
          </FormGroup>
        </FlexItem>
        <FlexItem grow={{ default: "grow" }}>
          <FormGroup label="Path and query" fieldId="run-path">
            <TextInput
              id="run-path"
              value={form.path}
              onChange={(_event, path) => onChange({ ...form, path })}
            />
          </FormGroup>
        </FlexItem>
      </Flex>
      <FormGroup label="Headers, one per line" fieldId="run-headers">
        <TextArea
          id="run-headers"
          className="kyma-mono"
          rows={3}
          resizeOrientation="vertical"
          placeholder="content-type: application/json"
          value={form.headers}
          onChange={(_event, headers) => onChange({ ...form, headers })}
        />
      </FormGroup>
      {hasBody(form.method) ? (
        <FormGroup label="Body" fieldId="run-body">
          <TextArea
            id="run-body"
            className="kyma-mono"
            rows={8}
            resizeOrientation="vertical"
            value={form.body}
            onChange={(_event, body) => onChange({ ...form, body })}
          />
        </FormGroup>
      ) : null}
    </>
  );
}

/** How long the answer has been waited for, once that is worth saying. */
function Waiting({ since }: { since: number }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - since) / 1000)), 500);
    return () => clearInterval(timer);
  }, [since]);
  return seconds < 1 ? null : <span aria-live="polite">Waiting for the answer, {durationText(seconds)}</span>;
}
