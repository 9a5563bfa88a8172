import { functionConditionReasons as reasons } from "@kyma/crds/function-conditions.ts";
import type { KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import { functions } from "@kyma/crds/resource-types.ts";
import { findCondition } from "@kyma/kube/conditions.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { ForbiddenError, InvalidError } from "@kyma/kube/errors.ts";
import { keyOf } from "@kyma/kube/objects.ts";
import { type Applied, type Writer, writeStatus } from "../runtime/apply.ts";
import type { Reconcile, ReconcileContext, Result } from "../runtime/controller.ts";
import { TerminalError } from "../runtime/errors.ts";
import type { EventRecorder } from "../runtime/event-recorder.ts";
import type { FunctionCaches } from "./caches.ts";
import { FunctionChildren, LeftoverError, NameTakenError } from "./children.ts";
import type { Deployment } from "./kinds.ts";
import type { FunctionOptions } from "./options.ts";
import { chooseResources } from "./profiles.ts";
import { type RolloutState, judgeRollout } from "./rollout.ts";
import { conditionEvents, statusOf } from "./status.ts";
import { type Validation, validate } from "./validate.ts";

export interface FunctionDependencies {
  client: KubeClient;
  caches: FunctionCaches;
  events: EventRecorder;
  options: FunctionOptions;
}

const manager = "function-controller";

/** Validate, write the children, look at the roll-out, say so in the status. */
export function functionReconcile(dependencies: FunctionDependencies): Reconcile {
  const { caches, client, options } = dependencies;
  return async (key, context) => {
    const fn = caches.functions.get(key);
    if (fn === undefined || fn.metadata.deletionTimestamp !== undefined) return;
    const writer = { client, manager, signal: context.signal };
    const validation = validate(fn);
    if (validation.problems.length > 0) return reportInvalid(dependencies, writer, fn, validation, context);

    const children = new FunctionChildren(fn, caches, writer);
    let deployment: Applied<Deployment>;
    let step: "deployment" | "service" = "deployment";
    try {
      deployment = await children.applyDeployment(options);
      step = "service";
      await children.applyService();
      await children.applyRevisions();
    } catch (error) {
      return reportFailure(dependencies, writer, fn, { validation, error, step }, context);
    }
    const rollout = judge(dependencies, fn, deployment);
    await report(dependencies, writer, fn, { validation, deployment: deployment.object, rollout }, context);
    if (rollout.status === "True") await children.removeOtherDeployments();
    return again(rollout);
  };
}

/** The last valid version goes on as it is. */
async function reportInvalid(
  dependencies: FunctionDependencies,
  writer: Writer,
  fn: KymaFunction,
  validation: Validation,
  context: ReconcileContext,
): Promise<Result> {
  const live = dependencies.caches.deployments.get(keyOf(fn));
  const rollout = live && judge(dependencies, fn, { object: live, change: "none" });
  await report(dependencies, writer, fn, { validation, deployment: live, rollout }, context);
  return rollout && again(rollout);
}

/** A refusal by the API server goes into the status; everything is tried again with backoff. */
async function reportFailure(
  dependencies: FunctionDependencies,
  writer: Writer,
  fn: KymaFunction,
  failure: { validation: Validation; error: unknown; step: "deployment" | "service" },
  context: ReconcileContext,
): Promise<Result> {
  const { validation, error, step } = failure;
  if (error instanceof LeftoverError) {
    context.log.info(error.message);
    return { requeueAfterMs: 1000 };
  }
  if (error instanceof NameTakenError || error instanceof InvalidError || error instanceof ForbiddenError) {
    const reason = step === "service" ? reasons.serviceFailed : reasons.deploymentFailed;
    const rollout: RolloutState = { status: "False", reason, message: `${error.message}.` };
    const deployment = dependencies.caches.deployments.get(keyOf(fn));
    await report(dependencies, writer, fn, { validation, deployment, rollout }, context);
  }
  throw error;
}

function judge(
  dependencies: FunctionDependencies,
  fn: KymaFunction,
  deployment: Applied<Deployment>,
): RolloutState {
  const { caches, options } = dependencies;
  const uid = fn.metadata.uid ?? "";
  const pods = caches.pods.byIndex("function", uid);
  const limits = chooseResources(fn.spec, options.defaultProfile).resources.limits;
  return judgeRollout({
    deployment: deployment.object,
    change: deployment.change,
    replicaSets: caches.replicaSets
      .byIndex("function", uid)
      .filter(({ metadata }) =>
        metadata.ownerReferences?.some((owner) => owner.uid === deployment.object.metadata.uid),
      ),
    pods,
    mountEvents: pods.flatMap((pod) => caches.mountEvents.byIndex("pod", pod.metadata.uid ?? "")),
    memoryLimit: limits?.["memory"]?.toString(),
    previousReason: findCondition(fn.status?.conditions, "Running")?.reason,
    now: Date.now(),
  });
}

async function report(
  dependencies: FunctionDependencies,
  writer: Writer,
  fn: KymaFunction,
  findings: {
    validation: Validation;
    deployment?: Deployment | undefined;
    rollout?: RolloutState | undefined;
  },
  { log }: ReconcileContext,
): Promise<void> {
  const { caches, events, options } = dependencies;
  const status = statusOf(fn, { ...findings, now: rfc3339(Date.now()) }, options);
  try {
    const written = await writeStatus(writer, functions, fn, status);
    if (written === undefined) return;
    caches.functions.remember(written, fn);
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    // The stored object breaks today's schema so badly that no status can be written: only an Event can say so.
    const message = `${status.conditions?.[0]?.message}. No status can be written: ${error.message}`;
    await events.record(fn, { type: "Warning", reason: reasons.invalidFunctionSpec, message }, log);
    throw new TerminalError(error.message, { cause: error });
  }
  for (const text of conditionEvents(fn.status, status)) await events.record(fn, text, log);
}

function again({ recheckAfterMs }: RolloutState): Result {
  return recheckAfterMs === undefined ? undefined : { requeueAfterMs: Math.max(recheckAfterMs, 100) };
}

/** To the second, as Kubernetes writes times. */
function rfc3339(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}
