import type { KeyPair } from "../certificates/authority.ts";

/** A kubeconfig (JSON is YAML) with everything embedded, so that the file can be copied elsewhere. */
export function kubeconfigText(server: string, authority: string, user: string, pair: KeyPair): string {
  const name = "kyma-local";
  const document = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    clusters: [{ name, cluster: { server, "certificate-authority-data": base64(authority) } }],
    contexts: [{ name, context: { cluster: name, user, namespace: "default" } }],
    users: [
      {
        name: user,
        user: {
          "client-certificate-data": base64(pair.certificate),
          "client-key-data": base64(pair.privateKey),
        },
      },
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** Sends what the API server dials in the cluster (pods, services, webhooks) through the node agent's proxy. */
export function egressSelectorText(socket: string): string {
  return JSON.stringify({
    apiVersion: "apiserver.k8s.io/v1beta1",
    kind: "EgressSelectorConfiguration",
    egressSelections: [
      {
        name: "cluster",
        connection: { proxyProtocol: "HTTPConnect", transport: { uds: { udsName: socket } } },
      },
    ],
  });
}

/** Records who changed what, without the content; reads are left out. */
export function auditPolicyText(): string {
  return JSON.stringify({
    apiVersion: "audit.k8s.io/v1",
    kind: "Policy",
    omitStages: ["RequestReceived"],
    rules: [{ level: "None", verbs: ["get", "list", "watch"] }, { level: "Metadata" }],
  });
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
