import type { Feature } from "#resources/feature.ts";
import { functionLook } from "./function-list.tsx";
import { FunctionsOverview } from "./functions-overview.tsx";

export const functionsFeature: Feature = {
  navigation: [{ label: "Functions", path: (ns) => `/namespaces/${ns}/functions` }],
  quickStarts: [
    {
      title: "Create a Function",
      text: "Write a few lines of JavaScript in the browser, from a template. Kyma runs them on the cluster.",
      action: "Create a Function",
      path: (ns) => `/namespaces/${ns}/functions/create`,
    },
    {
      title: "Run it",
      text: "Open the Function, choose Run, and send it a request. It need not be exposed for that.",
      action: "Show Functions",
      path: (ns) => `/namespaces/${ns}/functions`,
    },
  ],
  lists: [functionLook],
  Overview: FunctionsOverview,
};
