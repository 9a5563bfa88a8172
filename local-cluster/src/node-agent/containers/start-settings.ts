import { posix } from "node:path";
import { ContainerConfigError } from "../environment/environment.ts";
import type { Image } from "../images/image.ts";
import type { Container, Pod } from "../pods/pod.ts";
import { parseQuantity } from "@kyma/kube/quantity.ts";

/** Who runs the process. */
export interface RunAs {
  uid: number;
  gid: number;
  groups: number[];
}

/** The user of a container: what it says, what the pod says, what the image says. Throws where the pod forbids root and it would be root. */
export function runAs(pod: Pod, container: Container, image: Image): RunAs {
  const own = container.securityContext ?? {};
  const ofPod = pod.spec.securityContext ?? {};
  const uid = own.runAsUser ?? ofPod.runAsUser ?? image.user;
  if (uid === 0 && (own.runAsNonRoot ?? ofPod.runAsNonRoot)) {
    throw new ContainerConfigError(
      `container "${container.name}" has runAsNonRoot and would run as root: set runAsUser`,
    );
  }
  const gid = own.runAsGroup ?? ofPod.runAsGroup ?? uid;
  return { uid, gid, groups: ofPod.fsGroup === undefined ? [] : [ofPod.fsGroup] };
}

/** Bytes that the container may use; undefined for no limit. */
export function memoryLimit(container: Container): number | undefined {
  const bytes = parseQuantity(container.resources?.limits?.["memory"]);
  return bytes && bytes > 0 ? bytes : undefined;
}

/** What of the cluster a process on this node can reach. */
export interface ClusterAddresses {
  /** In-cluster proxy of the gateway; empty for none. */
  proxyUrl: string;
  /** Address of the API server. */
  apiServer: string;
}

/** What every container gets beside its own env. As a kubelet does, it names the API server. */
export function nodeEnvironment(pod: Pod, { proxyUrl, apiServer }: ClusterAddresses): Record<string, string> {
  const local = "localhost,127.0.0.1";
  const { hostname, port } = new URL(apiServer);
  return {
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    HOSTNAME: pod.spec.hostname ?? pod.metadata.name,
    HOME: "/tmp",
    KUBERNETES_SERVICE_HOST: hostname,
    KUBERNETES_SERVICE_PORT: port || "443",
    ...(proxyUrl
      ? {
          HTTP_PROXY: proxyUrl,
          http_proxy: proxyUrl,
          NODE_USE_ENV_PROXY: "1",
          NO_PROXY: local,
          no_proxy: local,
        }
      : {}),
  };
}

/** Features of a container that this node does not have; the sentence names the first. */
export function refuseUnknown(
  pod: Pod,
  container: Container,
  isInit: boolean,
  isKnownProbe: (probe: object) => boolean,
): void {
  const refuse = (what: string): never => {
    throw new ContainerConfigError(`container "${container.name}": the local node does not offer ${what}`);
  };
  if (isInit && container.restartPolicy === "Always")
    refuse("sidecar containers (restartPolicy: Always on an init container)");
  if (pod.spec.hostNetwork) refuse("hostNetwork");
  const probes = [container.startupProbe, container.readinessProbe, container.livenessProbe];
  if (probes.some((probe) => probe && !isKnownProbe(probe)))
    refuse("exec and gRPC probes: use httpGet or tcpSocket");
}

/**
 * Translates paths of the container into paths of this machine, where there is no mount namespace to do it.
 * `places` maps what is mounted to where it really is; the longest match wins, anything else stays.
 */
export function pathTranslator(places: Record<string, string>): (path: string) => string {
  const byLength = Object.entries(places)
    .map(([path, place]) => [posix.resolve("/", path), place] as const)
    .sort(([a], [b]) => b.length - a.length);
  return (path) => {
    const found = byLength.find(([mounted]) => path === mounted || path.startsWith(`${mounted}/`));
    return found ? found[1] + path.slice(found[0].length) : path;
  };
}
