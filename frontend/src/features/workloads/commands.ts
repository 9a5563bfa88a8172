import { pauseRollout, rerunJob, restartWorkload, suspend, triggerCronJob } from "#api/workloads.ts";
import type { ObjectRef } from "#api/generated/graphql.ts";
import type { AccessNeed } from "#resources/access.ts";
import { changeDialog } from "#resources/change-dialog.tsx";
import type { ObjectCommand, ObjectView } from "#resources/feature.ts";
import { lazyView } from "#resources/lazy-view.tsx";

/** The object of a command as a request names it. */
export function refOf({ type, object }: ObjectView): ObjectRef {
  return { type, name: object.metadata.name, namespace: object.metadata.namespace ?? null };
}

function need(verb: string, subresource?: string): (view: ObjectView) => AccessNeed[] {
  return ({ type, object }) => [
    {
      verb,
      group: type.group,
      resource: type.plural,
      ...(subresource ? { subresource } : {}),
      namespace: object.metadata.namespace,
      name: object.metadata.name,
    },
  ];
}

const createJobs = ({ object }: ObjectView): AccessNeed[] => [
  { verb: "create", group: "batch", resource: "jobs", namespace: object.metadata.namespace },
];

/** A field of spec; undefined also where only metadata is known, as in rows of lists. */
function specField({ object }: ObjectView, field: string): unknown {
  return (object["spec"] as Record<string, unknown> | undefined)?.[field];
}

/** Is the switch known to be on (or off)? Where spec is not known, both ways are offered. */
function mayTurn(field: string, to: boolean): (view: ObjectView) => boolean {
  return (view) => view.object["spec"] === undefined || (specField(view, field) === true) !== to;
}

const unfinishedFields = ["spec.suspend", "status.completionTime", "status.conditions"];

function isUnfinished({ object }: ObjectView): boolean {
  const { completionTime, conditions } = (object["status"] ?? {}) as {
    completionTime?: string;
    conditions?: { type: string; status: string }[];
  };
  return (
    completionTime === undefined &&
    !conditions?.some(({ type, status }) => type === "Failed" && status === "True")
  );
}

const ScaleDialog = lazyView("the dialog", async () => (await import("./scale-dialog.tsx")).ScaleDialog);
const RollbackDialog = lazyView(
  "the dialog",
  async () => (await import("./rollback-dialog.tsx")).RollbackDialog,
);
const EvictDialog = lazyView("the dialog", async () => (await import("./evict-dialog.tsx")).EvictDialog);

const nameOf = ({ object }: ObjectView) => object.metadata.name;
const namespaceOf = ({ object }: ObjectView) => object.metadata.namespace ?? "";

const RestartDialog = changeDialog({
  title: (view) => `Restart ${nameOf(view)}?`,
  action: "Restart",
  text: "Its pods are replaced by new ones with the same template, as its strategy says. It is the same as kubectl rollout restart.",
  attempt: (view, dryRun) => restartWorkload(refOf(view), dryRun),
});
const PauseDialog = changeDialog({
  title: (view) => `Pause the rollout of ${nameOf(view)}?`,
  action: "Pause",
  text: "Changes of its template are not rolled out until it is resumed. Its pods go on.",
  attempt: (view, dryRun) => pauseRollout(refOf(view), true, dryRun),
});
const ResumeDialog = changeDialog({
  title: (view) => `Resume the rollout of ${nameOf(view)}?`,
  action: "Resume",
  text: "What was changed meanwhile is rolled out.",
  attempt: (view, dryRun) => pauseRollout(refOf(view), false, dryRun),
});
const TriggerDialog = changeDialog({
  title: (view) => `Run ${nameOf(view)} now?`,
  action: "Trigger",
  text: "A Job is made from its template, besides those of its schedule.",
  attempt: (view, dryRun) => triggerCronJob(namespaceOf(view), nameOf(view), dryRun),
});
const SuspendDialog = changeDialog({
  title: (view) => `Suspend ${nameOf(view)}?`,
  action: "Suspend",
  text: "It starts no more Jobs until it is resumed. Those that run go on.",
  attempt: (view, dryRun) => suspend(refOf(view), true, dryRun),
});
const SuspendJobDialog = changeDialog({
  title: (view) => `Suspend Job ${nameOf(view)}?`,
  action: "Suspend",
  text: "Its running pods are deleted, and their work is lost. When it is resumed, it starts new ones.",
  isDanger: true,
  attempt: (view, dryRun) => suspend(refOf(view), true, dryRun),
});
const UnsuspendDialog = changeDialog({
  title: (view) => `Resume ${nameOf(view)}?`,
  action: "Resume",
  text: "It runs again: a CronJob by its schedule, a Job with new pods.",
  attempt: (view, dryRun) => suspend(refOf(view), false, dryRun),
});
const RerunDialog = changeDialog({
  title: (view) => `Run ${nameOf(view)} again?`,
  action: "Run again",
  text: "A copy of the Job is made, which runs anew. This one stays as it is.",
  attempt: (view, dryRun) => rerunJob(namespaceOf(view), nameOf(view), dryRun),
});

const rolled = ["deployments.apps", "statefulsets.apps", "daemonsets.apps"];

export const workloadCommands: ObjectCommand[] = [
  {
    kinds: ["deployments.apps", "statefulsets.apps", "replicasets.apps", "replicationcontrollers"],
    key: "scale",
    label: () => "Scale",
    needs: (view) => [...need("get", "scale")(view), ...need("update", "scale")(view)],
    Dialog: ScaleDialog,
  },
  { kinds: rolled, key: "restart", label: () => "Restart", needs: need("patch"), Dialog: RestartDialog },
  { kinds: rolled, key: "rollback", label: () => "Roll back", needs: need("patch"), Dialog: RollbackDialog },
  {
    kinds: ["deployments.apps"],
    key: "pause",
    fields: ["spec.paused"],
    label: () => "Pause rollout",
    needs: need("patch"),
    isOffered: mayTurn("paused", true),
    Dialog: PauseDialog,
  },
  {
    kinds: ["deployments.apps"],
    key: "resume",
    fields: ["spec.paused"],
    label: () => "Resume rollout",
    needs: need("patch"),
    isOffered: mayTurn("paused", false),
    Dialog: ResumeDialog,
  },
  {
    kinds: ["cronjobs.batch"],
    key: "trigger",
    label: () => "Trigger now",
    needs: createJobs,
    Dialog: TriggerDialog,
  },
  {
    kinds: ["cronjobs.batch"],
    key: "suspend",
    fields: ["spec.suspend"],
    label: () => "Suspend",
    needs: need("patch"),
    isOffered: mayTurn("suspend", true),
    Dialog: SuspendDialog,
  },
  {
    kinds: ["jobs.batch"],
    key: "suspend-job",
    fields: unfinishedFields,
    label: () => "Suspend",
    needs: need("patch"),
    isOffered: (view) => isUnfinished(view) && mayTurn("suspend", true)(view),
    Dialog: SuspendJobDialog,
  },
  {
    kinds: ["cronjobs.batch", "jobs.batch"],
    key: "unsuspend",
    fields: unfinishedFields,
    label: () => "Resume",
    needs: need("patch"),
    isOffered: (view) => isUnfinished(view) && mayTurn("suspend", false)(view),
    Dialog: UnsuspendDialog,
  },
  {
    kinds: ["jobs.batch"],
    key: "rerun",
    label: () => "Run again",
    needs: createJobs,
    Dialog: RerunDialog,
  },
  {
    kinds: ["pods"],
    key: "evict",
    label: () => "Evict",
    needs: need("create", "eviction"),
    isDanger: true,
    Dialog: EvictDialog,
  },
];
