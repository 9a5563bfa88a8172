import { apiRulesFeature } from "#features/api-rules/feature.ts";
import { functionsFeature } from "#features/functions/feature.ts";
import { logsFeature } from "#features/logs/feature.tsx";
import { nodesFeature } from "#features/nodes/feature.ts";
import { workloadsFeature } from "#features/workloads/feature.ts";
import type { Feature } from "#resources/feature.ts";

/** All features, in the order of the sidebar. */
export const features: Feature[] = [functionsFeature, apiRulesFeature, workloadsFeature, nodesFeature, logsFeature];
