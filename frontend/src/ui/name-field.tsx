import { FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from "@patternfly/react-core";

const dnsLabel = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

/** What is wrong with a Kubernetes name (a DNS label), or undefined. */
export function nameProblem(name: string): string | undefined {
  if (name === "") return "A name is needed.";
  if (name.length > 63) return `The name has ${name.length} characters; 63 are allowed.`;
  if (!dnsLabel.test(name)) {
    return "Use lower-case letters, digits and dashes; begin and end with a letter or digit.";
  }
  return undefined;
}

/** A field for the name of a new object; says what is wrong once something was typed. */
export function NameField(props: {
  id: string;
  value: string;
  onChange: (value: string) => void;
  label?: string;
}) {
  const problem = props.value === "" ? undefined : nameProblem(props.value);
  return (
    <FormGroup label={props.label ?? "Name"} fieldId={props.id} isRequired>
      <TextInput
        id={props.id}
        value={props.value}
        isRequired
        autoComplete="off"
        validated={problem ? "error" : "default"}
        aria-describedby={`${props.id}-help`}
        onChange={(_event, value) => props.onChange(value)}
      />
      <FormHelperText>
        <HelperText id={`${props.id}-help`} isLiveRegion>
          <HelperTextItem variant={problem ? "error" : "default"}>
            {problem ?? "Lower-case letters, digits and dashes."}
          </HelperTextItem>
        </HelperText>
      </FormHelperText>
    </FormGroup>
  );
}
