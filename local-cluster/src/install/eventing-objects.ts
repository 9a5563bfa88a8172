import type { KubeObject } from "@kyma/kube/objects.ts";
import type { KeyPair } from "../certificates/authority.ts";

const group = "delivery.eventing.kyma-project.io";
const version = "v1alpha1";
const namespace = "kyma-system";

/**
 * What makes the API server serve the event dispatcher's API: the certificate that its pods mount, and the APIService. `authority`: PEM of
 * who signed the certificate. Pure.
 */
export function eventingObjects(serving: KeyPair, authority: Buffer): KubeObject[] {
  const encoded = (text: string): string => Buffer.from(text).toString("base64");
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "event-dispatcher-tls", namespace },
    type: "kubernetes.io/tls",
    data: { "tls.crt": encoded(serving.certificate), "tls.key": encoded(serving.privateKey) },
  };
  const api = {
    apiVersion: "apiregistration.k8s.io/v1",
    kind: "APIService",
    metadata: { name: `${version}.${group}` },
    spec: {
      group,
      version,
      groupPriorityMinimum: 100,
      versionPriority: 100,
      service: { name: "event-dispatcher", namespace, port: 443 },
      caBundle: authority.toString("base64"),
    },
  };
  return [secret, api];
}
