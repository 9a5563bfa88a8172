import type { KubeObject } from "@kyma/kube/objects.ts";

/** What a Node object says of this machine. */
export interface NodeFacts {
  name: string;
  kubeletPort: number;
  cpus: number;
  memoryBytes: number;
  diskBytes: number;
  maxPods: number;
  kernel: string;
  osImage: string;
  architecture: string;
  machineId: string;
  bootId: string;
}

export const kubeletVersion = "v1.36.3";

/** The Node as it is registered, without its status. */
export function nodeObject(facts: NodeFacts): KubeObject & { spec: object } {
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: facts.name, labels: nodeLabels(facts.name, facts.architecture) },
    spec: {},
  };
}

/** The labels that a node gets when it is registered; the architecture as Node names it. */
export function nodeLabels(name: string, nodeArchitecture: string): Record<string, string> {
  const architecture = goArchitecture(nodeArchitecture);
  return {
    "kubernetes.io/hostname": name,
    "kubernetes.io/os": "linux",
    "kubernetes.io/arch": architecture,
    "beta.kubernetes.io/os": "linux",
    "beta.kubernetes.io/arch": architecture,
  };
}

/** The Node's status; `now` and `since` (last change of readiness) as RFC 3339. */
export function nodeStatus(facts: NodeFacts, times: { now: string; since: string }) {
  const resources = {
    cpu: String(facts.cpus),
    memory: `${Math.floor(facts.memoryBytes / 1024)}Ki`,
    "ephemeral-storage": `${Math.floor(facts.diskBytes / 1024)}Ki`,
    pods: String(facts.maxPods),
  };
  return {
    capacity: resources,
    allocatable: resources,
    conditions: conditions(times),
    addresses: [
      { type: "InternalIP", address: "127.0.0.1" },
      { type: "Hostname", address: facts.name },
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: facts.kubeletPort } },
    nodeInfo: {
      machineID: facts.machineId,
      systemUUID: facts.machineId,
      bootID: facts.bootId,
      kernelVersion: facts.kernel,
      osImage: facts.osImage,
      containerRuntimeVersion: "local://1",
      kubeletVersion,
      kubeProxyVersion: "",
      operatingSystem: "linux",
      architecture: goArchitecture(facts.architecture),
    },
  };
}

function conditions({ now, since }: { now: string; since: string }) {
  const times = { lastHeartbeatTime: now, lastTransitionTime: since };
  const fine = (type: string, reason: string, message: string) => ({
    type,
    status: "False",
    reason,
    message,
    ...times,
  });
  return [
    fine("MemoryPressure", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
    fine("DiskPressure", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
    fine("PIDPressure", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
    {
      type: "Ready",
      status: "True",
      reason: "KubeletReady",
      message: "the local node agent runs pods as processes",
      ...times,
    },
  ];
}

/** Node's name of the architecture as Kubernetes writes it. */
export function goArchitecture(architecture: string): string {
  return { x64: "amd64", ia32: "386" }[architecture] ?? architecture;
}

/** The Lease by which the node says that it lives. */
export function nodeLease(name: string, uid: string, seconds: number, renewTime: string) {
  return {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: {
      name,
      namespace: "kube-node-lease",
      ownerReferences: [{ apiVersion: "v1", kind: "Node", name, uid }],
    },
    spec: { holderIdentity: name, leaseDurationSeconds: seconds, renewTime },
  };
}
