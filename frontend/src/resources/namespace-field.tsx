import { FormGroup, FormSelect, FormSelectOption, TextInput } from "@patternfly/react-core";
import { useNamespaceNames } from "./use-namespace-names.ts";

/** Chooses a namespace from those that are there; a plain field for someone who may not list them. */
export function NamespaceField(props: { id: string; value: string; onChange: (namespace: string) => void }) {
  const names = useNamespaceNames();
  const options = names.includes(props.value) || props.value === "" ? names : [props.value, ...names];
  return (
    <FormGroup label="Namespace" fieldId={props.id} isRequired>
      {names.length === 0 ? (
        <TextInput id={props.id} value={props.value} onChange={(_event, value) => props.onChange(value)} />
      ) : (
        <FormSelect id={props.id} value={props.value} onChange={(_event, value) => props.onChange(value)}>
          {options.map((name) => (
            <FormSelectOption key={name} value={name} label={name} />
          ))}
        </FormSelect>
      )}
    </FormGroup>
  );
}
