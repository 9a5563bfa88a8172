import type { ObjectPart } from "../resources/page-part.ts";
import { jobs } from "@kyma/kube/resource-types.ts";
import type { Health } from "../resources/object-state.ts";
import { nextRuns, parseSchedule } from "./schedule.ts";
import { scheduleWords } from "./schedule-words.ts";
import type { CronJob, Job } from "./workload-objects.ts";

/** Progress of a Job. */
export const jobPart: ObjectPart = {
  field: "job",
  value({ object, type }) {
    if (!object || object.kind !== "Job" || type.group !== "batch") return null;
    return jobProgress(object as unknown as Job);
  },
};

/** How far a Job has come; pure. */
export function jobProgress(job: Job) {
  const { spec, status = {} } = job;
  const parallelism = spec.parallelism ?? 1;
  const { active = 0, ready = 0, succeeded = 0, failed = 0 } = status;
  const { word, health, message } = jobState(job);
  const total = spec.completions ?? null;
  const counts = total === null ? `${succeeded} succeeded` : `${succeeded} of ${total} completed`;
  const more = [active ? `${active} active` : "", failed ? `${failed} failed` : ""].filter(Boolean);
  return {
    completions: total ?? 1,
    parallelism,
    active,
    ready,
    succeeded,
    failed,
    backoffLimit: spec.backoffLimit ?? 6,
    suspended: spec.suspend === true,
    startTime: status.startTime ?? null,
    completionTime: status.completionTime ?? null,
    sentence: `${word}: ${[counts, ...more].join(", ")}.${message ? ` ${message}` : ""}`,
    health,
  };
}

/** kubectl's word for a Job's status; pure. */
export function jobState({ metadata, spec, status }: Job): {
  word: string;
  health: Health;
  message: string | null;
} {
  const find = (type: string) =>
    status?.conditions?.find((one) => one.type === type && one.status === "True");
  const failed = find("Failed");
  if (find("Complete")) return { word: "Complete", health: "OK", message: null };
  if (failed) {
    const message = [failed.reason, failed.message].filter(Boolean).join(": ");
    return { word: "Failed", health: "ERROR", message: message || null };
  }
  if (metadata.deletionTimestamp !== undefined)
    return { word: "Terminating", health: "PROGRESS", message: null };
  if (find("Suspended") || spec.suspend) return { word: "Suspended", health: "NONE", message: null };
  const failing = find("FailureTarget");
  if (failing) return { word: "FailureTarget", health: "ERROR", message: failing.message ?? null };
  return { word: "Running", health: "PROGRESS", message: null };
}

const mostJobs = 50;
const runsShown = 5;

/** Schedule and history of a CronJob. */
export const cronJobPart: ObjectPart = {
  field: "cronJob",
  value(page) {
    const { object, type, namespace } = page;
    if (!object || object.kind !== "CronJob" || type.group !== "batch") return null;
    const cronJob = object as unknown as CronJob;
    const found = page.read({ type: jobs, namespace });
    if (!found.loaded) return undefined;
    const own = (found.objects as unknown as Job[]).filter(({ metadata }) =>
      metadata.ownerReferences?.some(({ uid }) => uid === object.metadata.uid),
    );
    return {
      ...scheduleFacts(cronJob, Date.now()),
      jobs: own
        .toSorted((a, b) => startOf(b).localeCompare(startOf(a)))
        .slice(0, mostJobs)
        .map(jobLine),
      missing: found.missing ?? null,
    };
  },
};

/** What a CronJob says about when it runs; pure. `now` in ms. */
export function scheduleFacts({ spec, status = {} }: CronJob, now: number) {
  const schedule = parseSchedule(spec.schedule);
  const suspended = spec.suspend === true;
  return {
    schedule: spec.schedule,
    words: scheduleWords(spec.schedule),
    timeZone: spec.timeZone ?? null,
    suspended,
    nextRuns: schedule && !suspended ? nextRuns(schedule, spec.timeZone ?? "UTC", now, runsShown) : [],
    lastScheduleTime: status.lastScheduleTime ?? null,
    lastSuccessfulTime: status.lastSuccessfulTime ?? null,
    concurrencyPolicy: spec.concurrencyPolicy ?? "Allow",
  };
}

function startOf({ metadata, status }: Job): string {
  return status?.startTime ?? metadata.creationTimestamp ?? "";
}

function jobLine(job: Job) {
  const { metadata, status } = job;
  const { word, health, message } = jobState(job);
  return {
    key: metadata.uid ?? metadata.name,
    name: metadata.name,
    status: word,
    health,
    startTime: status?.startTime ?? null,
    completionTime: status?.completionTime ?? null,
    manual: metadata.annotations?.["cronjob.kubernetes.io/instantiate"] === "manual",
    message,
  };
}
