import { FormHelperText, HelperText, HelperTextItem } from "@patternfly/react-core";
import type { ReactNode } from "react";
import type { FieldProblem } from "./eventing-api.ts";

/** The problems of one field, and of what stands below it. Pure. */
export function problemsAt(
  problems: readonly FieldProblem[],
  field: string,
  { below = false } = {},
): FieldProblem[] {
  return problems.filter(
    (problem) => problem.field === field || (below && problem.field.startsWith(`${field}[`)),
  );
}

/** What is wrong with a field, announced when it changes; what it is for as long as nothing is. */
export function ProblemText({
  id,
  problems,
  children,
}: {
  id: string;
  problems: readonly FieldProblem[];
  children?: ReactNode;
}) {
  return (
    <FormHelperText>
      <HelperText id={id} isLiveRegion>
        {problems.map(({ message, blocks }) => (
          <HelperTextItem key={message} variant={blocks ? "error" : "warning"}>
            {message}
          </HelperTextItem>
        ))}
        {problems.length === 0 && children ? <HelperTextItem>{children}</HelperTextItem> : null}
      </HelperText>
    </FormHelperText>
  );
}
