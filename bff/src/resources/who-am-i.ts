import type { KubeClient } from "@kyma/kube/client.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { selfSubjectReviews } from "@kyma/kube/resource-types.ts";

/** A person as the API server sees them. */
export interface UserInfo {
  username: string;
  uid?: string;
  groups?: string[];
}

/** Asks the API server who the credentials belong to. @throws {UnauthorizedError} when it does not know them */
export async function whoAmI(kube: KubeClient, signal?: AbortSignal): Promise<UserInfo> {
  const review = {
    apiVersion: "authentication.k8s.io/v1",
    kind: "SelfSubjectReview",
    metadata: {} as KubeObject["metadata"],
  };
  const answer = await kube.create<KubeObject & { status: { userInfo: UserInfo } }>(
    selfSubjectReviews,
    review,
    signal ? { signal } : {},
  );
  return answer.status.userInfo;
}
