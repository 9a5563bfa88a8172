import type { KubeClient, Selection } from "@kyma/kube/client.ts";
import { ForbiddenError } from "@kyma/kube/errors.ts";
import type { KubeObject, ResourceType } from "@kyma/kube/objects.ts";
import { selfSubjectAccessReviews } from "@kyma/kube/resource-types.ts";

/** Asks whether the person may still list this; rejects with ForbiddenError when not. */
export function listCheck(
  kube: KubeClient,
  type: ResourceType,
  { namespace, fieldSelector }: Selection,
): (signal: AbortSignal) => Promise<void> {
  // Who may read only certain names may list and watch them one by one.
  const name = /^metadata\.name=([^,=!]+)$/.exec(fieldSelector ?? "")?.[1];
  const resourceAttributes = {
    verb: "list",
    group: type.group,
    version: type.version,
    resource: type.plural,
    ...(namespace ? { namespace } : {}),
    ...(name ? { name } : {}),
  };
  const review = {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    metadata: {} as KubeObject["metadata"],
    spec: { resourceAttributes },
  };
  return async (signal) => {
    const answer = await ask(kube, review, signal);
    if (answer?.allowed !== false) return;
    const where = namespace ? ` in the namespace "${namespace}"` : "";
    throw new ForbiddenError(403, {
      reason: "Forbidden",
      message: `you may not list ${type.plural}${where} any more`,
    });
  };
}

type Answer = { allowed?: boolean; evaluationError?: string } | undefined;

/** Undefined: the question itself is not allowed, so it says nothing about the list. */
async function ask(kube: KubeClient, review: KubeObject, signal: AbortSignal): Promise<Answer> {
  try {
    const { status } = await kube.create<KubeObject & { status?: NonNullable<Answer> }>(
      selfSubjectAccessReviews,
      review,
      { signal },
    );
    return status?.evaluationError ? undefined : status;
  } catch (error) {
    if (error instanceof ForbiddenError) return undefined;
    throw error;
  }
}
