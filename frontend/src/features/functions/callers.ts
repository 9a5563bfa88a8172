import type { FunctionRef } from "#api/generated/graphql.ts";
import type { KubeObject } from "#resources/kube-objects.ts";
import { apiRuleState, subscriptionState, type ObjectState } from "#resources/kyma-states.ts";
import { serviceUrl } from "#resources/service-url.ts";

interface ServiceName {
  name?: string;
  namespace?: string;
}

/** Of an APIRule, what tells whether it leads to a Function. */
interface Rule extends KubeObject {
  spec?: { hosts?: string[]; service?: ServiceName; rules?: { path?: string; service?: ServiceName }[] };
  status?: { state?: string; description?: string };
}

/** Of a Subscription, the same. */
interface Subscription extends KubeObject {
  spec?: { sink?: string; source?: string; types?: string[] };
  status?: { ready?: boolean; conditions?: { status?: string; message?: string }[] };
}

/** Something that calls a Function. */
export interface Caller {
  name: string;
  /** Hosts and paths, or source and types. */
  what: string;
  state: ObjectState;
  /** More about the state. */
  reason?: string | undefined;
}

/** The APIRules of its namespace that lead to the Function. Pure. */
export function rulesTo({ namespace, name }: FunctionRef, objects: Iterable<unknown>): Caller[] {
  const isIt = (service: ServiceName | undefined): boolean =>
    service?.name === name && (service.namespace ?? namespace) === namespace;
  return ([...objects] as Rule[]).flatMap(({ metadata, spec, status }) => {
    const own = (spec?.rules ?? []).filter(({ service }) => isIt(service ?? spec?.service));
    if (own.length === 0 && !isIt(spec?.service)) return [];
    const paths = own.map(({ path = "" }) => path).join(", ");
    const what = [spec?.hosts?.join(", "), paths].filter(Boolean).join(" ");
    const state = apiRuleState(status ? { status } : {});
    return [{ name: metadata.name, what, state, reason: status?.description }];
  });
}

/** The Subscriptions of its namespace whose events the Function gets. Pure. */
export function subscriptionsTo({ namespace, name }: FunctionRef, objects: Iterable<unknown>): Caller[] {
  const { hostname: host } = new URL(serviceUrl(namespace, name));
  return ([...objects] as Subscription[])
    .filter(({ spec }) => URL.canParse(spec?.sink ?? "") && new URL(spec?.sink ?? "").hostname === host)
    .map(({ metadata, spec, status }) => {
      const from = spec?.source ? ` from ${spec.source}` : "";
      return {
        name: metadata.name,
        what: `${spec?.types?.join(", ") ?? ""}${from}`,
        state: subscriptionState(status?.ready),
        reason: status?.conditions?.find((condition) => condition.status === "False")?.message,
      };
    });
}
