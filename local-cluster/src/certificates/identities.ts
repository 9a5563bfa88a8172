import type { Subject } from "./authority.ts";

/**
 * The authorities of a local cluster. etcd and the kubelet API have authorities of their own for their clients, so that nobody who
 * may talk to the API server can pass it by.
 */
export const authorities = ["ca", "etcd-ca", "kubelet-client-ca", "front-proxy-ca"] as const;
export type AuthorityName = (typeof authorities)[number];

/** The Service of the node's metrics, as the API server addresses it. */
export const metricsHost = "node-metrics.kube-system.svc";

/** The Service of the dispatcher's API, as the API server addresses it. */
const dispatcherHost = "event-dispatcher.kyma-system.svc";

const loopback = ["localhost", "127.0.0.1"];

/** Every certificate of a local cluster by file name: who signs it and what it says. `serviceIp` is that of `kubernetes.default`. */
export function certificateSubjects(
  serviceIp: string,
): Record<string, Subject & { authority: AuthorityName }> {
  return {
    apiserver: {
      authority: "ca",
      name: "kube-apiserver",
      usages: ["server"],
      addresses: [
        ...loopback,
        serviceIp,
        ...["", ".svc", ".svc.cluster.local"].map((end) => `kubernetes.default${end}`),
      ],
    },
    "control-plane": server("control-plane", ...loopback),
    kubelet: server("system:node:local", ...loopback, "local"),
    "node-metrics": server("node-metrics", metricsHost),
    "event-dispatcher": server("event-dispatcher", dispatcherHost),
    "apiserver-kubelet-client": {
      authority: "kubelet-client-ca",
      name: "kube-apiserver-kubelet-client",
      usages: ["client"],
    },
    "front-proxy-client": { authority: "front-proxy-ca", name: "front-proxy-client", usages: ["client"] },
    etcd: { authority: "etcd-ca", name: "etcd", usages: ["server", "client"], addresses: loopback },
    "etcd-client": { authority: "etcd-ca", name: "kube-apiserver", usages: ["client"] },
    admin: client("admin", "system:masters"),
    "controller-manager": client("system:kube-controller-manager"),
    scheduler: client("system:kube-scheduler"),
    node: client("system:node:local", "system:nodes"),
    gateway: client("kyma:gateway"),
    controllers: client("kyma:controllers"),
  };
}

/** The identities that get a kubeconfig of their own, named as their certificates. */
export const kubeconfigIdentities = [
  "admin",
  "controller-manager",
  "scheduler",
  "node",
  "gateway",
  "controllers",
] as const;
export type KubeconfigIdentity = (typeof kubeconfigIdentities)[number];

function client(name: string, ...organizations: string[]): Subject & { authority: AuthorityName } {
  return { authority: "ca", name, organizations, usages: ["client"] };
}

function server(name: string, ...addresses: string[]): Subject & { authority: AuthorityName } {
  return { authority: "ca", name, usages: ["server"], addresses };
}
