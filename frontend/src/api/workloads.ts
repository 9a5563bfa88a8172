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
import type { WriteOutcome } from "./objects.ts";
import { request } from "./request.ts";

export type DrainPod = DrainPlanQuery["drainPlan"][number];
export type Eviction = EvictPodsMutation["evictPods"][number];
export type ScaleTarget = ScaleTargetQuery["scaleTarget"];
export type WorkloadRevision = WorkloadRevisionsQuery["workloadRevisions"][number];

const ScaleDocument = graphql(`
  mutation ScaleWorkload($ref: ObjectRef!, $replicas: Int!, $expected: Int, $dryRun: Boolean!) {
    scaleWorkload(ref: $ref, replicas: $replicas, expected: $expected, dryRun: $dryRun) {
      message
      changes {
        ...Change
      }
    }
  }
`);

const RestartDocument = graphql(`
  mutation RestartWorkload($ref: ObjectRef!, $dryRun: Boolean!) {
    restartWorkload(ref: $ref, dryRun: $dryRun) {
      message
      changes {
        ...Change
      }
    }
  }
`);

const PauseDocument = graphql(`
  mutation PauseRollout($ref: ObjectRef!, $paused: Boolean!, $dryRun: Boolean!) {
    pauseRollout(ref: $ref, paused: $paused, dryRun: $dryRun) {
      message
      changes {
        ...Change
      }
    }
  }
`);

const RollbackDocument = graphql(`
  mutation RollbackWorkload($ref: ObjectRef!, $revision: Int!, $dryRun: Boolean!) {
    rollbackWorkload(ref: $ref, revision: $revision, dryRun: $dryRun) {
      message
      changes {
        ...Change
      }
    }
  }
`);

const TriggerDocument = graphql(`
  mutation TriggerCronJob($namespace: String!, $name: String!, $dryRun: Boolean!) {
    triggerCronJob(namespace: $namespace, name: $name, dryRun: $dryRun) {
      message
    }
  }
`);

const SuspendDocument = graphql(`
  mutation Suspend($ref: ObjectRef!, $suspended: Boolean!, $dryRun: Boolean!) {
    suspend(ref: $ref, suspended: $suspended, dryRun: $dryRun) {
      message
      changes {
        ...Change
      }
    }
  }
`);

const RerunDocument = graphql(`
  mutation RerunJob($namespace: String!, $name: String!, $dryRun: Boolean!) {
    rerunJob(namespace: $namespace, name: $name, dryRun: $dryRun) {
      message
    }
  }
`);

const CordonDocument = graphql(`
  mutation CordonNode($name: String!, $cordoned: Boolean!, $dryRun: Boolean!) {
    cordonNode(name: $name, cordoned: $cordoned, dryRun: $dryRun) {
      message
      changes {
        ...Change
      }
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
export async function scaleWorkload(
  ref: ObjectRef,
  replicas: number,
  expected: number,
  dryRun: boolean,
): Promise<WriteOutcome> {
  return (await request(ScaleDocument, { ref, replicas, expected, dryRun })).scaleWorkload;
}

/** Restarts the pods one after another, as the strategy says. */
export async function restartWorkload(ref: ObjectRef, dryRun: boolean): Promise<WriteOutcome> {
  return (await request(RestartDocument, { ref, dryRun })).restartWorkload;
}

export async function pauseRollout(ref: ObjectRef, paused: boolean, dryRun: boolean): Promise<WriteOutcome> {
  return (await request(PauseDocument, { ref, paused, dryRun })).pauseRollout;
}

export async function rollbackWorkload(
  ref: ObjectRef,
  revision: number,
  dryRun: boolean,
): Promise<WriteOutcome> {
  return (await request(RollbackDocument, { ref, revision, dryRun })).rollbackWorkload;
}

/** Starts a Job from the CronJob's template. */
export async function triggerCronJob(
  namespace: string,
  name: string,
  dryRun: boolean,
): Promise<WriteOutcome> {
  return (await request(TriggerDocument, { namespace, name, dryRun })).triggerCronJob;
}

/** Suspends or resumes a CronJob or a Job. */
export async function suspend(ref: ObjectRef, suspended: boolean, dryRun: boolean): Promise<WriteOutcome> {
  return (await request(SuspendDocument, { ref, suspended, dryRun })).suspend;
}

export async function rerunJob(namespace: string, name: string, dryRun: boolean): Promise<WriteOutcome> {
  return (await request(RerunDocument, { namespace, name, dryRun })).rerunJob;
}

export async function cordonNode(name: string, cordoned: boolean, dryRun: boolean): Promise<WriteOutcome> {
  return (await request(CordonDocument, { name, cordoned, dryRun })).cordonNode;
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
