import type { ConfigObject } from "../config/fields.ts";
import type { EndpointSliceObject, PodObject, ServiceObject } from "../config/services.ts";
import type { GatewayObjects } from "../config/table.ts";

const istioKinds = {
  Gateway: "networking.istio.io/v1",
  VirtualService: "networking.istio.io/v1",
  RequestAuthentication: "security.istio.io/v1",
  AuthorizationPolicy: "security.istio.io/v1",
};

/** An Istio object of a test. */
export function istio(
  kind: keyof typeof istioKinds,
  name: string,
  spec: unknown,
  namespace = "shop",
): ConfigObject {
  return { apiVersion: istioKinds[kind], kind, metadata: { name, namespace }, spec };
}

export const defaultGateway = istio(
  "Gateway",
  "kyma-gateway",
  {
    selector: { istio: "ingressgateway" },
    servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*.localhost"] }],
  },
  "kyma-system",
);

/** A VirtualService at the default Gateway. */
export function virtualService(
  name: string,
  hosts: string[],
  http: unknown[],
  namespace = "shop",
): ConfigObject {
  return istio("VirtualService", name, { hosts, gateways: ["kyma-system/kyma-gateway"], http }, namespace);
}

export function to(service: string, port = 80, namespace = "shop"): unknown {
  return {
    destination: { host: `${service}.${namespace}.svc.cluster.local`, port: { number: port } },
    weight: 100,
  };
}

/** A Service with pods: `addresses` are 10.244.a.b, all listening at one port. */
export function workload(
  name: string,
  addresses: string[],
  targetPort: number,
  namespace = "shop",
): { service: ServiceObject; slice: EndpointSliceObject; pods: PodObject[] } {
  const labels = { app: name };
  const pods = addresses.map((podIP, index) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `${name}-${index}`, namespace, labels },
    status: { podIP, phase: "Running" },
  }));
  return {
    pods,
    service: {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace },
      spec: { clusterIP: "None", selector: labels, ports: [{ name: "http", port: 80 }] },
    },
    slice: {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name: `${name}-1`, namespace, labels: { "kubernetes.io/service-name": name } },
      addressType: "IPv4",
      ports: [{ name: "http", port: targetPort }],
      endpoints: pods.map((pod, index) => ({
        addresses: [addresses[index] as string],
        conditions: { ready: true, serving: true, terminating: false },
        targetRef: { kind: "Pod", name: pod.metadata.name, namespace },
      })),
    },
  };
}

/** All objects of a test sorted by kind, the default Gateway included. */
export function objectsOf(
  configs: ConfigObject[],
  workloads: ReturnType<typeof workload>[] = [],
): GatewayObjects {
  const ofKind = (kind: string) => configs.filter((object) => object.kind === kind);
  return {
    gateways: [defaultGateway, ...ofKind("Gateway")],
    virtualServices: ofKind("VirtualService"),
    requestAuthentications: ofKind("RequestAuthentication"),
    authorizationPolicies: ofKind("AuthorizationPolicy"),
    services: workloads.map(({ service }) => service),
    endpointSlices: workloads.map(({ slice }) => slice),
    pods: workloads.flatMap(({ pods }) => pods),
  };
}
