import type { DrainPod, Eviction } from "#api/workloads.ts";

export type PodProgress = "waiting" | "refused" | "terminating" | "gone" | "failed";

export interface DrainedPod {
  namespace: string;
  name: string;
  uid: string;
  progress: PodProgress;
  /** The API server's sentence when it refused. */
  message: string | undefined;
  /** When (ms) it was last asked for; 0 never. */
  askedAt: number;
}

export type DrainEnd = "drained" | "cancelled" | "timed out" | "failed";

/** One run of a drain. All of it lives in this tab: the server keeps nothing. */
export interface Drain {
  node: string;
  /** ms */
  startedAt: number;
  /** ms; after this it gives up. Undefined: never. */
  deadline: number | undefined;
  pods: readonly DrainedPod[];
  end: DrainEnd | undefined;
  /** Why it failed. */
  problem: string | undefined;
}

/** Pods that a drain would evict. Pure. */
export function evictable(plan: readonly DrainPod[]): DrainPod[] {
  return plan.filter(({ skipped }) => skipped === null);
}

/** What the person has to agree to before it can start. Pure. */
export function questionsOf(plan: readonly DrainPod[]): { unmanaged: DrainPod[]; emptyDirs: DrainPod[] } {
  return {
    unmanaged: plan.filter(({ isUnmanaged }) => isUnmanaged),
    emptyDirs: plan.filter(({ emptyDirs }) => emptyDirs.length > 0),
  };
}

/** A drain that begins; without a timeout it never gives up. `now` in ms. Pure. */
export function startDrain(node: string, timeoutSeconds: number | undefined, now: number): Drain {
  const deadline = timeoutSeconds === undefined ? undefined : now + timeoutSeconds * 1000;
  return { node, startedAt: now, deadline, pods: [], end: undefined, problem: undefined };
}

/** The drain after the pods of the node were looked at: who is not there any more is gone, newcomers are taken in. Pure. */
export function afterLook(drain: Drain, plan: readonly DrainPod[], now: number): Drain {
  const there = new Map(evictable(plan).map((pod) => [pod.uid, pod]));
  const known = drain.pods.map((pod): DrainedPod => {
    const seen = there.get(pod.uid);
    if (!seen) return { ...pod, progress: "gone", message: undefined };
    if (seen.terminatingSince !== null) return { ...pod, progress: "terminating", message: undefined };
    return pod;
  });
  const uids = new Set(known.map(({ uid }) => uid));
  const fresh = [...there.values()].filter(({ uid }) => !uids.has(uid)).map(newPod);
  return ended({ ...drain, pods: [...known, ...fresh] }, now);
}

function newPod({ namespace, name, uid, terminatingSince }: DrainPod): DrainedPod {
  const progress = terminatingSince === null ? "waiting" : "terminating";
  return { namespace, name, uid, progress, message: undefined, askedAt: 0 };
}

function ended(drain: Drain, now: number): Drain {
  if (drain.end !== undefined) return drain;
  if (drain.pods.every(({ progress }) => progress === "gone")) return { ...drain, end: "drained" };
  if (drain.deadline !== undefined && now >= drain.deadline) return { ...drain, end: "timed out" };
  return drain;
}

/** kubectl asks again after 5 s when a budget refuses. */
const askAgainMs = 5000;
const mostAtOnce = 20;

/** The pods to ask for now: those not asked yet, and those refused a while ago. Pure. */
export function nextToEvict({ pods, end }: Drain, now: number): DrainedPod[] {
  if (end !== undefined) return [];
  return pods
    .filter(({ progress, askedAt }) => {
      if (progress === "waiting") return true;
      return (progress === "refused" || progress === "failed") && now - askedAt >= askAgainMs;
    })
    .slice(0, mostAtOnce);
}

/** The drain after the API server's answers. Pure. */
export function afterEvictions(drain: Drain, evictions: readonly Eviction[], now: number): Drain {
  const byUid = new Map(evictions.map((eviction) => [eviction.uid, eviction]));
  const pods = drain.pods.map((pod): DrainedPod => {
    const eviction = byUid.get(pod.uid);
    if (!eviction) return pod;
    const progress = progressOf[eviction.outcome];
    const refused = progress === "refused" || progress === "failed";
    return { ...pod, progress, message: refused ? eviction.message : undefined, askedAt: now };
  });
  return ended({ ...drain, pods }, now);
}

const progressOf: Record<Eviction["outcome"], PodProgress> = {
  EVICTED: "terminating",
  REFUSED: "refused",
  GONE: "gone",
  FAILED: "failed",
};

/** "3 of 5 pods are gone, 1 refused" Pure. */
export function drainSentence({ pods, end, node, problem }: Drain): string {
  const count = (progress: PodProgress): number => pods.filter((pod) => pod.progress === progress).length;
  const gone = `${count("gone")} of ${pods.length} pods are gone`;
  if (end === "drained")
    return pods.length === 0
      ? `Node "${node}" is drained: no pod had to go.`
      : `Node "${node}" is drained: ${gone}.`;
  const held = count("refused");
  const rest = held > 0 ? `${gone}; a PodDisruptionBudget holds back ${held}` : gone;
  if (end === "cancelled") return `The drain was cancelled: ${rest}. The node stays cordoned.`;
  if (end === "timed out") return `The drain ran out of time: ${rest}. The node stays cordoned.`;
  if (end === "failed")
    return `The drain failed: ${problem ?? "no reason is known"} ${gone}. The node stays cordoned.`;
  return `${rest}.`;
}
