import {
  ActionGroup,
  Alert,
  Button,
  CodeBlock,
  CodeBlockCode,
  Form,
  FormSection,
} from "@patternfly/react-core";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { stringify } from "yaml";
import { applyYaml, createObject } from "#api/objects.ts";
import { ConflictError } from "#api/errors.ts";
import { needOn } from "#resources/access.ts";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { apiRuleType } from "#resources/well-known-types.ts";
import { ErrorAlert } from "#ui/error-state.tsx";
import type { ApiRule } from "./api-rule.ts";
import { apiRuleOf, type ApiRuleForm } from "./api-rule-form-model.ts";
import { previewApiRule } from "./api-rules-api.ts";
import { CorsFields } from "./cors-fields.tsx";
import { HostFields } from "./host-fields.tsx";
import { RouteTable } from "./route-table.tsx";
import { RuleList } from "./rule-list.tsx";
import { ServiceFields } from "./service-fields.tsx";

class OwnedByOthersError extends Error {}

/** Writes the rule; a field that another manager owns stops it unless the person takes it over. */
async function save(rule: ApiRule, base: ApiRule | undefined, force: boolean): Promise<void> {
  if (!base) {
    await createObject(rule);
    return;
  }
  const { name, namespace } = rule.metadata;
  const { conflicts } = await applyYaml({ type: apiRuleType, namespace, name }, stringify(rule), { force });
  if (conflicts.length > 0) throw new OwnedByOthersError(conflicts.map(({ message }) => message).join("\n"));
}

/** The form, then a preview of what it will do, then apply. Nothing typed is lost on the way back. */
export function ApiRuleEditor(props: {
  namespace: string;
  initial: ApiRuleForm;
  base?: ApiRule;
  /** Set when somebody changed the rule since editing began. */
  newest?: ApiRule | undefined;
}) {
  const [form, setForm] = useState(props.initial);
  const navigate = useNavigate();
  const base = props.newest ?? props.base;
  const rule = apiRuleOf(form, props.namespace, base);
  const page = `/namespaces/${props.namespace}/api-rules/${rule.metadata.name}`;
  const preview = useMutation({ mutationFn: () => previewApiRule(rule) });
  const apply = useMutation({
    mutationFn: (force: boolean) => save(rule, base, force),
    onSuccess: () => navigate({ to: page }),
  });
  const change = (next: ApiRuleForm) => {
    preview.reset();
    apply.reset();
    setForm(next);
  };
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        preview.mutate();
      }}
    >
      {props.newest ? (
        <Alert isInline variant="warning" title="Somebody changed this rule meanwhile">
          What you see here replaces the fields of this form; everything else is kept as it is now.
        </Alert>
      ) : null}
      <FormSection title="Where" titleElement="h2">
        <HostFields form={form} onForm={change} namespace={props.namespace} isNew={!props.base} />
        <ServiceFields form={form} onForm={change} namespace={props.namespace} />
      </FormSection>
      <FormSection title="Who may call what" titleElement="h2">
        <RuleList form={form} onForm={change} namespace={props.namespace} />
      </FormSection>
      <FormSection title="Browsers on other sites" titleElement="h2">
        <CorsFields cors={form.cors} onCors={(cors) => change({ ...form, cors })} />
      </FormSection>
      <div aria-live="polite">
        {preview.error ? <ErrorAlert title="It cannot be previewed" error={preview.error} /> : null}
        {preview.data ? <Preview {...preview.data} /> : null}
        {apply.error ? <ApplyError error={apply.error} onForce={() => apply.mutate(true)} /> : null}
      </div>
      <ActionGroup>
        <Button type="submit" variant={preview.data ? "secondary" : "primary"} isLoading={preview.isPending}>
          Preview
        </Button>
        {preview.data ? (
          <GuardedButton
            variant="primary"
            needs={[needOn(apiRuleType, props.base ? "patch" : "create", props.namespace)]}
            isLoading={apply.isPending}
            isDisabled={apply.isPending || preview.data.problems.length > 0}
            onClick={() => apply.mutate(false)}
          >
            Apply
          </GuardedButton>
        ) : null}
        <Link
          to={props.base ? page : `/namespaces/${props.namespace}/api-rules`}
          className="pf-v6-c-button pf-m-link"
        >
          Cancel
        </Link>
      </ActionGroup>
    </Form>
  );
}

function Preview(props: Awaited<ReturnType<typeof previewApiRule>>) {
  return (
    <FormSection title="Preview" titleElement="h2">
      {props.problems.map((problem) => (
        <Alert key={problem} isInline variant="danger" title="It cannot be applied">
          {problem}
        </Alert>
      ))}
      <RouteTable routes={props.routes} />
      <CodeBlock>
        <CodeBlockCode>{props.yaml}</CodeBlockCode>
      </CodeBlock>
    </FormSection>
  );
}

function ApplyError({ error, onForce }: { error: Error; onForce: () => void }) {
  if (error instanceof OwnedByOthersError) {
    return (
      <Alert
        isInline
        variant="warning"
        title="Others own some of these fields"
        actionLinks={
          <Button variant="link" isInline onClick={onForce}>
            Take them over and apply
          </Button>
        }
      >
        <span className="kyma-lines">{error.message}</span>
      </Alert>
    );
  }
  const title =
    error instanceof ConflictError ? "Somebody changed it just now; look at it again" : "It was not applied";
  return <ErrorAlert title={title} error={error} />;
}
