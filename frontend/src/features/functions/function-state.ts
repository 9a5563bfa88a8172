import type { Health } from "#ui/status-label.tsx";
import type { KymaFunction } from "./kyma-function.ts";

/** How a Function does, in a word and in a sentence. */
export interface FunctionState {
  health: Health;
  label: string;
  /** What it means, in plain words. */
  text: string;
}

const progressTexts: Record<string, string> = {
  DeploymentCreated: "Its pods are being created.",
  DeploymentUpdated: "New pods are being started with the change.",
  DeploymentDeleted: "Its pods are being made anew.",
  DeploymentWaiting: "Its pods are starting.",
  ServiceCreated: "Its Service is being created.",
  ServiceUpdated: "Its Service is being updated.",
  MinReplicasNotAvailable: "Not enough of its pods are ready yet.",
};

function conditionOf(fn: KymaFunction, type: string) {
  return fn.status?.conditions?.find((condition) => condition.type === type);
}

/** True while the controller has not yet looked at the newest spec. */
function isUpdating(fn: KymaFunction): boolean {
  return (fn.status?.observedGeneration ?? 0) < (fn.metadata.generation ?? 0);
}

/** The state that the conditions add up to. Pure. */
export function functionState(fn: KymaFunction): FunctionState {
  const configuration = conditionOf(fn, "ConfigurationReady");
  const running = conditionOf(fn, "Running");
  if (fn.metadata.deletionTimestamp !== undefined) {
    return {
      health: "progress",
      label: "Deleting",
      text: "It is being deleted, with its pods and its Service.",
    };
  }
  if (isUpdating(fn)) {
    const text = "The newest change was saved and is being picked up.";
    return { health: "progress", label: fn.status?.conditions ? "Updating" : "New", text };
  }
  if (configuration?.status === "False") {
    const text = `The newest change cannot be used: ${configuration.message ?? configuration.reason ?? "no reason given"}`;
    return { health: "error", label: "Invalid", text };
  }
  if (running?.status === "True") return runningState(fn, configuration?.message);
  if (running?.status === "False") {
    return { health: "error", label: "Failed", text: running.message ?? "Its pods do not start." };
  }
  const known = running?.reason === undefined ? undefined : progressTexts[running.reason];
  return { health: "progress", label: "Starting", text: [known, running?.message].filter(Boolean).join(" ") };
}

function runningState(fn: KymaFunction, configurationMessage: string | undefined): FunctionState {
  if (fn.spec.replicas === 0) {
    return { health: "none", label: "Scaled to zero", text: "No pod is wanted, so it answers nothing." };
  }
  if (configurationMessage?.startsWith("Warning")) {
    return { health: "warning", label: "Running", text: configurationMessage };
  }
  return { health: "ok", label: "Running", text: "The newest version answers requests." };
}

/** "ready of wanted" replicas; the wanted number alone while none is known to run. */
export function replicasText(fn: KymaFunction): string {
  const wanted = fn.spec.replicas ?? 1;
  return `${fn.status?.replicas ?? 0} of ${wanted}`;
}
