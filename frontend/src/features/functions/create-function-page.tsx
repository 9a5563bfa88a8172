import {
  ActionGroup,
  Button,
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  Form,
  FormGroup,
  FormSelect,
  FormSelectOption,
  Gallery,
  PageSection,
} from "@patternfly/react-core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { createObject } from "#api/objects.ts";
import { needOn } from "#resources/access.ts";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { NamespaceField } from "#resources/namespace-field.tsx";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { functionType } from "#resources/well-known-types.ts";
import { ErrorAlert } from "#ui/error-state.tsx";
import { NameField, nameProblem } from "#ui/name-field.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { runtimes } from "./kyma-function.ts";
import { rememberTemplateRequest } from "./run-model.ts";
import type { FunctionTemplate } from "./templates.ts";
import { templates } from "./templates.ts";

/** The object that the form makes; pure. */
export function newFunction(fields: {
  name: string;
  namespace: string;
  runtime: string;
  template: FunctionTemplate;
}) {
  const { source, dependencies } = fields.template;
  return {
    apiVersion: "serverless.kyma-project.io/v1alpha2",
    kind: "Function",
    metadata: { name: fields.name, namespace: fields.namespace },
    spec: {
      runtime: fields.runtime,
      source: { inline: dependencies === "" ? { source } : { source, dependencies } },
    },
  };
}

/** Name, place, template, runtime; then the Function's own page takes over. */
export function CreateFunctionPage() {
  const { ns, namespace: scope } = useNamespaceScope();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [namespace, setNamespace] = useState(scope ?? "default");
  const [runtime, setRuntime] = useState<string>(runtimes[0].value);
  const [template, setTemplate] = useState<FunctionTemplate>(templates[0]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const create = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await createObject(newFunction({ name, namespace, runtime, template }));
      rememberTemplateRequest({ namespace, name }, template.request);
      await navigate({ to: "/namespaces/$ns/functions/$name", params: { ns: namespace, name } });
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };
  const ready = nameProblem(name) === undefined && namespace !== "" && !busy;
  return (
    <>
      <PageHeader
        title="Create a Function"
        trail={[{ label: "Functions", path: `/namespaces/${ns}/functions` }]}
      />
      <PageSection>
        <Form
          isWidthLimited
          maxWidth="60rem"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) void create();
          }}
        >
          <NameField id="function-name" value={name} onChange={setName} />
          <NamespaceField id="function-namespace" value={namespace} onChange={setNamespace} />
          <FormGroup label="Template" role="radiogroup" fieldId="function-template">
            <TemplateCards chosen={template} onChoose={setTemplate} />
          </FormGroup>
          <FormGroup label="Runtime" fieldId="function-runtime">
            <FormSelect id="function-runtime" value={runtime} onChange={(_event, value) => setRuntime(value)}>
              {runtimes.map(({ value, label }) => (
                <FormSelectOption key={value} value={value} label={label} />
              ))}
            </FormSelect>
          </FormGroup>
          {error === undefined ? null : <ErrorAlert title="The Function was not created" error={error} />}
          <ActionGroup>
            <GuardedButton
              type="submit"
              isDisabled={!ready}
              isLoading={busy}
              needs={[needOn(functionType, "create", namespace)]}
            >
              Create
            </GuardedButton>
            <Button
              variant="link"
              onClick={() => void navigate({ to: "/namespaces/$ns/functions", params: { ns } })}
            >
              Cancel
            </Button>
          </ActionGroup>
        </Form>
      </PageSection>
    </>
  );
}

function TemplateCards(props: { chosen: FunctionTemplate; onChoose: (template: FunctionTemplate) => void }) {
  return (
    <Gallery hasGutter minWidths={{ default: "14rem" }}>
      {templates.map((template) => (
        <Card
          key={template.id}
          id={`template-card-${template.id}`}
          isCompact
          isSelectable
          isSelected={props.chosen.id === template.id}
        >
          <CardHeader
            selectableActions={{
              selectableActionId: `template-${template.id}`,
              selectableActionAriaLabelledby: `template-card-${template.id}`,
              name: "template",
              variant: "single",
              isHidden: true,
              onChange: () => props.onChoose(template),
            }}
          >
            <CardTitle>{template.title}</CardTitle>
          </CardHeader>
          <CardBody>{template.text}</CardBody>
        </Card>
      ))}
    </Gallery>
  );
}
