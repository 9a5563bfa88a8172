import type { KubeClient } from "@kyma/kube/client.ts";
import type { KubeObject, ObjectKey } from "@kyma/kube/objects.ts";
import { serviceAccounts } from "@kyma/kube/resource-types.ts";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Makes the folder that a kubelet mounts into a pod of this ServiceAccount, for SERVICE_ACCOUNT_DIR; to be removed by the caller. */
export async function mountAccount(client: KubeClient, account: ObjectKey): Promise<string> {
  const request = {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    metadata: account,
    spec: {},
  };
  const { status } = await client.create<KubeObject & { status: { token: string } }>(
    serviceAccounts,
    request,
    { subresource: "token" },
  );
  const directory = await mkdtemp(join(tmpdir(), "kyma-test-account-"));
  const ca = client.connection.access.tls.ca ?? "";
  const files = { token: status.token, "ca.crt": ca, namespace: account.namespace ?? "" };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(directory, name), text)));
  return directory;
}
