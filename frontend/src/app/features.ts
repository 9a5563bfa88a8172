import { apiRulesFeature } from "#features/api-rules/feature.ts";
import { functionsFeature } from "#features/functions/feature.ts";
import type { Feature } from "#resources/feature.ts";

/** All features, in the order of the sidebar. */
export const features: Feature[] = [functionsFeature, apiRulesFeature];
