import { join } from "node:path";
import type { KubeconfigIdentity } from "../certificates/identities.ts";

/** Where a local cluster keeps what, below its data directory. */
export interface Layout {
  dataDir: string;
  pki: string;
  etcd: string;
  nats: string;
  natsPasswords: string;
  /** How the controllers reach NATS. */
  controllersNats: string;
  logs: string;
  run: string;
  node: string;
  /** The kubeconfig of the person: cluster-admin. */
  kubeconfig: string;
  consoleUrl: string;
  egressSelector: string;
  egressSocket: string;
  auditPolicy: string;
  components: string;
  ports: string;
  processes: string;
}

/** The layout of a data directory (absolute path). */
export function layoutOf(dataDir: string): Layout {
  const run = join(dataDir, "run");
  return {
    dataDir,
    run,
    pki: join(dataDir, "pki"),
    etcd: join(dataDir, "etcd"),
    nats: join(dataDir, "nats"),
    natsPasswords: join(dataDir, "pki", "nats-passwords.json"),
    controllersNats: join(dataDir, "pki", "controllers-nats.json"),
    logs: join(dataDir, "logs"),
    node: join(dataDir, "node"),
    kubeconfig: join(dataDir, "kubeconfig"),
    consoleUrl: join(dataDir, "console-url"),
    egressSelector: join(run, "egress-selector.json"),
    egressSocket: join(run, "egress.sock"),
    auditPolicy: join(run, "audit-policy.json"),
    components: join(run, "components.json"),
    ports: join(run, "ports.json"),
    processes: join(run, "processes.json"),
  };
}

/** The kubeconfig of one identity; the person's own one lies at the top, the others with the keys. */
export function kubeconfigPath(layout: Layout, identity: KubeconfigIdentity): string {
  return identity === "admin" ? layout.kubeconfig : join(layout.pki, `${identity}.kubeconfig`);
}
