import type { KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import { functions } from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import type { KubeObject, ObjectKey } from "@kyma/kube/objects.ts";
import { pods } from "@kyma/kube/resource-types.ts";
import { LogLines } from "../resources/log-lines.ts";
import { functionNameLabel } from "./labels.ts";

export interface Diagnosis {
  cause: string;
  pod: string | null;
  container: string | null;
  lines: string[];
}

interface Ended {
  exitCode: number;
  signal?: number;
  reason?: string;
  message?: string;
}

interface ContainerStatus {
  name: string;
  ready?: boolean;
  restartCount?: number;
  state?: { waiting?: { reason?: string; message?: string }; terminated?: Ended; running?: unknown };
  lastState?: { terminated?: Ended };
}

export interface Pod extends KubeObject {
  status?: {
    phase?: string;
    reason?: string;
    message?: string;
    conditions?: { type: string; status: string; reason?: string; message?: string }[];
    initContainerStatuses?: ContainerStatus[];
    containerStatuses?: ContainerStatus[];
  };
}

/** What is wrong, and whose log tells more. */
export interface Finding {
  cause: string;
  pod?: string;
  container?: string;
  /** The container has been started anew since: its last words are in the log before. */
  previous?: boolean;
}

const lastLines = 20;

/** Why a Function does not run, with the last log lines of the newest pod that fails; null when nothing is wrong. */
export async function diagnoseFunction(kube: KubeClient, key: ObjectKey): Promise<Diagnosis | null> {
  const fn = await kube.get<KymaFunction>(functions, key);
  const { items } = await kube.list<Pod>(pods, {
    namespace: key.namespace,
    labelSelector: `${functionNameLabel}=${key.name}`,
  });
  const finding = findCause(fn, items);
  if (!finding) return null;
  const { cause, pod, container, previous = false } = finding;
  const lines =
    pod && container ? await readLastLines(kube, { ...key, name: pod }, { container, previous }) : [];
  return { cause, pod: pod ?? null, container: container ?? null, lines };
}

/** A spec that was refused comes first: no pod was made from it. */
export function findCause(fn: KymaFunction, found: Pod[]): Finding | undefined {
  const conditions = fn.status?.conditions ?? [];
  const refused = conditions.find(({ type, status }) => type === "ConfigurationReady" && status === "False");
  if (refused) return { cause: refused.message };
  const newestFirst = found
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .toSorted((a, b) =>
      (b.metadata.creationTimestamp ?? "").localeCompare(a.metadata.creationTimestamp ?? ""),
    );
  const trouble = newestFirst.flatMap((pod) => podTrouble(pod) ?? []).at(0);
  const running = conditions.find(({ type }) => type === "Running");
  // The controller has read what the container left behind; its sentence is the better one.
  const told = running?.status === "False" && running.message ? running.message : undefined;
  if (trouble) return told ? { ...trouble, cause: told } : trouble;
  return told ? { cause: told } : undefined;
}

function podTrouble(pod: Pod): Finding | undefined {
  const { name } = pod.metadata;
  const status = pod.status ?? {};
  for (const container of [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]) {
    const trouble = containerTrouble(container);
    if (trouble) return { ...trouble, pod: name, container: container.name };
  }
  const unscheduled = status.conditions?.find((one) => one.type === "PodScheduled" && one.status === "False");
  if (unscheduled)
    return { cause: `No node takes the pod: ${unscheduled.message ?? unscheduled.reason ?? ""}`, pod: name };
  if (status.phase !== "Failed") return undefined;
  return { cause: `The pod failed: ${status.message ?? status.reason ?? "no reason given"}`, pod: name };
}

const harmlessWaits = new Set(["ContainerCreating", "PodInitializing"]);

function containerTrouble(container: ContainerStatus): Omit<Finding, "pod"> | undefined {
  const { waiting, terminated } = container.state ?? {};
  if (terminated && terminated.exitCode !== 0)
    return { cause: endText(container.name, terminated), previous: false };
  const last = container.lastState?.terminated;
  if (last && last.exitCode !== 0 && !container.ready)
    return { cause: endText(container.name, last), previous: true };
  if (!waiting?.reason || harmlessWaits.has(waiting.reason)) return undefined;
  return {
    cause: `Container "${container.name}" cannot start (${waiting.reason}): ${waiting.message ?? "no details given"}`,
  };
}

function endText(name: string, ended: Ended): string {
  const last = ended.message?.trim();
  if (ended.reason === "OOMKilled")
    return `Container "${name}" used more memory than its limit and was killed (OOMKilled).`;
  if (last) return `Container "${name}" ended: ${last.slice(-2000)}`;
  const how = ended.signal ? `by signal ${ended.signal}` : `with exit code ${ended.exitCode}`;
  return `Container "${name}" ended ${how}.`;
}

/** The present run's log first; when it has said nothing yet, or the container waits for its next try, the one before. */
async function readLastLines(
  kube: KubeClient,
  pod: ObjectKey,
  { container, previous }: { container: string; previous: boolean },
): Promise<string[]> {
  for (const earlier of previous ? [true, false] : [false, true]) {
    const lines = await readLines(kube, pod, { container, previous: earlier }).catch(() => []);
    if (lines.length) return lines.slice(-lastLines);
  }
  return [];
}

async function readLines(
  kube: KubeClient,
  pod: ObjectKey,
  options: { container: string; previous: boolean },
): Promise<string[]> {
  const body = await kube.logs(pod, {
    ...options,
    tailLines: lastLines,
    timestamps: true,
    signal: AbortSignal.timeout(5000),
  });
  const splitter = new LogLines();
  const lines = [];
  for await (const chunk of body as AsyncIterable<Buffer>) lines.push(...splitter.push(chunk));
  return [...lines, ...splitter.end()].map(({ text }) => text);
}
