import { apiRulesFeature } from "#features/api-rules/feature.ts";
import { eventingFeature } from "#features/eventing/feature.ts";
import { functionsFeature } from "#features/functions/feature.ts";
import { logsFeature } from "#features/logs/feature.tsx";
import { accessControlFeature } from "#features/access-control/feature.ts";
import { configurationFeature } from "#features/configuration/feature.ts";
import { customResourcesFeature } from "#features/custom-resources/feature.ts";
import { metricsFeature } from "#features/metrics/feature.ts";
import { networkingFeature } from "#features/networking/feature.ts";
import { nodesFeature } from "#features/nodes/feature.ts";
import { storageFeature } from "#features/storage/feature.ts";
import { workloadsFeature } from "#features/workloads/feature.ts";
import { terminalFeature } from "#features/terminal/feature.tsx";
import type { Feature } from "#resources/feature.ts";

/** All features, in the order of the sidebar. */
export const features: Feature[] = [
  functionsFeature,
  apiRulesFeature,
  eventingFeature,
  workloadsFeature,
  nodesFeature,
  metricsFeature,
  logsFeature,
  terminalFeature,
  networkingFeature,
  configurationFeature,
  storageFeature,
  accessControlFeature,
  customResourcesFeature,
];
