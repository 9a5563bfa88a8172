import type { FunctionRef } from "#api/generated/graphql.ts";
import type { KubeObject } from "#resources/kube-objects.ts";
import type { Health } from "#ui/status-label.tsx";

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
  state: string;
  health: Health;
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
    const { state = "Processing", description } = status ?? {};
    const what = [spec?.hosts?.join(", "), paths].filter(Boolean).join(" ");
    return [{ name: metadata.name, what, state, health: ruleHealth[state] ?? "none", reason: description }];
  });
}

const ruleHealth: Record<string, Health> = {
  Ready: "ok",
  Processing: "progress",
  Warning: "warning",
  Error: "error",
};

/** The Subscriptions of its namespace whose events the Function gets. Pure. */
export function subscriptionsTo({ namespace, name }: FunctionRef, objects: Iterable<unknown>): Caller[] {
  const host = `${name}.${namespace}.svc.cluster.local`;
  return ([...objects] as Subscription[])
    .filter(({ spec }) => URL.canParse(spec?.sink ?? "") && new URL(spec?.sink ?? "").hostname === host)
    .map(({ metadata, spec, status }) => {
      const from = spec?.source ? ` from ${spec.source}` : "";
      const [state, health]: [string, Health] =
        status?.ready === true
          ? ["Ready", "ok"]
          : status?.ready === false
            ? ["Not ready", "error"]
            : ["Waiting", "progress"];
      const reason = status?.conditions?.find((condition) => condition.status === "False")?.message;
      return {
        name: metadata.name,
        what: `${spec?.types?.join(", ") ?? ""}${from}`,
        state,
        health,
        reason,
      };
    });
}
