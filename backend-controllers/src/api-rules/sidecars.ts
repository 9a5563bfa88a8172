import type { KubeClient } from "@kyma/kube/client.ts";
import { type ObjectKey, keyOf, keyText } from "@kyma/kube/objects.ts";
import { pods } from "@kyma/kube/resource-types.ts";
import type { Namespace, Pod, Service } from "./kinds.ts";

/** True when the mesh puts a sidecar into the pods of a namespace; elsewhere none can be asked for. */
export function meshInjects(namespace: Namespace | undefined): boolean {
  const labels = namespace?.metadata.labels ?? {};
  return labels["istio-injection"] === "enabled" || labels["istio.io/rev"] !== undefined;
}

/**
 * Pods behind `services` that have no istio-proxy, by Service ("namespace/name"). Reads them anew, for only few namespaces call for
 * it; services without selector are passed over.
 */
export async function podsWithoutProxy(
  client: KubeClient,
  services: Service[],
  signal: AbortSignal,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const service of services) {
    const key = keyOf(service);
    const selector = Object.entries(service.spec.selector ?? {});
    if (selector.length === 0) continue;
    const labelSelector = selector.map(([name, value]) => `${name}=${value}`).join(",");
    found.set(keyText(key), await unguarded(client, key, labelSelector, signal));
  }
  return found;
}

async function unguarded(
  client: KubeClient,
  { namespace }: ObjectKey,
  labelSelector: string,
  signal: AbortSignal,
): Promise<string[]> {
  const { items } = await client.list<Pod>(pods, { namespace, labelSelector, signal });
  return items.filter((pod) => !hasProxy(pod)).map((pod) => keyText(keyOf(pod)));
}

function hasProxy({ spec }: Pod): boolean {
  return [...spec.containers, ...(spec.initContainers ?? [])].some(({ name }) => name === "istio-proxy");
}
