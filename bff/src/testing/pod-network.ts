import type { KubeClient } from "@kyma/kube/client.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { pods, services } from "@kyma/kube/resource-types.ts";
import { rm } from "node:fs/promises";
import * as http from "node:http";
import * as net from "node:net";

/** What the node agent does for the API server: CONNECT to 10.244.a.b ends at 127.244.a.b. Close it after the test. */
export async function startEgress(socketFile: string): Promise<net.Server> {
  await rm(socketFile, { force: true });
  const server = http.createServer();
  server.on("connect", (request: http.IncomingMessage, client: net.Socket) => {
    const [host = "", port = ""] = (request.url ?? "").split(":");
    const upstream = net.connect(Number(port), host.replace(/^10\.244\./, "127.244."), () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on("error", () => client.destroy());
    client.on("error", () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(socketFile, () => resolve()));
  return server;
}

/**
 * A Service of port 80 that leads to this address; what listens on 127.244.… answers for it. Its Endpoints are written by hand, as there is
 * no node for its pod; the controller manager mirrors them into an EndpointSlice, which the gateway reads.
 */
export async function createService(
  kube: KubeClient,
  { namespace, name, address }: { namespace: string; name: string; address: string },
): Promise<void> {
  const metadata = { namespace, name };
  const spec = { ports: [{ name: "http", port: 80, targetPort: 8080 }] };
  await kube.create(services, { apiVersion: "v1", kind: "Service", metadata, spec } as KubeObject);
  const containers = [{ name: "function", image: "kyma.local/test:1" }];
  await kube.create(pods, { apiVersion: "v1", kind: "Pod", metadata, spec: { containers } } as KubeObject);
  const status = { phase: "Running", podIP: address, podIPs: [{ ip: address }] };
  await kube.patchStatus(pods, metadata, status, { manager: "kubelet" });
  // The API server's proxy dials only addresses that belong to a pod.
  const targetRef = { kind: "Pod", namespace, name };
  const subsets = [{ addresses: [{ ip: address, targetRef }], ports: [{ name: "http", port: 8080 }] }];
  await kube.create(endpoints, { apiVersion: "v1", kind: "Endpoints", metadata, subsets } as KubeObject);
}

const endpoints = { group: "", version: "v1", plural: "endpoints", kind: "Endpoints", namespaced: true };
