import { lazyCard } from "#resources/lazy-view.tsx";
import type { Feature } from "#resources/feature.ts";

const kinds = ["customresourcedefinitions.apiextensions.k8s.io"];

/** CustomResourceDefinitions: what they define, and a browser of their schemas. */
export const customResourcesFeature: Feature = {
  navigation: [],
  quickStarts: [],
  objectCards: [
    { kinds, order: 10, Content: lazyCard(() => import("./definition-card.tsx"), "DefinitionCard") },
  ],
  objectTabs: [
    {
      kinds,
      key: "schema",
      title: "Schema",
      order: 20,
      Content: lazyCard(() => import("./schema-tab.tsx"), "SchemaTab"),
    },
  ],
};
