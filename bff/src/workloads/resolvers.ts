import type { KubeClient } from "@kyma/kube/client.ts";
import type { ObjectKey, ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { cronJobs, deployments, jobs, nodes } from "@kyma/kube/resource-types.ts";
import { randomBytes } from "node:crypto";
import { badInput } from "../graphql/errors.ts";
import type { Area, RootResolvers } from "../graphql/schema.ts";
import { consoleManager } from "../resources/apply.ts";
import { changedFields, type ChangedField } from "../resources/changed-fields.ts";
import { checkName, checkNamespace, toKey, type RefInput } from "../resources/references.ts";
import { toYaml } from "../resources/yaml-text.ts";
import { drainPlan } from "./drain-plan.ts";
import { evictPod, type Eviction, type PodTarget } from "./evict.ts";
import { derivedName, rerunJob, restartPatch, suffixOf, triggeredJob } from "./manifests.ts";
import { findRevision, listRevisions, rollBack } from "./revisions.ts";
import { scaleTarget, scaleWorkload } from "./scale.ts";
import type { CronJob, Job, Workload } from "./workload-objects.ts";
import { oneOf, rollable, scalable, suspendable } from "./workload-types.ts";

interface OnRef {
  ref: RefInput;
  dryRun: boolean;
}
interface OnName {
  namespace: string;
  name: string;
  dryRun: boolean;
}
interface Done {
  message: string;
  name?: string;
  changes: ChangedField[];
}

/** What people do to workloads, pods and nodes. */
export function workloadsArea(): Area {
  return { sdl: new URL("./schema.graphql", import.meta.url), query: queries, mutation: mutations };
}

const queries: RootResolvers = {
  scaleTarget: (_, { ref }: { ref: RefInput }, { caller }) => {
    const { type, key } = found(scalable, ref, "scaled");
    return scaleTarget(caller.kube, type, key);
  },
  workloadRevisions: async (_, { ref }: { ref: RefInput }, { caller }) => {
    const { type, key } = found(rollable, ref, "rolled back");
    return (await listRevisions(caller.kube, type, key)).revisions;
  },
  revisionComparison: async (_, { ref, revision }: { ref: RefInput; revision: number }, { caller }) => {
    const { type, key } = found(rollable, ref, "rolled back");
    const { workload, revisions } = await listRevisions(caller.kube, type, key);
    const { template, changeCause, current } = findRevision(revisions, key.name, revision);
    const before = templateYaml(workload.spec.template);
    return { before, after: templateYaml(template), changeCause, current };
  },
  drainPlan: (_, { node }: { node: string }, { caller, signal }) =>
    drainPlan(caller.kube, checkName(node), signal),
};

const mutations: RootResolvers = {
  scaleWorkload: async (
    _,
    args: OnRef & { replicas: number; expected?: number | null },
    { caller },
  ): Promise<Done> => {
    const { type, key } = found(scalable, args.ref, "scaled");
    const { before, changes } = await scaleWorkload(caller.kube, type, key, args);
    return done(type, key, `is scaled from ${before} to ${args.replicas}`, { ...args, changes });
  },
  restartWorkload: async (_, args: OnRef, { caller }): Promise<Done> => {
    const { type, key } = found(rollable, args.ref, "restarted");
    const { spec } = await caller.kube.get<Workload>(type, key);
    if (spec.paused) throw badInput(`the rollout of "${key.name}" is paused; resume it, then restart`);
    const patch = restartPatch(new Date().toISOString());
    const changes = await merge(caller.kube, { type, key, patch, ...args });
    return done(type, key, "is being restarted", { ...args, changes });
  },
  pauseRollout: async (_, args: OnRef & { paused: boolean }, { caller }): Promise<Done> => {
    const { type, key } = found([deployments], args.ref, "paused");
    const patch = { spec: { paused: args.paused } };
    const changes = await merge(caller.kube, { type, key, patch, ...args });
    const what = args.paused ? "is paused: changes wait until it is resumed" : "is resumed";
    return done(type, key, what, { ...args, changes });
  },
  rollbackWorkload: async (_, args: OnRef & { revision: number }, { caller }): Promise<Done> => {
    const { type, key } = found(rollable, args.ref, "rolled back");
    const changes = await rollBack(caller.kube, type, key, args);
    return done(type, key, `is rolled back to revision ${args.revision}`, { ...args, changes });
  },
  triggerCronJob: async (_, args: OnName, { caller }): Promise<Done> => {
    const key = toKey(cronJobs, args);
    const cronJob = await caller.kube.get<CronJob>(cronJobs, key);
    const name = derivedName(key.name, "manual", suffixOf(randomBytes(8)));
    await caller.kube.create(jobs, triggeredJob(cronJob, name), {
      manager: consoleManager,
      dryRun: args.dryRun,
    });
    return { ...done(cronJobs, key, `is triggered: Job "${name}" runs it now`, args), name };
  },
  suspend: async (_, args: OnRef & { suspended: boolean }, { caller }): Promise<Done> => {
    const { type, key } = found(suspendable, args.ref, "suspended");
    const changes = await merge(caller.kube, {
      type,
      key,
      patch: { spec: { suspend: args.suspended } },
      ...args,
    });
    return done(type, key, args.suspended ? "is suspended" : "is resumed", { ...args, changes });
  },
  rerunJob: async (_, args: OnName, { caller }): Promise<Done> => {
    const key = toKey(jobs, args);
    const job = await caller.kube.get<Job>(jobs, key);
    const name = derivedName(key.name, "rerun", suffixOf(randomBytes(8)));
    await caller.kube.create(jobs, rerunJob(job, name), { manager: consoleManager, dryRun: args.dryRun });
    return { ...done(jobs, key, `runs again as Job "${name}"`, args), name };
  },
  cordonNode: async (
    _,
    args: { name: string; cordoned: boolean; dryRun: boolean },
    { caller },
  ): Promise<Done> => {
    const key = toKey(nodes, args);
    const patch = { spec: { unschedulable: args.cordoned } };
    const changes = await merge(caller.kube, { type: nodes, key, patch, ...args });
    const what = args.cordoned ? "is cordoned: it takes no new pods" : "takes new pods again";
    return done(nodes, key, what, { ...args, changes });
  },
  evictPods: (_, args: EvictArgs, { caller, signal }) => evictAll(caller.kube, args, signal),
};

interface EvictArgs {
  pods: PodTarget[];
  gracePeriodSeconds?: number | null;
  dryRun: boolean;
}

const mostEvictions = 20;

async function evictAll(kube: KubeClient, args: EvictArgs, signal: AbortSignal): Promise<Eviction[]> {
  if (args.pods.length > mostEvictions)
    throw badInput(`at most ${mostEvictions} pods can be evicted in one call`);
  const { gracePeriodSeconds } = args;
  if (typeof gracePeriodSeconds === "number" && gracePeriodSeconds < 0)
    throw badInput("gracePeriodSeconds must not be negative");
  for (const { namespace, name } of args.pods) {
    checkNamespace(namespace);
    checkName(name);
  }
  // One after the other: two pods under one budget must not be asked for at the same moment.
  const results: Eviction[] = [];
  for (const pod of args.pods)
    results.push(await evictPod(kube, pod, { gracePeriodSeconds, dryRun: args.dryRun, signal }));
  return results;
}

function found(
  types: readonly ResourceType[],
  ref: RefInput,
  action: string,
): { type: ResourceType; key: ObjectKey } {
  const type = oneOf(types, ref.type, action);
  return { type, key: toKey(type, ref) };
}

/** Patches and says what differs now. */
async function merge(
  kube: KubeClient,
  { type, key, patch, dryRun }: { type: ResourceType; key: ObjectKey; patch: object; dryRun: boolean },
): Promise<ChangedField[]> {
  const before = await kube.get(type, key);
  const after = await kube.patch(type, key, patch, { type: "merge", manager: consoleManager, dryRun });
  return changedFields(before, after);
}

function done(
  { kind }: ResourceType,
  { name }: ObjectKey,
  what: string,
  { dryRun, changes = [] }: { dryRun: boolean; changes?: ChangedField[] },
): Done {
  return { message: dryRun ? `Dry run: ${kind} "${name}" ${what}.` : `${kind} "${name}" ${what}.`, changes };
}

function templateYaml(template: object): string {
  const { metadata, ...rest } = template as { metadata?: Record<string, unknown> };
  const { creationTimestamp: _, ...own } = metadata ?? {};
  return toYaml({ metadata: own, ...rest } as unknown as UnknownObject);
}
