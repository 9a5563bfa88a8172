import { queryOptions } from "@tanstack/react-query";
import { graphql } from "./generated/gql.ts";
import type {
  DrainPlanQuery,
  EvictPodsMutation,
  ObjectRef,
  PodTarget,
  ScaleTargetQuery,
  WorkloadRevisionsQuery,
} from "./generated/graphql.ts";
import { request } from "./request.ts";

export type DrainPod = DrainPlanQuery["drainPlan"][number];
export type Eviction = EvictPodsMutation["evictPods"][number];
export type ScaleTarget = ScaleTargetQuery["scaleTarget"];
export type WorkloadRevision = WorkloadRevisionsQuery["workloadRevisions"][number];

const ScaleDocument = graphql(`
  mutation ScaleWorkload($ref: ObjectRef!, $replicas: Int!, $expected: Int) {
    scaleWorkload(ref: $ref, replicas: $replicas, expected: $expected) {
      message
    }
  }
`);

const RestartDocument = graphql(`
  mutation RestartWorkload($ref: ObjectRef!) {
    restartWorkload(ref: $ref) {
      message
    }
  }
`);

const PauseDocument = graphql(`
  mutation PauseRollout($ref: ObjectRef!, $paused: Boolean!) {
    pauseRollout(ref: $ref, paused: $paused) {
      message
    }
  }
`);

const RollbackDocument = graphql(`
  mutation RollbackWorkload($ref: ObjectRef!, $revision: Int!, $dryRun: Boolean!) {
    rollbackWorkload(ref: $ref, revision: $revision, dryRun: $dryRun) {
      message
    }
  }
`);

const TriggerDocument = graphql(`
  mutation TriggerCronJob($namespace: String!, $name: String!) {
    triggerCronJob(namespace: $namespace, name: $name) {
      message
      name
    }
  }
`);

const SuspendDocument = graphql(`
  mutation Suspend($ref: ObjectRef!, $suspended: Boolean!) {
    suspend(ref: $ref, suspended: $suspended) {
      message
    }
  }
`);

const RerunDocument = graphql(`
  mutation RerunJob($namespace: String!, $name: String!) {
    rerunJob(namespace: $namespace, name: $name) {
      message
      name
    }
  }
`);

const CordonDocument = graphql(`
  mutation CordonNode($name: String!, $cordoned: Boolean!) {
    cordonNode(name: $name, cordoned: $cordoned) {
      message
    }
  }
`);

const EvictDocument = graphql(`
  mutation EvictPods($pods: [PodTarget!]!, $gracePeriodSeconds: Int, $dryRun: Boolean!) {
    evictPods(pods: $pods, gracePeriodSeconds: $gracePeriodSeconds, dryRun: $dryRun) {
      namespace
      name
      uid
      outcome
      message
    }
  }
`);

const ScaleTargetDocument = graphql(`
  query ScaleTarget($ref: ObjectRef!) {
    scaleTarget(ref: $ref) {
      replicas
      autoscalers {
        name
        minReplicas
        maxReplicas
      }
    }
  }
`);

const RevisionsDocument = graphql(`
  query WorkloadRevisions($ref: ObjectRef!) {
    workloadRevisions(ref: $ref) {
      revision
      name
      createdAt
      changeCause
      images
      pods
      current
    }
  }
`);

const ComparisonDocument = graphql(`
  query RevisionComparison($ref: ObjectRef!, $revision: Int!) {
    revisionComparison(ref: $ref, revision: $revision) {
      before
      after
      changeCause
      current
    }
  }
`);

const DrainPlanDocument = graphql(`
  query DrainPlan($node: String!) {
    drainPlan(node: $node) {
      namespace
      name
      uid
      controller
      skipped
      isUnmanaged
      emptyDirs
      terminatingSince
    }
  }
`);

/** Scales; `expected` is what the person saw. @throws {ConflictError} when it was scaled meanwhile */
export async function scaleWorkload(ref: ObjectRef, replicas: number, expected: number): Promise<string> {
  return (await request(ScaleDocument, { ref, replicas, expected })).scaleWorkload.message;
}

/** Restarts the pods one after another, as the strategy says. Returns the sentence of what was done, like all actions here. */
export async function restartWorkload(ref: ObjectRef): Promise<string> {
  return (await request(RestartDocument, { ref })).restartWorkload.message;
}

export async function pauseRollout(ref: ObjectRef, paused: boolean): Promise<string> {
  return (await request(PauseDocument, { ref, paused })).pauseRollout.message;
}

export async function rollbackWorkload(ref: ObjectRef, revision: number, dryRun = false): Promise<string> {
  return (await request(RollbackDocument, { ref, revision, dryRun })).rollbackWorkload.message;
}

/** Starts a Job from the CronJob's template. */
export async function triggerCronJob(namespace: string, name: string): Promise<string> {
  return (await request(TriggerDocument, { namespace, name })).triggerCronJob.message;
}

/** Suspends or resumes a CronJob or a Job. */
export async function suspend(ref: ObjectRef, suspended: boolean): Promise<string> {
  return (await request(SuspendDocument, { ref, suspended })).suspend.message;
}

export async function rerunJob(namespace: string, name: string): Promise<string> {
  return (await request(RerunDocument, { namespace, name })).rerunJob.message;
}

export async function cordonNode(name: string, cordoned: boolean): Promise<string> {
  return (await request(CordonDocument, { name, cordoned })).cordonNode.message;
}

/** Asks once for the eviction of at most 20 pods. */
export async function evictPods(
  pods: PodTarget[],
  options: { gracePeriodSeconds?: number | undefined; dryRun?: boolean; signal?: AbortSignal } = {},
): Promise<Eviction[]> {
  const { gracePeriodSeconds = null, dryRun = false, signal } = options;
  return (await request(EvictDocument, { pods, gracePeriodSeconds, dryRun }, signal)).evictPods;
}

/** The pods of a node and what a drain does with each. */
export async function readDrainPlan(node: string, signal?: AbortSignal): Promise<DrainPod[]> {
  return (await request(DrainPlanDocument, { node }, signal)).drainPlan;
}

export function scaleTargetQuery(ref: ObjectRef) {
  return queryOptions({
    queryKey: ["scaleTarget", ref],
    queryFn: async ({ signal }) => (await request(ScaleTargetDocument, { ref }, signal)).scaleTarget,
    gcTime: 0,
  });
}

/** Revisions, newest first; `version` is the object's resourceVersion, so that they are read anew when it changes. */
export function revisionsQuery(ref: ObjectRef, version: string | undefined) {
  return queryOptions({
    queryKey: ["workloadRevisions", ref, version],
    queryFn: async ({ signal }) => (await request(RevisionsDocument, { ref }, signal)).workloadRevisions,
  });
}

/** What a rollback would change, and whether the API server would take it. */
export function comparisonQuery(ref: ObjectRef, revision: number) {
  return queryOptions({
    queryKey: ["revisionComparison", ref, revision],
    queryFn: async ({ signal }) =>
      (await request(ComparisonDocument, { ref, revision }, signal)).revisionComparison,
    gcTime: 0,
  });
}
