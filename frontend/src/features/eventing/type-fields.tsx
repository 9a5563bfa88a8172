import { Button, Flex, FlexItem, FormGroup } from "@patternfly/react-core";
import { MinusCircleIcon, PlusCircleIcon } from "@patternfly/react-icons";
import { SuggestedInput } from "#ui/suggested-input.tsx";
import type { FieldProblem } from "./eventing-api.ts";
import { problemsAt, ProblemText } from "./problem-text.tsx";

/** The types of the events, one field each. */
export function TypeFields(props: {
  types: readonly string[];
  suggestions: readonly string[];
  problems: readonly FieldProblem[];
  onTypes: (types: string[]) => void;
  onBlur: (field: string) => void;
}) {
  const { types, suggestions, problems } = props;
  const shown = types.length > 0 ? types : [""];
  const set = (index: number, type: string) =>
    props.onTypes(shown.map((each, at) => (at === index ? type : each)));
  return (
    <FormGroup label="Types of events" role="group" isRequired fieldId="subscription-types">
      <Flex direction={{ default: "column" }} gap={{ default: "gapSm" }}>
        {shown.map((type, index) => {
          const field = `spec.types[${index}]`;
          const own = problemsAt(problems, field);
          return (
            // Types have no identity but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={index}>
              <Flex flexWrap={{ default: "nowrap" }} gap={{ default: "gapSm" }}>
                <FlexItem grow={{ default: "grow" }}>
                  <SuggestedInput
                    id={`subscription-type-${index}`}
                    label={`Type ${index + 1}`}
                    what="Known types"
                    value={type}
                    suggestions={suggestions.filter((one) => !types.includes(one))}
                    isInvalid={own.length > 0}
                    describedBy={`subscription-type-${index}-help`}
                    onChange={(next) => set(index, next)}
                    onBlur={() => props.onBlur(field)}
                  />
                </FlexItem>
                <Button
                  variant="plain"
                  aria-label={`Remove type ${index + 1}`}
                  icon={<MinusCircleIcon />}
                  isDisabled={shown.length === 1}
                  onClick={() => props.onTypes(shown.filter((_type, at) => at !== index))}
                />
              </Flex>
              <ProblemText id={`subscription-type-${index}-help`} problems={own} />
            </div>
          );
        })}
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
