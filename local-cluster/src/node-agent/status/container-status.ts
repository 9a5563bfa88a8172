import { type ContainerExit, type ContainerRecord, isShownWaiting } from "../containers/record.ts";
import type { Container, ContainerState, ContainerStatus, TerminatedState } from "../pods/pod.ts";

/** RFC 3339 in whole seconds, as every time in a status. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}

/** The status of one container, as a kubelet writes it. */
export function containerStatus(container: Container, record: ContainerRecord): ContainerStatus {
  return {
    name: container.name,
    image: container.image,
    imageID: record.imageId,
    ...(record.containerId ? { containerID: record.containerId } : {}),
    ready: record.phase === "running" && record.ready,
    started: record.phase === "running" && record.started,
    restartCount: record.restartCount,
    state: stateOf(record),
    lastState: lastStateOf(record),
  };
}

function stateOf(record: ContainerRecord): ContainerState {
  if (record.phase === "running") return { running: { startedAt: timeText(record.startedAt ?? 0) } };
  return record.exit && !isShownWaiting(record)
    ? { terminated: terminated(record.exit) }
    : { waiting: record.waiting };
}

function lastStateOf(record: ContainerRecord): ContainerState {
  const shown = isShownWaiting(record) ? (record.exit ?? record.lastExit) : record.lastExit;
  return shown ? { terminated: terminated(shown) } : {};
}

function terminated(exit: ContainerExit): TerminatedState {
  return {
    exitCode: exit.exitCode,
    ...(exit.signal ? { signal: exit.signal } : {}),
    reason: exit.reason,
    ...(exit.message ? { message: exit.message } : {}),
    startedAt: timeText(exit.startedAt),
    finishedAt: timeText(exit.finishedAt),
    containerID: exit.containerId,
  };
}
