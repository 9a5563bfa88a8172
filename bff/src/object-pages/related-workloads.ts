import type { ResourceType } from "@kyma/kube/objects.ts";
import {
  autoscalers,
  configMaps,
  cronJobs,
  daemonSets,
  deployments,
  disruptionBudgets,
  networkPolicies,
  nodes,
  pods,
  secrets,
  serviceAccounts,
  services,
  statefulSets,
  volumeClaims,
} from "@kyma/kube/resource-types.ts";
import { mapSelects, podTemplate, selects, usesOf, type PodTemplate } from "./pod-template.ts";
import { at, textAt, type Relations } from "./relations.ts";

const usedKinds = {
  ConfigMap: configMaps,
  Secret: secrets,
  PersistentVolumeClaim: volumeClaims,
  ServiceAccount: serviceAccounts,
};

/** What stands around pods: who selects and scales them, and what their template uses. */
export function relateWorkload(relations: Relations): void {
  const { object } = relations;
  const template = podTemplate(object);
  if (!template) return;
  const { labels } = template;
  const isIt = (reference: unknown): boolean =>
    textAt(reference, "kind") === object.kind && textAt(reference, "name") === object.metadata.name;
  relations.addWhere(services, "sends it traffic", (one) => mapSelects(at(one, "spec", "selector"), labels));
  if (scalable.has(object.kind))
    relations.addWhere(autoscalers, "scales it", (one) => isIt(at(one, "spec", "scaleTargetRef")));
  relations.addWhere(disruptionBudgets, "limits its disruptions", (one) =>
    selects(at(one, "spec", "selector"), labels),
  );
  relations.addWhere(networkPolicies, "filters its traffic", (one) =>
    selects(at(one, "spec", "podSelector"), labels),
  );
  const node = object.kind === "Pod" ? textAt(template.spec, "nodeName") : undefined;
  if (node !== undefined) relations.name(nodes, { name: node }, "runs on");
  for (const { kind, name, how } of usesOf(template))
    relations.name(usedKinds[kind], { name }, `used: ${how}`);
}

const scalable = new Set(["Deployment", "StatefulSet", "ReplicaSet"]);

const workloadKinds = [deployments, statefulSets, daemonSets, cronJobs];

/** Adds the workloads, and the pods that belong to none, whose template fits. */
export function addWorkloads(
  relations: Relations,
  relation: (template: PodTemplate) => string | undefined,
): void {
  const kinds: ResourceType[] = [...workloadKinds, pods];
  for (const type of kinds) {
    for (const object of relations.read(type)) {
      if (type === pods && object.metadata.ownerReferences?.some(({ controller }) => controller)) continue;
      const template = podTemplate({ ...object, kind: type.kind });
      const how = template && relation(template);
      if (how !== undefined) relations.add(type, object, how);
    }
  }
}
