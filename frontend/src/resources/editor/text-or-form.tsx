import "./editor.css";
import { ToggleGroup, ToggleGroupItem } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { useMemo, useState } from "react";
import { kindSchemaQuery } from "#api/editing.ts";
import type { ResourceType } from "#api/generated/graphql.ts";
import { CodeEditor } from "#ui/code-editor.tsx";

/** A form over the YAML of one object: it shows what the text says, and changes the text. */
export interface TextFormProps {
  text: string;
  onText: (text: string) => void;
}

/** The YAML of one object, to be edited as text or, where there is one, in a form. Both edit the same text, so one can change over at any time. */
export function TextOrForm(props: {
  type: ResourceType;
  /** Accessible name of the text. */
  label: string;
  text: string;
  onText: (text: string) => void;
  onSave: () => void;
  faults: readonly { line: number; message: string }[];
  Form: ComponentType<TextFormProps> | undefined;
}) {
  const { Form } = props;
  const [asText, setAsText] = useState(false);
  if (!Form) return <YamlText {...props} />;
  return (
    <>
      <ToggleGroup aria-label="How to edit" className="kyma-text-or-form">
        <ToggleGroupItem
          text="Form"
          buttonId="edit-as-form"
          isSelected={!asText}
          onChange={() => setAsText(false)}
        />
        <ToggleGroupItem
          text="YAML"
          buttonId="edit-as-yaml"
          isSelected={asText}
          onChange={() => setAsText(true)}
        />
      </ToggleGroup>
      {asText ? <YamlText {...props} /> : <Form text={props.text} onText={props.onText} />}
    </>
  );
}

function YamlText(props: Omit<Parameters<typeof TextOrForm>[0], "Form">) {
  const schema = useQuery(kindSchemaQuery(props.type));
  const schemas = useMemo(
    () => (schema.isPending ? undefined : [schema.data ?? null]),
    [schema.isPending, schema.data],
  );
  return (
    <CodeEditor
      label={props.label}
      language="yaml"
      fileName="object.yaml"
      value={props.text}
      onChange={props.onText}
      onSave={props.onSave}
      schemas={schemas}
      faults={props.faults}
      height="var(--kyma-editor-size)"
    />
  );
}
