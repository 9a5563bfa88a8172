import type { KubeClient } from "@kyma/kube/client.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import type { GraphqlContext } from "../graphql/context.ts";
import type { Area } from "../graphql/schema.ts";

export interface ClusterFacts {
  /** Name of the kubeconfig context, or "local". */
  cluster: string;
  local: boolean;
  /** Can this person have tokens minted for probes? */
  hasTestIssuer: (kube: KubeClient) => Promise<boolean>;
}

/** Who the browser acts as, and signing out. */
export function authArea(facts: ClusterFacts): Area {
  return {
    query: {
      session: async (_, __: unknown, { caller }: GraphqlContext) => {
        const { kube } = caller;
        const [user, serverVersion, testIssuer] = await Promise.all([
          userName(kube).catch(() => caller.user),
          version(kube),
          facts.hasTestIssuer(kube).catch(() => false),
        ]);
        return { user, serverVersion, testIssuer, cluster: facts.cluster, local: facts.local };
      },
    },
    mutation: {
      signOut: (_, __: unknown, { caller }) => {
        caller.signOut();
        return true;
      },
    },
  };
}

/** As the API server sees the person, which need not be the kubeconfig's name for them. */
async function userName(kube: KubeClient): Promise<string> {
  const type = {
    group: "authentication.k8s.io",
    version: "v1",
    plural: "selfsubjectreviews",
    kind: "SelfSubjectReview",
    namespaced: false,
  };
  const review = {
    apiVersion: "authentication.k8s.io/v1",
    kind: "SelfSubjectReview",
    metadata: {} as KubeObject["metadata"],
  };
  const answer = await kube.create<KubeObject & { status: { userInfo: { username: string } } }>(type, review);
  return answer.status.userInfo.username;
}

/** Empty while the API server does not answer: the page must come up all the same. */
async function version(kube: KubeClient): Promise<string> {
  try {
    const answer = await kube.raw("/version", { timeoutMs: 3000 });
    return answer.status === 200 ? (await answer.json<{ gitVersion: string }>()).gitVersion : "";
  } catch {
    return "";
  }
}
