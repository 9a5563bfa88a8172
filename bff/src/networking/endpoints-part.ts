import type { UnknownObject } from "@kyma/kube/objects.ts";
import { endpointSlices } from "@kyma/kube/resource-types.ts";
import type { ObjectPart } from "../resources/page-part.ts";

interface EndpointSlice extends UnknownObject {
  endpoints?:
    | {
        addresses?: string[];
        conditions?: { ready?: boolean; terminating?: boolean };
        targetRef?: { kind?: string; name?: string };
        nodeName?: string;
      }[]
    | null;
  ports?: { name?: string; port?: number; protocol?: string }[] | null;
}

const most = 200;

/** What stands behind a Service, from its EndpointSlices. */
export const endpointsPart: ObjectPart = {
  field: "endpoints",
  value({ type, object, namespace, name, read }) {
    if (!object || type.plural !== "services" || type.group !== "") return null;
    const set = read({
      type: endpointSlices,
      namespace,
      labelSelector: `kubernetes.io/service-name=${name}`,
    });
    if (!set.loaded) return undefined;
    return {
      ...endpointsOf(set.objects),
      missing: set.missing ? [set.missing] : [],
    };
  },
};

/** The endpoints of a Service's slices, those that are ready first; one that stands in two slices counts once. Pure. */
export function endpointsOf(slices: readonly EndpointSlice[]): object {
  const byAddress = new Map<
    string,
    { address: string; ready: boolean; terminating: boolean; pod: string | null; node: string | null }
  >();
  for (const { addresses = [], conditions = {}, targetRef, nodeName } of slices.flatMap(
    ({ endpoints }) => endpoints ?? [],
  )) {
    for (const address of addresses) {
      byAddress.set(address, {
        address,
        // Absent means ready, as the API says.
        ready: conditions.ready ?? true,
        terminating: conditions.terminating ?? false,
        pod: targetRef?.kind === "Pod" ? (targetRef.name ?? null) : null,
        node: nodeName ?? null,
      });
    }
  }
  const all = [...byAddress.values()].sort(
    (a, b) =>
      Number(b.ready) - Number(a.ready) || a.address.localeCompare(b.address, "en", { numeric: true }),
  );
  const ports = new Map(
    slices
      .flatMap((slice) => slice.ports ?? [])
      .map(({ name, port, protocol = "TCP" }) => {
        const shown = { name: name || null, port: port ?? null, protocol };
        return [JSON.stringify(shown), shown] as const;
      }),
  );
  const ready = all.filter((endpoint) => endpoint.ready).length;
  return { endpoints: all.slice(0, most), total: all.length, ready, ports: [...ports.values()] };
}
