import { lazyCard } from "#resources/lazy-view.tsx";
import type { Feature } from "#resources/feature.ts";

const kinds = ["customresourcedefinitions.apiextensions.k8s.io"];

/** All but the schemas, which are most of a definition. */
const definitionFields = [
  ...["group", "names", "scope", "conversion"].map((field) => `spec.${field}`),
  ...[
    "name",
    "served",
    "storage",
    "deprecated",
    "deprecationWarning",
    "subresources",
    "additionalPrinterColumns",
  ].map((field) => `spec.versions.${field}`),
  "status.storedVersions",
];

/** CustomResourceDefinitions: what they define, and a browser of their schemas. */
export const customResourcesFeature: Feature = {
  navigation: [],
  quickStarts: [],
  objectCards: [
    {
      kinds,
      order: 10,
      fields: definitionFields,
      Content: lazyCard(() => import("./definition-card.tsx"), "DefinitionCard"),
    },
  ],
  objectTabs: [
    {
      kinds,
      key: "schema",
      title: "Schema",
      order: 20,
      fields: ["spec.versions"],
      Content: lazyCard(() => import("./schema-tab.tsx"), "SchemaTab"),
    },
  ],
};
