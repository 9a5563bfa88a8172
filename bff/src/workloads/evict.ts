import type { KubeClient } from "@kyma/kube/client.ts";
import { type ApiError, NotFoundError, toApiError, TooManyRequestsError } from "@kyma/kube/errors.ts";
import { objectPath } from "@kyma/kube/paths.ts";
import { pods } from "@kyma/kube/resource-types.ts";

export interface PodTarget {
  namespace: string;
  name: string;
  /** Makes sure that it is the pod the person saw. */
  uid?: string | null;
}

/** REFUSED: a PodDisruptionBudget does not allow it now; trying again later may help. GONE: it does not exist any more. */
export interface Eviction extends PodTarget {
  outcome: "EVICTED" | "REFUSED" | "GONE" | "FAILED";
  message: string;
}

/** Asks the API server to evict one pod, once. It respects PodDisruptionBudgets; what it answers is no error but the outcome. */
export async function evictPod(
  kube: KubeClient,
  pod: PodTarget,
  options: { gracePeriodSeconds?: number | null | undefined; dryRun: boolean; signal: AbortSignal },
): Promise<Eviction> {
  const { namespace, name, uid } = pod;
  const body = {
    apiVersion: "policy/v1",
    kind: "Eviction",
    metadata: { namespace, name },
    deleteOptions: {
      ...(uid ? { preconditions: { uid } } : {}),
      ...(typeof options.gracePeriodSeconds === "number"
        ? { gracePeriodSeconds: options.gracePeriodSeconds }
        : {}),
      ...(options.dryRun ? { dryRun: ["All"] } : {}),
    },
  };
  // Not `create`: that waits and tries again on 429, and here a 429 is an answer.
  const path = objectPath(pods, { namespace, name }, "eviction") + (options.dryRun ? "?dryRun=All" : "");
  const answer = await kube.raw(path, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
    signal: options.signal,
  });
  const text = await answer.text();
  if (answer.status < 300) return { ...pod, outcome: "EVICTED", message: "is being evicted" };
  return { ...pod, ...outcomeOf(toApiError(answer.status, text, answer.headers["retry-after"]), uid) };
}

/** What a refusal means, with the API server's own sentence; pure. */
export function outcomeOf(error: ApiError, uid?: string | null): Pick<Eviction, "outcome" | "message"> {
  if (error instanceof NotFoundError) return { outcome: "GONE", message: "does not exist any more" };
  const causes = error.details.causes ?? [];
  const budget = causes.find(({ reason }) => reason === "DisruptionBudget");
  if (error instanceof TooManyRequestsError || budget) {
    const message = [error.message, budget?.message].filter(Boolean).join(" ");
    return { outcome: "REFUSED", message };
  }
  // Another pod of the same name, as a StatefulSet makes: the one that was meant is gone.
  if (error.status === 409 && uid && /uid/i.test(error.message))
    return { outcome: "GONE", message: "was replaced by another pod of the same name" };
  return { outcome: "FAILED", message: error.message };
}
