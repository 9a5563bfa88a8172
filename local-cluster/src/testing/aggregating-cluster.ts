import type { KubeClient } from "@kyma/kube/client.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readPair } from "../certificates/store.ts";
import { layoutOf } from "../control-plane/layout.ts";
import { eventingObjects } from "../install/eventing-objects.ts";
import { install } from "../install/install.ts";
import { readLocalManifest } from "../install/manifests.ts";
import { startEgressProxy } from "../node-agent/egress/proxy.ts";
import { testClient } from "./client.ts";
import { startControlPlane, type TestControlPlane } from "./control-plane.ts";

/** The first address is of the pod network, where the egress proxy dials the second one for the API server. */
const podAddress = "10.244.0.9";
const listenAddress = "127.244.0.9";

/** A control plane whose API server can hand requests on to an event dispatcher's API in the test's own process. */
export interface AggregatingCluster {
  controlPlane: TestControlPlane;
  /** As cluster-admin. */
  client: KubeClient;
  /** Where the API has to listen. */
  listenAddress: string;
  /** The serving certificate that the API server expects. */
  tls: { certFile: string; keyFile: string };
  /** Of the front proxy, and of a cluster-admin: PEM. */
  clientPairs: Record<"front-proxy-client" | "admin", { cert: string; key: string }>;
  /** Makes Service and APIService of what listens on a port. */
  publish(port: number): Promise<void>;
  stop(): Promise<void>;
}

/** With rights and identities of eventing installed. */
export async function startAggregatingCluster(): Promise<AggregatingCluster> {
  const controlPlane = await startControlPlane({ egress: true });
  const layout = layoutOf(controlPlane.dataDir);
  const egress = await startEgressProxy(layout.egressSocket, 0);
  const client = testClient(controlPlane.kubeconfig);
  const file = (name: string): string => join(layout.pki, name);
  const pair = async (name: string): Promise<{ cert: string; key: string }> => ({
    cert: await readFile(file(`${name}.crt`), "utf8"),
    key: await readFile(file(`${name}.key`), "utf8"),
  });
  await install(client, readLocalManifest("eventing-rights.yaml"));
  return {
    controlPlane,
    client,
    listenAddress,
    tls: { certFile: file("event-dispatcher.crt"), keyFile: file("event-dispatcher.key") },
    clientPairs: { "front-proxy-client": await pair("front-proxy-client"), admin: await pair("admin") },
    publish: async (port) => {
      const serving = await readPair(layout.pki, "event-dispatcher");
      if (!serving) throw new Error("the certificate of the event dispatcher is missing");
      const authority = await readFile(file("ca.crt"));
      await install(client, [...endpointObjects(port), ...eventingObjects(serving, authority)]);
    },
    stop: async () => {
      client.connection.close();
      await egress.close();
      await controlPlane.stop();
    },
  };
}

/** The dispatcher's Service, as if a pod of its stood behind it. */
function endpointObjects(port: number): KubeObject[] {
  const place = { name: "event-dispatcher", namespace: "kyma-system" };
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
    endpoints: [{ addresses: [podAddress], conditions: { ready: true } }],
  };
  return [service, slice];
}
