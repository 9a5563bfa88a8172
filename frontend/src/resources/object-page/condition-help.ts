/** What a condition is about, in plain English, and whether True is the bad answer. */
interface ConditionHelp {
  text: string;
  bad?: boolean;
}

const general: Record<string, ConditionHelp> = {
  Ready: { text: "It can do its work now." },
  Available: { text: "Enough of it is up to do its work." },
  Progressing: { text: "A rollout is under way or has come to its end; False: it got stuck." },
  ReplicaFailure: { text: "Pods cannot be created or deleted, e.g. because of a quota.", bad: true },
  PodScheduled: { text: "A node was found that the pod fits on." },
  PodReadyToStartContainers: { text: "The pod's sandbox and network are set up." },
  Initialized: { text: "All init containers have ended well." },
  ContainersReady: { text: "All containers answer their readiness probes." },
  DisruptionTarget: { text: "The pod is about to be ended, e.g. for a drain or preemption.", bad: true },
  MemoryPressure: { text: "The node is short of memory.", bad: true },
  DiskPressure: { text: "The node is short of disk space.", bad: true },
  PIDPressure: { text: "Too many processes run on the node.", bad: true },
  NetworkUnavailable: { text: "The node's network is not set up.", bad: true },
  Complete: { text: "The Job has ended well." },
  SuccessCriteriaMet: { text: "Enough pods have succeeded; the rest is being ended." },
  FailureTarget: { text: "The Job has failed; its pods are being ended.", bad: true },
  Failed: { text: "It has given up.", bad: true },
  Suspended: { text: "It is halted on purpose.", bad: true },
  AbleToScale: { text: "The autoscaler can read and set the number of replicas." },
  ScalingActive: { text: "The autoscaler gets the metrics that it scales by." },
  ScalingLimited: {
    text: "More or fewer replicas would be right, but the minimum or maximum forbids it.",
    bad: true,
  },
  DisruptionAllowed: { text: "At least one pod may be evicted now." },
  Established: { text: "The API server serves the kind." },
  NamesAccepted: { text: "No other kind uses the same names." },
  NonStructuralSchema: { text: "The schema breaks rules, so fields cannot be checked or pruned.", bad: true },
  Terminating: { text: "It is being deleted.", bad: true },
  NamespaceDeletionDiscoveryFailure: {
    text: "Not all kinds could be looked through for what to delete.",
    bad: true,
  },
  NamespaceDeletionContentFailure: { text: "Something in the namespace could not be deleted.", bad: true },
  NamespaceContentRemaining: { text: "Objects are still left in the namespace.", bad: true },
  NamespaceFinalizersRemaining: { text: "Objects in the namespace wait for a finalizer.", bad: true },
  FileSystemResizePending: {
    text: "The volume has grown; its file system grows when a pod mounts it.",
    bad: true,
  },
  Resizing: { text: "The volume is being resized.", bad: true },
  ConfigurationReady: { text: "The Function's settings are valid and its objects are made." },
  Running: { text: "The Function's pods serve requests." },
  LoadBalancerReady: { text: "The load balancer has an address." },
};

/** Undefined for conditions that are not well known. */
export function conditionHelp(type: string): string | undefined {
  return Object.hasOwn(general, type) ? general[type]?.text : undefined;
}

/** Whether what a condition says is good; undefined when it is not known. Pure. */
export function isGood(type: string, status: string): boolean | undefined {
  if (status !== "True" && status !== "False") return undefined;
  const bad =
    (Object.hasOwn(general, type) && general[type]?.bad) ||
    /(Pressure|Failure|Failed|Error|Degraded|Stalled)$/.test(type);
  return bad ? status === "False" : status === "True";
}
