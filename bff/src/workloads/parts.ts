import type { ObjectPart } from "../resources/page-part.ts";
import { containersPart } from "./container-parts.ts";
import { cronJobPart, jobPart } from "./job-parts.ts";
import { nodePart } from "./node-part.ts";
import { podsPart, workloadPart } from "./workload-parts.ts";

/** What workloads, Jobs, Pods and Nodes show on their pages besides what every object shows. */
export const workloadParts: ObjectPart[] = [
  workloadPart,
  podsPart,
  containersPart,
  jobPart,
  cronJobPart,
  nodePart,
];
