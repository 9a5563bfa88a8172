import type { KubeObject } from "@kyma/kube/objects.ts";
import { nameOf } from "./fields.ts";
import type { Workload, Workloads } from "./workloads.ts";

export interface ServiceObject extends KubeObject {
  spec?: {
    type?: string;
    clusterIP?: string;
    selector?: Record<string, string>;
    ports?: { name?: string; port: number; protocol?: string; appProtocol?: string }[];
  };
}
export interface EndpointSliceObject extends KubeObject {
  addressType?: string;
  ports?: { name?: string | null; port?: number; protocol?: string }[] | null;
  endpoints?:
    | {
        addresses?: string[];
        conditions?: { ready?: boolean | null; serving?: boolean | null; terminating?: boolean | null };
        targetRef?: { kind?: string; name?: string; namespace?: string };
      }[]
    | null;
}
export interface PodObject extends KubeObject {
  status?: { podIP?: string; phase?: string };
}

export interface Endpoint {
  /** As pods and policies know it: 10.244.a.b. */
  address: string;
  /** Where the process of the pod listens: 127.244.a.b. */
  dialAddress: string;
  port: number;
  workload: Workload;
}

export interface ServicePort {
  number: number;
  ready: Endpoint[];
  /** On their way out but still serving: used only when nothing is ready, as kube-proxy does. */
  leaving: Endpoint[];
  /** Whose turn it is; the only thing in a table that changes. */
  turn: number;
}

export interface ServiceEntry {
  /** "namespace/name" */
  key: string;
  ports: Map<number, ServicePort>;
}

export const serviceNameLabel = "kubernetes.io/service-name";
const podAddress = /^10\.244\.(\d{1,3})\.(\d{1,3})$/;

/** Where to dial a pod's address on this machine. Nothing outside the pod network is ever an endpoint. */
export function dialAddressOf(address: string): string | undefined {
  const parts = podAddress.exec(address);
  if (!parts || Number(parts[1]) > 255 || Number(parts[2]) > 255) return undefined;
  return `127.244.${Number(parts[1])}.${Number(parts[2])}`;
}

/** All Services by "namespace/name" with the endpoints of each port. */
export function compileServices(
  services: readonly ServiceObject[],
  slices: readonly EndpointSliceObject[],
  pods: readonly PodObject[],
  workloads: Workloads,
): Map<string, ServiceEntry> {
  const podsByName = new Map(pods.map((pod) => [nameOf(pod), pod]));
  const slicesByService = Map.groupBy(
    slices.filter((slice) => slice.addressType === "IPv4"),
    (slice) => `${slice.metadata.namespace ?? ""}/${slice.metadata.labels?.[serviceNameLabel] ?? ""}`,
  );
  const entries = new Map<string, ServiceEntry>();
  for (const service of services) {
    if (service.spec?.type === "ExternalName") continue;
    const entry = { key: nameOf(service), ports: new Map<number, ServicePort>() };
    for (const port of service.spec?.ports ?? []) {
      if ((port.protocol ?? "TCP") !== "TCP") continue;
      const compiled: ServicePort = { number: port.port, ready: [], leaving: [], turn: 0 };
      for (const slice of slicesByService.get(entry.key) ?? []) {
        addEndpoints(compiled, slice, port.name ?? "", (endpoint) =>
          workloadOf(endpoint, service, podsByName, workloads),
        );
      }
      entry.ports.set(port.port, compiled);
    }
    entries.set(entry.key, entry);
  }
  return entries;
}

type SliceEndpoint = NonNullable<EndpointSliceObject["endpoints"]>[number];

/**
 * The labels that policies select by. Through the Pod, not through the Service's selector: a policy may select a label that only some of
 * the Service's pods carry. An endpoint whose Pod is not known yet gets no traffic; one without a Pod has the labels the Service selects.
 */
function workloadOf(
  endpoint: SliceEndpoint,
  service: ServiceObject,
  pods: Map<string, PodObject>,
  workloads: Workloads,
): Workload | undefined {
  const namespace = service.metadata.namespace ?? "";
  if (endpoint.targetRef?.kind !== "Pod") return workloads.of(namespace, service.spec?.selector ?? {});
  const pod = pods.get(`${endpoint.targetRef.namespace ?? namespace}/${endpoint.targetRef.name ?? ""}`);
  return pod && workloads.ofPod(pod);
}

function addEndpoints(
  port: ServicePort,
  slice: EndpointSliceObject,
  portName: string,
  workload: (endpoint: SliceEndpoint) => Workload | undefined,
): void {
  const target = slice.ports?.find((candidate) => (candidate.name ?? "") === portName)?.port;
  if (target === undefined) return;
  for (const endpoint of slice.endpoints ?? []) {
    const address = endpoint.addresses?.[0] ?? "";
    const dialAddress = dialAddressOf(address);
    const list = listFor(port, endpoint);
    const owner = list && dialAddress ? workload(endpoint) : undefined;
    if (!list || !dialAddress || !owner || list.some((other) => other.address === address)) continue;
    list.push({ address, dialAddress, port: target, workload: owner });
  }
}

function listFor(port: ServicePort, { conditions = {} }: SliceEndpoint): Endpoint[] | undefined {
  if (conditions.ready ?? true) return port.ready;
  return (conditions.serving ?? false) && (conditions.terminating ?? false) ? port.leaving : undefined;
}

/** The workload behind each address of a running pod. */
export function podsByAddress(pods: readonly PodObject[], workloads: Workloads): Map<string, Workload> {
  const found = new Map<string, Workload>();
  for (const pod of pods) {
    const { podIP, phase } = pod.status ?? {};
    if (podIP && phase !== "Succeeded" && phase !== "Failed") found.set(podIP, workloads.ofPod(pod));
  }
  return found;
}

/** The next endpoint in turn that the filter accepts. */
export function pickEndpoint(
  port: ServicePort,
  accepts: (endpoint: Endpoint) => boolean,
): Endpoint | undefined {
  const list = port.ready.length > 0 ? port.ready : port.leaving;
  for (let step = 0; step < list.length; step += 1) {
    port.turn = (port.turn + 1) % list.length;
    const endpoint = list[port.turn] as Endpoint;
    if (accepts(endpoint)) return endpoint;
  }
  return undefined;
}
