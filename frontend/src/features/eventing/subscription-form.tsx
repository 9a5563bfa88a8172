import { Alert, Form, FormGroup, Radio } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import type { TextFormProps } from "#resources/editor/text-or-form.tsx";
import { NamespaceField } from "#resources/namespace-field.tsx";
import { NameField } from "#ui/name-field.tsx";
import { SuggestedInput } from "#ui/suggested-input.tsx";
import { DeliveryFields } from "./delivery-fields.tsx";
import { checkSubscriptionQuery, type FieldProblem } from "./eventing-api.ts";
import { problemsAt, ProblemText } from "./problem-text.tsx";
import { SinkField } from "./sink-field.tsx";
import { readFields, withField, type SubscriptionFields } from "./subscription-text.ts";
import { TypeFields } from "./type-fields.tsx";
import { useSuggestions } from "./use-suggestions.ts";

/** The form of a Subscription that is there. */
export function SubscriptionForm(props: TextFormProps) {
  return <FormOf {...props} isNew={false} />;
}

/** The form of one that is to be made. */
export function NewSubscriptionForm(props: TextFormProps) {
  return <FormOf {...props} isNew />;
}

function FormOf({ text, onText, isNew }: TextFormProps & { isNew: boolean }) {
  const reading = readFields(text);
  if ("fault" in reading)
    return (
      <Alert isInline variant="warning" title={reading.fault}>
        Mend it in the YAML; then the form can show it.
      </Alert>
    );
  return (
    <Fields {...reading} isNew={isNew} onField={(path, value) => onText(withField(text, path, value))} />
  );
}

/** Problems of what was filled in or looked at already: an empty form does not begin in red. */
function useShownProblems(object: unknown, fields: SubscriptionFields) {
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  const checked = useDeferredValue(object);
  const problems =
    useQuery({ ...checkSubscriptionQuery(checked), enabled: fields.namespace !== "" }).data ?? [];
  const isEmpty = (field: string) => {
    const type = /^spec\.types\[(\d+)\]$/.exec(field)?.[1];
    if (type !== undefined) return (fields.types[Number(type)] ?? "") === "";
    return (field === "spec.source" && fields.source === "") || (field === "spec.sink" && fields.sink === "");
  };
  const shown = problems.filter(({ field }) => visited.has(field) || !isEmpty(field));
  const visit = (field: string) => setVisited((before) => new Set([...before, field]));
  return { shown, visit };
}

/** Problems that no field of the form shows. */
function othersOf(problems: readonly FieldProblem[]): FieldProblem[] {
  return problems.filter(({ field }) => !/^spec\.(sink|source|types|config)/.test(field));
}

function Fields(props: {
  fields: SubscriptionFields;
  object: unknown;
  isNew: boolean;
  onField: (path: (string | number)[], value: string | string[] | undefined) => void;
}) {
  const { fields, isNew, onField } = props;
  const { shown, visit } = useShownProblems(props.object, fields);
  const suggested = useSuggestions({ source: fields.source, type: "" });
  return (
    <Form isWidthLimited maxWidth="60rem" onSubmit={(event) => event.preventDefault()}>
      {isNew ? (
        <>
          <NameField
            id="subscription-name"
            value={fields.name}
            onChange={(name) => onField(["metadata", "name"], name)}
          />
          <NamespaceField
            id="subscription-namespace"
            value={fields.namespace}
            onChange={(namespace) => onField(["metadata", "namespace"], namespace)}
          />
        </>
      ) : null}
      <SinkField
        namespace={fields.namespace}
        sink={fields.sink}
        problems={problemsAt(shown, "spec.sink")}
        onSink={(sink) => onField(["spec", "sink"], sink)}
      />
      <SourceField
        fields={fields}
        problems={problemsAt(shown, "spec.source")}
        suggestions={suggested?.sources ?? []}
        onSource={(source) => onField(["spec", "source"], source)}
        onBlur={() => visit("spec.source")}
      />
      <TypeFields
        types={fields.types}
        source={fields.source}
        problems={shown}
        onTypes={(types) => onField(["spec", "types"], types)}
        onBlur={visit}
      />
      <MatchingField
        matching={fields.matching}
        onMatching={(matching) => onField(["spec", "typeMatching"], matching)}
      />
      <DeliveryFields
        config={fields.config}
        problems={shown}
        onSetting={(key, value) => onField(["spec", "config", key], value)}
      />
      {othersOf(shown).map(({ field, message }) => (
        <Alert key={message} isInline variant="danger" title={`${field}: ${message}`} />
      ))}
    </Form>
  );
}

function SourceField(props: {
  fields: SubscriptionFields;
  problems: readonly FieldProblem[];
  suggestions: readonly string[];
  onSource: (source: string) => void;
  onBlur: () => void;
}) {
  const isExact = props.fields.matching === "exact";
  return (
    <FormGroup label="Source" isRequired={!isExact} fieldId="subscription-source">
      <SuggestedInput
        id="subscription-source"
        what="Known sources"
        value={props.fields.source}
        suggestions={props.suggestions}
        isInvalid={props.problems.some(({ blocks }) => blocks)}
        isRequired={!isExact}
        describedBy="subscription-source-help"
        onChange={props.onSource}
        onBlur={props.onBlur}
      />
      <ProblemText id="subscription-source-help" problems={props.problems}>
        {isExact
          ? "Exact matching does not look at the source."
          : "Where the events come from, as publishers write it, for example shop."}
      </ProblemText>
    </FormGroup>
  );
}

function MatchingField(props: { matching: "standard" | "exact"; onMatching: (matching: string) => void }) {
  const ways = [
    {
      value: "standard",
      label: "Source and type",
      description:
        "The way of all new events. Characters that mean something to the stream are left out first.",
    },
    {
      value: "exact",
      label: "The type alone, exactly",
      description: "For types of the older naming, such as sap.kyma.custom.shop.order.created.v1.",
    },
  ];
  return (
    <FormGroup label="What is compared" role="radiogroup" fieldId="subscription-matching">
      {ways.map(({ value, label, description }) => (
        <Radio
          key={value}
          id={`matching-${value}`}
          name="subscription-matching"
          label={label}
          description={description}
          isChecked={props.matching === value}
          onChange={() => props.onMatching(value)}
        />
      ))}
    </FormGroup>
  );
}
