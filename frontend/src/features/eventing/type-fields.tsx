import { Button, Flex, FlexItem, FormGroup } from "@patternfly/react-core";
import { MinusCircleIcon, PlusCircleIcon } from "@patternfly/react-icons";
import { SuggestedInput } from "#ui/suggested-input.tsx";
import type { FieldProblem } from "./eventing-api.ts";
import { problemsAt, ProblemText } from "./problem-text.tsx";
import { useSuggestions } from "./use-suggestions.ts";

interface Props {
  types: readonly string[];
  /** Suggested are types that it has; empty: those of all sources. */
  source: string;
  problems: readonly FieldProblem[];
  onTypes: (types: string[]) => void;
  onBlur: (field: string) => void;
}

/** The types of the events, one field each. */
export function TypeFields(props: Props) {
  const { types, problems } = props;
  const shown = types.length > 0 ? types : [""];
  return (
    <FormGroup label="Types of events" role="group" isRequired fieldId="subscription-types">
      <Flex direction={{ default: "column" }} gap={{ default: "gapSm" }}>
        {shown.map((_type, index) => (
          // Types have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <TypeField key={index} {...props} types={shown} index={index} />
        ))}
        <FlexItem>
          <Button
            variant="link"
            isInline
            icon={<PlusCircleIcon />}
            onClick={() => props.onTypes([...shown, ""])}
          >
            Add a type
          </Button>
        </FlexItem>
      </Flex>
      <ProblemText id="subscription-types-help" problems={problemsAt(problems, "spec.types")}>
        As publishers write them, for example order.created.v1.
      </ProblemText>
    </FormGroup>
  );
}

function TypeField({ types, source, problems, index, onTypes, onBlur }: Props & { index: number }) {
  const type = types[index] ?? "";
  const field = `spec.types[${index}]`;
  const own = problemsAt(problems, field);
  const suggested = useSuggestions({ source, type })?.types ?? [];
  const fitting = suggested.filter(
    (one) => (source === "" || one.source === source) && !types.includes(one.type),
  );
  return (
    <div>
      <Flex flexWrap={{ default: "nowrap" }} gap={{ default: "gapSm" }}>
        <FlexItem grow={{ default: "grow" }}>
          <SuggestedInput
            id={`subscription-type-${index}`}
            label={`Type ${index + 1}`}
            what="Known types"
            value={type}
            suggestions={fitting.map((one) => one.type)}
            isInvalid={own.length > 0}
            describedBy={`subscription-type-${index}-help`}
            onChange={(next) => onTypes(types.map((each, at) => (at === index ? next : each)))}
            onBlur={() => onBlur(field)}
          />
        </FlexItem>
        <Button
          variant="plain"
          aria-label={`Remove type ${index + 1}`}
          icon={<MinusCircleIcon />}
          isDisabled={types.length === 1}
          onClick={() => onTypes(types.filter((_type, at) => at !== index))}
        />
      </Flex>
      <ProblemText id={`subscription-type-${index}-help`} problems={own} />
    </div>
  );
}
