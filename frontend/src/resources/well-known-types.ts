import type { KindType } from "./kinds.ts";

export const namespaceType: KindType = { group: "", version: "v1", plural: "namespaces" };
export const podType: KindType = { group: "", version: "v1", plural: "pods" };
export const eventType: KindType = { group: "", version: "v1", plural: "events" };
export const secretType: KindType = { group: "", version: "v1", plural: "secrets" };
export const configMapType: KindType = { group: "", version: "v1", plural: "configmaps" };
export const functionType: KindType = {
  group: "serverless.kyma-project.io",
  version: "v1alpha2",
  plural: "functions",
};
export const serviceType: KindType = { group: "", version: "v1", plural: "services" };
export const apiRuleType: KindType = { group: "gateway.kyma-project.io", version: "v2", plural: "apirules" };
export const subscriptionType: KindType = {
  group: "eventing.kyma-project.io",
  version: "v1alpha2",
  plural: "subscriptions",
};
export const nodeType: KindType = { group: "", version: "v1", plural: "nodes" };
