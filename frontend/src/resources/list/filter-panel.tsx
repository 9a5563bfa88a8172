import {
  Button,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  TextInput,
} from "@patternfly/react-core";
import { useState } from "react";
import type { FilterField } from "./filter-errors.ts";
import type { List } from "./use-list.ts";

interface FilterAbout {
  label: string;
  about: string;
  examples: readonly string[];
}

const filters: Record<FilterField, FilterAbout> = {
  labels: {
    label: "Label selector",
    about: "As for kubectl get -l.",
    examples: ["app=web", "tier in (front,back)", "!canary"],
  },
  fields: {
    label: "Field selector",
    about: "As for kubectl get --field-selector. Each kind allows just a few fields.",
    examples: ["metadata.name=web", "metadata.namespace!=kube-system"],
  },
  where: {
    label: "Where (CEL)",
    about: "An expression over the whole object that must be true.",
    examples: [
      "object.metadata.name.startsWith('web')",
      "object.spec.replicas > 1",
      "has(object.metadata.ownerReferences)",
    ],
  },
};

/** Filters on the whole object, each with examples; what the server says about one stands below it. */
export function FilterPanel({
  list,
  error,
}: {
  list: List;
  error: { field: FilterField; message: string } | undefined;
}) {
  return (
    <div id="list-filters" className="kyma-filter-panel" role="group" aria-label="Filters">
      {(Object.keys(filters) as FilterField[]).map((field) => (
        <FilterInput
          // A filter that was changed elsewhere (a chip, a saved view) replaces what is typed.
          key={`${field} ${list.search[field] ?? ""}`}
          field={field}
          list={list}
          error={error?.field === field ? error.message : undefined}
        />
      ))}
    </div>
  );
}

function FilterInput(props: { field: FilterField; list: List; error: string | undefined }) {
  const { field, list, error } = props;
  const { label, about, examples } = filters[field];
  const current = list.search[field] ?? "";
  const [text, setText] = useState(current);
  const apply = (next: string) => {
    setText(next);
    if (next.trim() !== current) list.change({ [field]: next.trim() });
  };
  const id = `list-filter-${field}`;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply(text);
      }}
    >
      <FormGroup label={label} fieldId={id}>
        <TextInput
          id={id}
          value={text}
          validated={error === undefined ? "default" : "error"}
          aria-describedby={`${id}-help`}
          spellCheck={false}
          autoCapitalize="off"
          onChange={(_event, next) => setText(next)}
          onBlur={() => apply(text)}
        />
        <FormHelperText>
          <HelperText id={`${id}-help`} isLiveRegion={error !== undefined}>
            {error === undefined ? null : <HelperTextItem variant="error">{error}</HelperTextItem>}
            <HelperTextItem>
              {about} Enter applies it. For example{" "}
              {examples.map((example, index) => (
                <span key={example}>
                  {index > 0 ? ", " : ""}
                  <Button variant="link" isInline className="kyma-example" onClick={() => apply(example)}>
                    {example}
                  </Button>
                </span>
              ))}
            </HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
    </form>
  );
}
