import { pauseRollout, rerunJob, suspend, triggerCronJob } from "#api/workloads.ts";
import type { ObjectRef } from "#api/generated/graphql.ts";
import type { AccessNeed } from "#resources/access.ts";
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
const RestartDialog = lazyView(
  "the dialog",
  async () => (await import("./confirm-dialogs.tsx")).RestartDialog,
);
const EvictDialog = lazyView("the dialog", async () => (await import("./confirm-dialogs.tsx")).EvictDialog);
const SuspendJobDialog = lazyView(
  "the dialog",
  async () => (await import("./confirm-dialogs.tsx")).SuspendJobDialog,
);

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
    run: (view) => pauseRollout(refOf(view), true),
  },
  {
    kinds: ["deployments.apps"],
    key: "resume",
    fields: ["spec.paused"],
    label: () => "Resume rollout",
    needs: need("patch"),
    isOffered: mayTurn("paused", false),
    run: (view) => pauseRollout(refOf(view), false),
  },
  {
    kinds: ["cronjobs.batch"],
    key: "trigger",
    label: () => "Trigger now",
    needs: createJobs,
    run: ({ object: { metadata } }) => triggerCronJob(metadata.namespace ?? "", metadata.name),
  },
  {
    kinds: ["cronjobs.batch"],
    key: "suspend",
    fields: ["spec.suspend"],
    label: () => "Suspend",
    needs: need("patch"),
    isOffered: mayTurn("suspend", true),
    run: (view) => suspend(refOf(view), true),
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
    run: (view) => suspend(refOf(view), false),
  },
  {
    kinds: ["jobs.batch"],
    key: "rerun",
    label: () => "Run again",
    needs: createJobs,
    run: ({ object: { metadata } }) => rerunJob(metadata.namespace ?? "", metadata.name),
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
