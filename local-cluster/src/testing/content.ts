import { execFile } from "node:child_process";
import { access, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { resolveTools } from "../tools/resolve.ts";

const run = promisify(execFile);
const crdManifests = join(import.meta.dirname, "../../../crds/manifests");

/** Installs our CRDs and the namespaces that a real Kyma has, and waits until the CRDs can be used. */
export async function installTestContent(kubeconfig: string): Promise<void> {
  const { kubectl } = await resolveTools();
  const namespaces = join(dirname(kubeconfig), "namespaces.json");
  await writeFile(
    namespaces,
    JSON.stringify({ apiVersion: "v1", kind: "List", items: ["kyma-system", "istio-system"].map(namespace) }),
  );
  const call = (...args: string[]) => run(kubectl, ["--kubeconfig", kubeconfig, ...args]);
  await call("apply", "--server-side", "-f", namespaces);
  const hasCrds = await access(crdManifests).then(
    () => true,
    () => false,
  );
  if (!hasCrds) return;
  await call("apply", "--server-side", "-f", crdManifests);
  await call("wait", "--for=condition=Established", "--timeout=30s", "-f", crdManifests);
}

function namespace(name: string): object {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}
