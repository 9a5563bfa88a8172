import { fieldsOf, refuseOthers, textMapOf, type ConfigObject, type Fields } from "./fields.ts";

/** What policies select: the namespace and labels of the pods behind an address. */
export interface Workload {
  namespace: string;
  labels: Readonly<Record<string, string>>;
}

/** Policies here apply to every namespace, as in Istio. */
export const rootNamespace = "istio-system";

/** The pods that Istio's own installation gives its ingress gateway; Gateways and policies select it by these labels. */
export const ingressGateway: Workload = {
  namespace: rootNamespace,
  labels: { istio: "ingressgateway", app: "istio-ingressgateway" },
};

export const ingressGatewayPrincipal =
  "cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account";

export type LabelSelector = readonly [string, string][];

/** The `selector.matchLabels` of a policy; empty selects every workload of its namespace. */
export function selectorOf(spec: Fields): LabelSelector {
  const selector = fieldsOf(spec["selector"], "spec.selector");
  refuseOthers(selector, ["matchLabels"], "spec.selector");
  return textMapOf(selector["matchLabels"], "spec.selector.matchLabels");
}

export function selects(policy: { namespace: string; selector: LabelSelector }, workload: Workload): boolean {
  if (policy.namespace !== workload.namespace && policy.namespace !== rootNamespace) return false;
  return policy.selector.every(([name, value]) => workload.labels[name] === value);
}

/** Gives equal workloads one identity, so that what is computed for one serves all its pods. */
export class Workloads {
  readonly #known = new Map<string, Workload>();

  of(namespace: string, labels: Record<string, string>): Workload {
    const key = JSON.stringify([namespace, ...Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))]);
    const known = this.#known.get(key);
    if (known) return known;
    const made = { namespace, labels };
    this.#known.set(key, made);
    return made;
  }

  ofPod(pod: ConfigObject): Workload {
    return this.of(pod.metadata.namespace ?? "", pod.metadata.labels ?? {});
  }
}
