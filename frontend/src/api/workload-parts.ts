import { graphql } from "./generated/gql.ts";
import type { WorkloadPagePartsFragment } from "./generated/graphql.ts";

// Part of the one subscription of an object's page (object-page.ts).
graphql(`
  fragment WorkloadPageParts on ObjectPageMessage {
    workload {
      replicas {
        desired
        current
        updated
        ready
        available
      }
      rollout {
        state
        sentence
        problems {
          pod
          reason
          message
        }
      }
      paused
      strategy
      selector
      autoscalers {
        name
        minReplicas
        maxReplicas
      }
    }
    pods {
      pods {
        key
        namespace
        name
        status
        health
        readyContainers
        containers
        restarts
        lastRestart
        node
        ip
        createdAt
        trouble
        cpuRequest
        memoryRequest
        cpuLimit
        memoryLimit
      }
      total
      missing
    }
    containers {
      containers {
        name
        role
        image
        imageId
        state
        health
        explanation
        advice
        startedAt
        finishedAt
        restarts
        lastEnd
        lastEndAt
        command
        ports
        requests
        limits
        probes {
          kind
          text
        }
        mounts {
          path
          volume
          readOnly
        }
        env {
          name
          value
          source {
            kind
            object
            key
            optional
            prefix
          }
        }
      }
      volumes {
        name
        kind
        object
        text
      }
      facts {
        name
        values
      }
    }
    job {
      completions
      parallelism
      active
      ready
      succeeded
      failed
      backoffLimit
      suspended
      startTime
      completionTime
      sentence
      health
    }
    cronJob {
      schedule
      words
      timeZone
      suspended
      nextRuns
      lastScheduleTime
      lastSuccessfulTime
      concurrencyPolicy
      jobs {
        key
        name
        status
        health
        startTime
        completionTime
        manual
        message
      }
      missing
    }
    node {
      unschedulable
      resources {
        name
        capacity
        allocatable
        requested
        limit
      }
      taints
      addresses {
        name
        values
      }
      versions {
        name
        values
      }
      images {
        name
        sizeBytes
      }
      imagesTotal
      missing
    }
  }
`);

type Parts = WorkloadPagePartsFragment;
export type WorkloadPart = NonNullable<Parts["workload"]>;
export type PodLine = NonNullable<Parts["pods"]>["pods"][number];
export type ContainersPart = NonNullable<Parts["containers"]>;
export type ContainerPart = ContainersPart["containers"][number];
export type EnvPart = ContainerPart["env"][number];
export type CronJobPart = NonNullable<Parts["cronJob"]>;
export type NodePart = NonNullable<Parts["node"]>;
export type NodeResource = NodePart["resources"][number];
