import type { Feature } from "#resources/feature.ts";

export const apiRulesFeature: Feature = {
  navigation: [{ label: "API Rules", path: (ns) => `/namespaces/${ns}/api-rules` }],
  quickStarts: [
    {
      title: "Expose it",
      text: "Give a Service a host, say who may call which path, and see the answer of a real request.",
      action: "Expose a Service",
      path: (ns) => `/namespaces/${ns}/api-rules/create`,
    },
  ],
};
