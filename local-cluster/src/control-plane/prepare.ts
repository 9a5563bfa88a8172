import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { kubeconfigIdentities } from "../certificates/identities.ts";
import { ensureCertificates, readPair } from "../certificates/store.ts";
import { kubernetesServiceIp } from "./arguments.ts";
import { auditPolicyText, egressSelectorText, kubeconfigText } from "./configuration.ts";
import { kubeconfigPath, type Layout } from "./layout.ts";

/** Makes the folders, certificates and configuration files that the processes of the control plane read. */
export async function prepareControlPlane(layout: Layout): Promise<void> {
  for (const dir of [layout.dataDir, layout.pki, layout.etcd, layout.logs, layout.run, layout.node]) {
    await mkdir(dir, { recursive: true, mode: 0o700 });
  }
  await Promise.all([
    ensureCertificates(layout.pki, kubernetesServiceIp),
    writeFile(layout.egressSelector, egressSelectorText(layout.egressSocket)),
    writeFile(layout.auditPolicy, auditPolicyText()),
  ]);
}

/** Writes the kubeconfig of every identity except the person's, which appears when the API server is ready. */
export async function writeComponentKubeconfigs(layout: Layout, apiserverPort: number): Promise<void> {
  const others = kubeconfigIdentities.filter((identity) => identity !== "admin");
  await Promise.all(others.map((identity) => writeKubeconfig(layout, identity, apiserverPort)));
}

/** Writes one kubeconfig; readers see the old file or the new one, never half of it. */
export async function writeKubeconfig(
  layout: Layout,
  identity: (typeof kubeconfigIdentities)[number],
  apiserverPort: number,
): Promise<void> {
  const [authority, pair] = await Promise.all([readPair(layout.pki, "ca"), readPair(layout.pki, identity)]);
  if (!authority || !pair)
    throw new Error(`The certificate of ${identity} is missing in ${join(layout.pki)}.`);
  const server = `https://127.0.0.1:${apiserverPort}`;
  const file = kubeconfigPath(layout, identity);
  await writeFile(`${file}.new`, kubeconfigText(server, authority.certificate, identity, pair), {
    mode: 0o600,
  });
  await rename(`${file}.new`, file);
}
