import type { KubeClient } from "@kyma/kube/client.ts";
import type { GraphqlContext } from "../graphql/context.ts";
import type { Area } from "../graphql/schema.ts";
import { actingOf, sessionOf } from "./sessions.ts";
import { startViewAs, type ViewAsInput } from "./view-as.ts";
import { whoAmI, type UserInfo } from "../resources/who-am-i.ts";

export interface ClusterFacts {
  /** Name of the kubeconfig context, or "local". */
  cluster: string;
  local: boolean;
  /** Can this person have tokens minted for probes? */
  hasTestIssuer: (kube: KubeClient) => Promise<boolean>;
}

/** Who the browser acts as, acting as somebody else, and signing out. */
export function authArea(facts: ClusterFacts): Area {
  return {
    sdl: new URL("./schema.graphql", import.meta.url),
    query: { session: (_, __: unknown, context) => readSession(facts, context) },
    mutation: {
      signOut: (_, __: unknown, { caller, log }) => {
        log.info({ user: caller.user }, "signed out");
        caller.signOut();
        return true;
      },
      viewAs: (_, args: { subject: ViewAsInput }, context) => startViewAs(args.subject, context),
      stopViewAs: (_, __: unknown, { caller, log }) => {
        const session = sessionOf(caller);
        if (session.acting.impersonated) {
          log.info({ user: session.credentials.user, as: session.acting.user }, "acts as themself again");
          session.viewAs(undefined);
        }
        return true;
      },
    },
  };
}

async function readSession(facts: ClusterFacts, { caller }: GraphqlContext): Promise<object> {
  const { kube } = caller;
  const acting = actingOf(caller);
  const { method, endsAt, user: signedInAs } = acting.session.credentials;
  const [info, serverVersion, testIssuer] = await Promise.all([
    // As the API server sees the person, which need not be the kubeconfig's name for them.
    whoAmI(kube).catch((): UserInfo => ({ username: caller.user })),
    version(kube),
    facts.hasTestIssuer(kube).catch(() => false),
  ]);
  return {
    user: info.username,
    groups: info.groups ?? [],
    actor: acting.key,
    signedInAs,
    method,
    endsAt: endsAt === undefined ? null : new Date(endsAt).toISOString(),
    viewAs: acting.impersonated ?? null,
    serverVersion,
    testIssuer,
    cluster: facts.cluster,
    local: facts.local,
  };
}

/** Empty while the API server does not answer: the page must come up all the same. */
async function version(kube: KubeClient): Promise<string> {
  try {
    const answer = await kube.raw("/version", { timeoutMs: 3000, largestAnswer: 64 * 1024 });
    return answer.status === 200 ? (await answer.json<{ gitVersion: string }>()).gitVersion : "";
  } catch {
    return "";
  }
}
