import { newRecord } from "../containers/record.ts";
import type { NextStep, Records } from "../pods/next-step.ts";
import type { Container, Pod, PodStatus } from "../pods/pod.ts";
import { podConditions } from "./conditions.ts";
import { containerStatus, timeText } from "./container-status.ts";

/** What the agent knows of a pod beside its object. */
export interface PodFacts {
  podIp: string | undefined;
  hostIp: string;
  startTime: number;
  records: Records;
  step: Pick<NextStep, "initialized" | "outcome">;
  /** Every process has been told to end, and has. */
  stopped: boolean;
  /** Why the pod was failed as a whole, e.g. DeadlineExceeded. */
  failure?: { reason: string; message: string };
}

/** The whole status of a pod as a kubelet writes it; null removes a field that is there. */
export type WrittenStatus = { [Field in keyof PodStatus]: PodStatus[Field] | null };

/** Builds the status of a pod. Depends on nothing but its arguments. */
export function podStatus(pod: Pod, facts: PodFacts, now: number): WrittenStatus {
  const { initContainers = [], containers } = pod.spec;
  const record = (container: Container, isInit: boolean) =>
    facts.records.get(container.name) ?? newRecord(container.name, isInit, initContainers.length > 0);
  const inits = initContainers.map((container) => initStatus(container, record(container, true)));
  const mains = containers.map((container) => containerStatus(container, record(container, false)));
  const ephemeral = (pod.spec.ephemeralContainers ?? []).map((container) =>
    containerStatus(container, record(container, false)),
  );
  const phase = podPhase(pod, facts);
  const conditions = podConditions(
    pod,
    {
      phase,
      readyToStart: facts.podIp !== undefined && !facts.stopped,
      initialized: facts.step.initialized,
      incomplete: inits.filter((status) => !status.ready).map(({ name }) => name),
      unready: mains.filter((status) => !status.ready).map(({ name }) => name),
    },
    timeText(now),
  );
  return {
    ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
    phase,
    reason: facts.failure?.reason ?? null,
    message: facts.failure?.message ?? null,
    conditions,
    hostIP: facts.hostIp,
    hostIPs: [{ ip: facts.hostIp }],
    ...(facts.podIp ? { podIP: facts.podIp, podIPs: [{ ip: facts.podIp }] } : {}),
    startTime: timeText(facts.startTime),
    ...(inits.length > 0 ? { initContainerStatuses: inits } : {}),
    containerStatuses: mains,
    ...(ephemeral.length > 0 ? { ephemeralContainerStatuses: ephemeral } : {}),
  };
}

/** An init container is ready once it has succeeded. */
function initStatus(container: Container, record: ReturnType<typeof newRecord>) {
  const status = containerStatus(container, record);
  return { ...status, ready: record.phase === "ended" && record.exit?.exitCode === 0 };
}

function podPhase(pod: Pod, facts: PodFacts): string {
  if (facts.failure) return "Failed";
  if (facts.step.outcome) return facts.step.outcome;
  const mains = pod.spec.containers.flatMap(({ name }) => facts.records.get(name) ?? []);
  if (facts.stopped) {
    const failed = mains.some((record) => record.exit === undefined || record.exit.exitCode !== 0);
    return failed ? "Failed" : "Succeeded";
  }
  const allBegan = mains.length === pod.spec.containers.length && mains.every((record) => record.everStarted);
  return facts.step.initialized && allBegan ? "Running" : "Pending";
}
