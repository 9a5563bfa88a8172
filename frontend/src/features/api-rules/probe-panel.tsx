import {
  Button,
  Card,
  CardBody,
  CardTitle,
  CodeBlock,
  CodeBlockCode,
  Form,
  FormGroup,
  FormSelect,
  FormSelectOption,
  Grid,
  GridItem,
  TextInput,
} from "@patternfly/react-core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ErrorAlert } from "#ui/error-state.tsx";
import type { Health } from "#ui/status-label.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import type { ApiRule, Rule } from "./api-rule.ts";
import { gatewaysQuery, probe, trafficQuery, type ProbeAnswer } from "./api-rules-api.ts";
import { methods } from "./api-rule.ts";

/** A path that the rule's pattern matches. */
function examplePath(pattern: string): string {
  return pattern.replaceAll(/\{\*\*?\}/g, "example").replace(/^\/\*$/, "/");
}

interface Target {
  method: string;
  path: string;
}

interface Tried {
  withToken: boolean;
  answer: ProbeAnswer;
}

function targetOf(rule: Rule | undefined): Target {
  const method = rule?.methods.includes("GET") ? "GET" : rule?.methods[0];
  return { method: method ?? "GET", path: examplePath(rule?.path ?? "/") };
}

/** The answers of real requests at the gateway, without and with a token. Tried by itself as soon as the rule is in force. */
export function ProbePanel({ rule }: { rule: ApiRule }) {
  const [target, setTarget] = useState(() => targetOf(rule.spec.rules[0]));
  const issuer = useQuery(gatewaysQuery).data?.testIssuer;
  const client = useQueryClient();
  const { name, namespace, resourceVersion } = rule.metadata;
  const asksForToken = rule.spec.rules.some(({ jwt }) => jwt !== undefined);
  const canMint = issuer !== undefined && issuer !== null;
  const grants = rule.spec.rules.flatMap(({ jwt }) => jwt?.authorizations ?? []);
  const run = useMutation({
    mutationFn: async (): Promise<Tried[]> => {
      const scopes = [...new Set(grants.flatMap(({ requiredScopes }) => requiredScopes ?? []))];
      const audiences = [...new Set(grants.flatMap((grant) => grant.audiences ?? []))];
      const tries = asksForToken && canMint ? [false, true] : [false];
      const request = { namespace, name, ...target, scopes, audiences };
      return Promise.all(
        tries.map(async (withToken) => ({ withToken, answer: await probe({ ...request, withToken }) })),
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: trafficQuery(namespace, name).queryKey }),
  });
  const ready = rule.status?.state === "Ready";
  const probed = useRef<string | undefined>(undefined);
  const { mutate } = run;
  useEffect(() => {
    if (!ready || issuer === undefined || probed.current === resourceVersion) return;
    probed.current = resourceVersion;
    mutate();
  }, [ready, issuer, resourceVersion, mutate]);
  return (
    <Card>
      <CardTitle component="h2">Try it</CardTitle>
      <CardBody>
        <ProbeForm target={target} onTarget={setTarget} busy={run.isPending} onRun={() => run.mutate()} />
        <div aria-live="polite">
          {run.error ? <ErrorAlert title="The probe failed" error={run.error} /> : null}
          {run.data?.map(({ withToken, answer }) => (
            <Answer key={String(withToken)} answer={answer} withToken={withToken} />
          ))}
        </div>
        {asksForToken && !canMint ? (
          <p>With a token it can be tried by hand: this cluster has no test issuer.</p>
        ) : null}
      </CardBody>
    </Card>
  );
}

function ProbeForm(props: {
  target: Target;
  onTarget: (target: Target) => void;
  busy: boolean;
  onRun: () => void;
}) {
  const { target, onTarget } = props;
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        props.onRun();
      }}
    >
      <Grid hasGutter md={6}>
        <GridItem md={2}>
          <FormGroup label="Method" fieldId="probe-method">
            <FormSelect
              id="probe-method"
              value={target.method}
              onChange={(_event, method) => onTarget({ ...target, method })}
            >
              {methods.map((method) => (
                <FormSelectOption key={method} value={method} label={method} />
              ))}
            </FormSelect>
          </FormGroup>
        </GridItem>
        <GridItem md={8}>
          <FormGroup label="Path" fieldId="probe-path">
            <TextInput
              id="probe-path"
              value={target.path}
              onChange={(_event, path) => onTarget({ ...target, path })}
            />
          </FormGroup>
        </GridItem>
        <GridItem md={2}>
          <FormGroup label="Request" role="group">
            <Button type="submit" variant="secondary" isLoading={props.busy} isDisabled={props.busy}>
              Send
            </Button>
          </FormGroup>
        </GridItem>
      </Grid>
    </Form>
  );
}

function healthOf(status: number): Health {
  if (status >= 500 || status === 0) return "error";
  return status >= 400 ? "warning" : "ok";
}

function Answer({ answer, withToken }: { answer: ProbeAnswer; withToken: boolean }) {
  const who = withToken ? "With a token" : "Without a token";
  return (
    <section aria-label={who} className="kyma-probe">
      <strong>{who}</strong>{" "}
      <StatusLabel health={healthOf(answer.status)}>
        {answer.status === 0 ? "no answer" : answer.status}
      </StatusLabel>{" "}
      <span className="kyma-subtle">{Math.round(answer.durationMs)} ms</span> <code>{answer.url}</code>
      {answer.error ? <p>{answer.error}</p> : null}
      {answer.body ? (
        <CodeBlock>
          <CodeBlockCode>{answer.body}</CodeBlockCode>
        </CodeBlock>
      ) : null}
    </section>
  );
}
