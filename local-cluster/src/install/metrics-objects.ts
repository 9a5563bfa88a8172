import type { KubeObject } from "@kyma/kube/objects.ts";

const place = { name: "node-metrics", namespace: "kube-system" };
/** The first address of the pod network: no pod has it, and the node agent listens behind it. */
const address = "10.244.0.1";
const groups = [
  ["metrics.k8s.io", "v1beta1"],
  ["history.metrics.kyma-project.io", "v1"],
] as const;

/** What makes the API server serve the node agent's metrics: a Service with an endpoint of its own, and an APIService for each group. */
export function metricsObjects(port: number, authority: Buffer): KubeObject[] {
  const service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: place,
    spec: { ports: [{ name: "https", port: 443, targetPort: port, protocol: "TCP" }] },
  };
  const slice = {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { ...place, labels: { "kubernetes.io/service-name": place.name } },
    addressType: "IPv4",
    ports: [{ name: "https", port, protocol: "TCP" }],
    endpoints: [{ addresses: [address], conditions: { ready: true } }],
  };
  const apis = groups.map(([group, version]) => ({
    apiVersion: "apiregistration.k8s.io/v1",
    kind: "APIService",
    metadata: { name: `${version}.${group}` },
    spec: {
      group,
      version,
      groupPriorityMinimum: 100,
      versionPriority: 100,
      service: { ...place, port: 443 },
      caBundle: authority.toString("base64"),
    },
  }));
  return [service, slice, ...apis];
}
