import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { install } from "../install/install.ts";
import { readLocalManifest } from "../install/manifests.ts";

/** Installs our CRDs and the namespaces that a real Kyma has, and waits until the CRDs can be used. */
export async function installTestContent(kubeconfig: string): Promise<void> {
  const connection = connect(loadKubeConfig(kubeconfig), { userAgent: "kyma-installer" });
  try {
    await install(new KubeClient(connection), readLocalManifest("namespaces.yaml"));
  } finally {
    connection.close();
  }
}
