import { KubeClient } from "@kyma/kube/client.ts";
import { Connection, type KubeRequest, type KubeResponse } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";

/** A client that knows when it sent what: shows request storms. */
export class CountingConnection extends Connection {
  readonly sent: { at: number; path: string }[] = [];

  constructor(kubeconfig: string) {
    super(loadKubeConfig(kubeconfig), { userAgent: "kyma-test" });
  }

  override send(path: string, request?: KubeRequest): Promise<KubeResponse> {
    this.sent.push({ at: Date.now(), path });
    return super.send(path, request);
  }

  /** How many requests were sent from `from` on, in milliseconds since 1970. */
  countSince(from: number): number {
    return this.sent.filter(({ at }) => at >= from).length;
  }
}

/** A cluster-admin's client. Close its connection at the end. */
export function testClient(kubeconfig: string): KubeClient {
  return new KubeClient(new CountingConnection(kubeconfig));
}
