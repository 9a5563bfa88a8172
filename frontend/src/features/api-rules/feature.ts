import type { Feature } from "#resources/feature.ts";
import { apiRuleLook } from "./api-rule-list.tsx";

export const apiRulesFeature: Feature = {
  navigation: [{ label: "API Rules", path: (ns) => `/namespaces/${ns}/api-rules` }],
  lists: [apiRuleLook],
  objectCommands: [
    {
      kinds: ["services"],
      key: "expose",
      fields: ["spec.ports"],
      label: () => "Expose",
      needs: ({ object }) => [
        {
          verb: "create",
          group: "gateway.kyma-project.io",
          resource: "apirules",
          namespace: object.metadata.namespace,
        },
      ],
      path: ({ object: { metadata, ...service } }) => {
        const { ports = [] } = (service as { spec?: { ports?: { port: number }[] } }).spec ?? {};
        const base = `/namespaces/${metadata.namespace}/api-rules/create`;
        return `${base}?service=${encodeURIComponent(metadata.name)}&port=${ports[0]?.port ?? 80}`;
      },
    },
  ],
  quickStarts: [
    {
      title: "Expose it",
      text: "Give a Service a host, say who may call which path, and see the answer of a real request.",
      action: "Expose a Service",
      path: (ns) => `/namespaces/${ns}/api-rules/create`,
    },
  ],
};
