import type { ApiRule, ApiRuleStatus } from "@kyma/crds/generated/api-rules.gen.ts";
import type { Problem } from "./problem.ts";

/** What came of a reconcile. */
export interface Outcome {
  state: "Ready" | "Warning" | "Error";
  description: string;
}

const mostProblems = 3;

export const success: Outcome = { state: "Ready", description: "Reconciled successfully" };

/** In effect, but with something to know. */
export function warning(text: string): Outcome {
  return { state: "Warning", description: text };
}

/** The first three problems, one a line, and how many more there are. */
export function validationFailure(problems: Problem[]): Outcome {
  const lines = problems
    .slice(0, mostProblems)
    .map(({ attribute, message }) => `Attribute '${attribute}': ${message}`);
  const more = problems.length - lines.length;
  if (more > 0) lines.push(`${more} more`);
  return { state: "Error", description: `Validation errors: ${lines.join("\n")}` };
}

/**
 * The status to write. The time moves only when something did: the outcome, the spec it speaks of, or a child that had to be
 * written; so a reconcile that finds everything in place yields the status that is there.
 */
export function statusOf(apiRule: ApiRule, outcome: Outcome, wrote: boolean, now: Date): ApiRuleStatus {
  const current = apiRule.status;
  const { generation } = apiRule.metadata;
  const same =
    !wrote &&
    current?.lastProcessedTime !== undefined &&
    current.state === outcome.state &&
    current.description === outcome.description &&
    current.observedGeneration === generation;
  if (same) return current;
  return {
    ...outcome,
    lastProcessedTime: now.toISOString().replace(/\.\d+Z$/, "Z"),
    ...(generation !== undefined && { observedGeneration: generation }),
  };
}
