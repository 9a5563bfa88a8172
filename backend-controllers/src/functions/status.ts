import {
  functionConditionReasons as reasons,
  functionConditionTypes as types,
  maxConditionMessageLength,
} from "@kyma/crds/function-conditions.ts";
import type { FunctionCondition, FunctionStatus, KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import { setCondition } from "@kyma/kube/conditions.ts";
import type { EventText } from "../runtime/event-recorder.ts";
import type { Deployment } from "./kinds.ts";
import { generationAnnotation, podSelector, selectorText } from "./labels.ts";
import type { FunctionOptions } from "./options.ts";
import { containerSecurityContext, podSecurityContext, runtimeImage } from "./pod-template.ts";
import { chooseResources } from "./profiles.ts";
import type { RolloutState } from "./rollout.ts";
import type { Validation } from "./validate.ts";

export interface Findings {
  validation: Validation;
  /** The Deployment that is there, whichever spec it was made from. */
  deployment?: Deployment | undefined;
  /** Absent when there is nothing to run. */
  rollout?: RolloutState | undefined;
  /** RFC 3339. */
  now: string;
}

/** The status of a Function: what is known of its spec, and what of its pods. */
export function statusOf(fn: KymaFunction, findings: Findings, options: FunctionOptions): FunctionStatus {
  const { validation, deployment } = findings;
  const valid = validation.problems.length === 0;
  const previous = fn.status ?? {};
  const status: FunctionStatus = {
    ...previous,
    conditions: conditionsOf(fn, findings),
    observedGeneration: fn.metadata.generation ?? 0,
  };
  if (deployment !== undefined) status.replicas = deployment.status?.replicas ?? 0;
  return valid ? { ...status, ...specEcho(fn, options) } : status;
}

/** Events for the conditions that changed; without text for those that did not. */
export function conditionEvents(before: FunctionStatus | undefined, after: FunctionStatus): EventText[] {
  return (after.conditions ?? []).flatMap(({ type, status, reason, message }) => {
    const old = before?.conditions?.find((condition) => condition.type === type);
    if (old?.status === status && old.reason === reason && old.message === message) return [];
    const warns = status === "False" || message.startsWith("Warning");
    return [{ type: warns ? "Warning" : "Normal", reason, message } satisfies EventText];
  });
}

function specEcho(fn: KymaFunction, options: FunctionOptions): Partial<FunctionStatus> {
  const { spec } = fn;
  return {
    runtime: spec.runtime,
    runtimeImage: runtimeImage(spec, options),
    podSelector: selectorText(podSelector(fn)),
    functionResourceProfile: chooseResources(spec, options.defaultProfile).profile,
    functionAnnotations: spec.annotations ?? {},
    podSecurityContext: podSecurityContext(spec),
    containerSecurityContext: containerSecurityContext(spec),
  };
}

function conditionsOf(
  fn: KymaFunction,
  { validation, deployment, rollout, now }: Findings,
): FunctionCondition[] {
  const generation = fn.metadata.generation ?? 0;
  const { problems, warnings } = validation;
  const valid = problems.length === 0;
  const conditions = setCondition(
    fn.status?.conditions ?? [],
    {
      type: types.configurationReady,
      status: valid ? "True" : "False",
      reason: valid ? reasons.functionSpecValidated : reasons.invalidFunctionSpec,
      message: cut(valid ? validMessage(warnings) : problems.join(". ")),
      observedGeneration: generation,
    },
    now,
  );
  if (rollout === undefined) return conditions;
  const { status, reason, message } = rollout;
  // With an invalid spec the pods still are those of an earlier generation; the condition says which.
  const running = valid
    ? generation
    : Number(deployment?.metadata.annotations?.[generationAnnotation] ?? generation);
  const note = valid ? "" : ` This is generation ${running}; the newest spec is invalid.`;
  return setCondition(
    conditions,
    { type: types.running, status, reason, message: cut(message + note), observedGeneration: running },
    now,
  );
}

function validMessage(warnings: readonly string[]): string {
  return warnings.length === 0 ? "The Function's spec is valid." : `Warning: ${warnings.join(". ")}`;
}

function cut(message: string): string {
  if (message.length <= maxConditionMessageLength) return message;
  return `${message.slice(0, maxConditionMessageLength - 1)}…`;
}
