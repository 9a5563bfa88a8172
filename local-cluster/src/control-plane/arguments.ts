import { join } from "node:path";
import { kubeconfigPath, type Layout } from "./layout.ts";

/** Loopback ports of the control plane. */
export interface ControlPlanePorts {
  etcd: number;
  etcdPeer: number;
  apiserver: number;
  controllerManager: number;
  scheduler: number;
}

/** What may differ between starts. */
export interface ControlPlaneOptions {
  /** Audit log of all writes, as JSON lines. */
  auditLog?: string;
  /** Without it the API server dials pods directly, which finds nothing: pod addresses exist only behind the node agent. */
  egress?: boolean;
  /** Gives up durability for speed: for tests only. */
  unsafeNoFsync?: boolean;
  extraApiserverArguments?: readonly string[];
  extraControllerManagerArguments?: readonly string[];
}

export const serviceAddressRange = "10.96.0.0/16";
export const kubernetesServiceIp = "10.96.0.1";

/** etcd for one member. Clients and peers need a certificate of its own authority: a local Function could dial the port. */
export function etcdArguments(
  layout: Layout,
  ports: ControlPlanePorts,
  options: ControlPlaneOptions = {},
): string[] {
  const pki = (file: string): string => join(layout.pki, file);
  const client = `https://127.0.0.1:${ports.etcd}`;
  const peer = `https://127.0.0.1:${ports.etcdPeer}`;
  return [
    "--name=local",
    `--data-dir=${layout.etcd}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=local=${peer}`,
    ...["", "peer-"].flatMap((prefix) => [
      `--${prefix}client-cert-auth=true`,
      `--${prefix}trusted-ca-file=${pki("etcd-ca.crt")}`,
      `--${prefix}cert-file=${pki("etcd.crt")}`,
      `--${prefix}key-file=${pki("etcd.key")}`,
    ]),
    "--log-level=warn",
    ...(options.unsafeNoFsync ? ["--unsafe-no-fsync"] : []),
  ];
}

/** kube-apiserver on loopback, with RBAC and without anonymous access. */
export function apiserverArguments(
  layout: Layout,
  ports: ControlPlanePorts,
  options: ControlPlaneOptions = {},
): string[] {
  const pki = (file: string): string => join(layout.pki, file);
  return [
    "--bind-address=127.0.0.1",
    "--advertise-address=127.0.0.1",
    `--secure-port=${ports.apiserver}`,
    // Endpoints refuse loopback addresses, so `default/kubernetes` keeps none.
    "--endpoint-reconciler-type=none",
    `--service-cluster-ip-range=${serviceAddressRange}`,
    `--etcd-servers=https://127.0.0.1:${ports.etcd}`,
    `--etcd-cafile=${pki("etcd-ca.crt")}`,
    `--etcd-certfile=${pki("etcd-client.crt")}`,
    `--etcd-keyfile=${pki("etcd-client.key")}`,
    `--tls-cert-file=${pki("apiserver.crt")}`,
    `--tls-private-key-file=${pki("apiserver.key")}`,
    `--client-ca-file=${pki("ca.crt")}`,
    "--anonymous-auth=false",
    "--authorization-mode=Node,RBAC",
    "--enable-admission-plugins=NodeRestriction",
    ...serviceAccountArguments(pki),
    `--kubelet-certificate-authority=${pki("ca.crt")}`,
    `--kubelet-client-certificate=${pki("apiserver-kubelet-client.crt")}`,
    `--kubelet-client-key=${pki("apiserver-kubelet-client.key")}`,
    "--kubelet-preferred-address-types=InternalIP",
    ...frontProxyArguments(pki),
    // Service addresses exist nowhere here: what extends the API is dialled at its endpoint.
    "--enable-aggregator-routing=true",
    ...(options.egress ? [`--egress-selector-config-file=${layout.egressSelector}`] : []),
    ...(options.auditLog ? auditArguments(layout, options.auditLog) : []),
    "--profiling=false",
    ...(options.extraApiserverArguments ?? []),
  ];
}

// Not the controllers of clouds, disks and node certificates: there are none here, and each costs memory.
const leftOutControllers = [
  "bootstrap-signer-controller",
  "certificatesigningrequest-approving-controller",
  "certificatesigningrequest-cleaner-controller",
  "certificatesigningrequest-signing-controller",
  "ephemeral-volume-controller",
  "node-ipam-controller",
  "node-route-controller",
  "persistentvolume-attach-detach-controller",
  "persistentvolume-binder-controller",
  "persistentvolume-expander-controller",
  "persistentvolume-protection-controller",
  "persistentvolumeclaim-protection-controller",
  "cloud-node-lifecycle-controller",
  "service-lb-controller",
  "token-cleaner-controller",
  "ttl-controller",
];

/** kube-controller-manager; each controller acts as a ServiceAccount of its own. */
export function controllerManagerArguments(
  layout: Layout,
  ports: ControlPlanePorts,
  options: ControlPlaneOptions = {},
): string[] {
  const kubeconfig = kubeconfigPath(layout, "controller-manager");
  return [
    ...sharedArguments(layout, kubeconfig, ports.controllerManager),
    `--controllers=${["*", ...leftOutControllers.map((name) => `-${name}`)].join(",")}`,
    "--use-service-account-credentials=true",
    `--service-account-private-key-file=${join(layout.pki, "service-account.key")}`,
    `--root-ca-file=${join(layout.pki, "ca.crt")}`,
    "--kube-api-qps=200",
    "--kube-api-burst=400",
    ...(options.extraControllerManagerArguments ?? []),
  ];
}

/** kube-scheduler. */
export function schedulerArguments(layout: Layout, ports: ControlPlanePorts): string[] {
  return [
    ...sharedArguments(layout, kubeconfigPath(layout, "scheduler"), ports.scheduler),
    "--kube-api-qps=200",
    "--kube-api-burst=400",
  ];
}

function sharedArguments(layout: Layout, kubeconfig: string, port: number): string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${port}`,
    `--tls-cert-file=${join(layout.pki, "control-plane.crt")}`,
    `--tls-private-key-file=${join(layout.pki, "control-plane.key")}`,
    "--leader-elect=false",
    "--profiling=false",
  ];
}

function serviceAccountArguments(pki: (file: string) => string): string[] {
  return [
    "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
    `--service-account-key-file=${pki("service-account.pub")}`,
    `--service-account-signing-key-file=${pki("service-account.key")}`,
  ];
}

function frontProxyArguments(pki: (file: string) => string): string[] {
  return [
    `--requestheader-client-ca-file=${pki("front-proxy-ca.crt")}`,
    "--requestheader-allowed-names=front-proxy-client",
    "--requestheader-username-headers=X-Remote-User",
    "--requestheader-group-headers=X-Remote-Group",
    "--requestheader-extra-headers-prefix=X-Remote-Extra-",
    `--proxy-client-cert-file=${pki("front-proxy-client.crt")}`,
    `--proxy-client-key-file=${pki("front-proxy-client.key")}`,
  ];
}

function auditArguments(layout: Layout, log: string): string[] {
  return [
    `--audit-policy-file=${layout.auditPolicy}`,
    `--audit-log-path=${log}`,
    "--audit-log-maxsize=50",
    "--audit-log-maxbackup=2",
  ];
}
