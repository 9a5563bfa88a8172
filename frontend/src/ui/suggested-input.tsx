import { Label, LabelGroup, TextInput } from "@patternfly/react-core";

const most = 6;

/** Suggestions that go with what is typed: those that hold it, without the one that stands there already. Pure. */
export function fittingSuggestions(value: string, suggestions: readonly string[]): string[] {
  const typed = value.trim().toLowerCase();
  const others = [...new Set(suggestions)].filter((one) => one !== value);
  // A choice that was made needs no others, unless it begins some of them.
  const fitting = others.filter((one) => one.toLowerCase().includes(typed));
  return fitting.slice(0, most);
}

/** A text field with values to choose from below it: by mouse, finger or keyboard. */
export function SuggestedInput(props: {
  id: string;
  /** Accessible name, when no label belongs to the field. */
  label?: string;
  value: string;
  suggestions: readonly string[];
  /** What the suggestions are, e.g. "Types seen lately". */
  what: string;
  isInvalid?: boolean;
  isRequired?: boolean;
  describedBy?: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
}) {
  const fitting = fittingSuggestions(props.value, props.suggestions);
  return (
    <>
      <TextInput
        id={props.id}
        autoComplete="off"
        value={props.value}
        isRequired={props.isRequired ?? false}
        validated={props.isInvalid ? "error" : "default"}
        onChange={(_event, value) => props.onChange(value)}
        {...(props.label === undefined ? {} : { "aria-label": props.label })}
        {...(props.describedBy === undefined ? {} : { "aria-describedby": props.describedBy })}
        {...(props.onBlur ? { onBlur: props.onBlur } : {})}
      />
      {fitting.length > 0 ? (
        <LabelGroup className="kyma-suggestions" numLabels={most} aria-label={props.what} isCompact>
          {fitting.map((suggestion) => (
            <Label key={suggestion} isCompact variant="outline" onClick={() => props.onChange(suggestion)}>
              {suggestion}
            </Label>
          ))}
        </LabelGroup>
      ) : null}
    </>
  );
}
