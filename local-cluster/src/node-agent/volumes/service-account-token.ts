import type { KubeClient } from "@kyma/kube/client.ts";
import { toApiError } from "@kyma/kube/errors.ts";
import type { Pod } from "../pods/pod.ts";

interface TokenAnswer {
  status: { token: string; expirationTimestamp: string };
}

/** A token of the pod's ServiceAccount, bound to the pod: it ends with it. To be renewed after four fifths of its life. */
export async function requestToken(
  client: KubeClient,
  pod: Pod,
  wanted: { audience: string | undefined; expirationSeconds: number },
): Promise<{ token: Buffer; renewInMs: number }> {
  const { namespace = "", name, uid } = pod.metadata;
  const account = pod.spec.serviceAccountName ?? "default";
  const body = {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: {
      ...(wanted.audience ? { audiences: [wanted.audience] } : {}),
      expirationSeconds: wanted.expirationSeconds,
      boundObjectRef: { apiVersion: "v1", kind: "Pod", name, uid },
    },
  };
  const answer = await client.raw(`/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (answer.status >= 300) throw toApiError(answer.status, await answer.text());
  const { status } = await answer.json<TokenAnswer>();
  const lifeMs = Date.parse(status.expirationTimestamp) - Date.now();
  return { token: Buffer.from(status.token), renewInMs: Math.max(10_000, lifeMs * 0.8) };
}
