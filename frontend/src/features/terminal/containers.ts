import type { KubeObject } from "#resources/kube-objects.ts";

/** A container of a pod that a terminal can be opened in. */
export interface TerminalContainer {
  name: string;
  isRunning: boolean;
  /** A debug container: one joins its own shell. */
  isDebug: boolean;
}

interface Status {
  name: string;
  state?: { running?: unknown };
}
interface PodFields {
  spec?: {
    containers?: { name: string }[];
    initContainers?: { name: string }[];
    ephemeralContainers?: { name: string }[];
  };
  status?: {
    containerStatuses?: Status[];
    initContainerStatuses?: Status[];
    ephemeralContainerStatuses?: Status[];
  };
}

/** The containers of a pod, the running ones first; those that have only prepared it are left out. Pure. */
export function terminalContainers(pod: KubeObject): TerminalContainer[] {
  const { spec = {}, status = {} } = pod as unknown as PodFields;
  const all = [
    ...(status.containerStatuses ?? []),
    ...(status.initContainerStatuses ?? []),
    ...(status.ephemeralContainerStatuses ?? []),
  ];
  const isRunning = (name: string) => all.find((one) => one.name === name)?.state?.running !== undefined;
  const entries = (named: { name: string }[] | undefined, isDebug: boolean) =>
    (named ?? []).map(({ name }) => ({ name, isRunning: isRunning(name), isDebug }));
  return [
    ...entries(spec.containers, false),
    ...entries(spec.initContainers, false).filter((container) => container.isRunning),
    ...entries(spec.ephemeralContainers, true),
  ].sort((a, b) => Number(b.isRunning) - Number(a.isRunning));
}

export const shells = [
  { key: "auto", label: "bash, or else sh", commands: [["bash"], ["sh"]] },
  { key: "bash", label: "bash", commands: [["bash"]] },
  { key: "sh", label: "sh", commands: [["sh"]] },
] as const;
