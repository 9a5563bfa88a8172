import { functions } from "@kyma/crds/resource-types.ts";
import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import {
  ingresses,
  pods,
  serviceAccounts,
  storageClasses,
  volumeClaims,
  volumes,
} from "@kyma/kube/resource-types.ts";
import { selects, usesOf } from "./pod-template.ts";
import { addWorkloads } from "./related-workloads.ts";
import { at, listAt, textAt, type Relations } from "./relations.ts";

/** Who uses a ConfigMap, a Secret or a volume claim. */
export function relateUsed(relations: Relations): void {
  const { kind, metadata } = relations.object;
  addWorkloads(relations, (template) => {
    const use = usesOf(template).find((one) => one.kind === kind && one.name === metadata.name);
    return use && `uses it: ${use.how}`;
  });
  if (kind === "ConfigMap" || kind === "Secret")
    relations.addWhere(functions, "uses it", (one) => functionUses(one, kind, metadata.name));
  if (kind !== "Secret") return;
  relations.addWhere(ingresses, "its certificate", (one) =>
    listAt(one, "spec", "tls").some((tls) => textAt(tls, "secretName") === metadata.name),
  );
  relations.addWhere(serviceAccounts, "uses it", (one) =>
    [...listAt(one, "secrets"), ...listAt(one, "imagePullSecrets")].some(
      ({ name }) => name === metadata.name,
    ),
  );
}

function functionUses(fn: UnknownObject, kind: "ConfigMap" | "Secret", name: string): boolean {
  const reference = kind === "Secret" ? "secretKeyRef" : "configMapKeyRef";
  const inEnv = listAt(fn, "spec", "env").some((one) => textAt(one, "valueFrom", reference, "name") === name);
  const mounts = kind === "Secret" ? listAt(fn, "spec", "secretMounts") : [];
  return inEnv || mounts.some(({ secretName }) => secretName === name);
}

export function relateAutoscaler(relations: Relations): void {
  const target = at(relations.object, "spec", "scaleTargetRef");
  const name = textAt(target, "name");
  const type = relations.page.typeOf(textAt(target, "apiVersion") ?? "apps/v1", textAt(target, "kind") ?? "");
  if (type && name !== undefined) relations.name(type, { name }, "is scaled");
}

export function relateDisruptionBudget(relations: Relations): void {
  const selector = at(relations.object, "spec", "selector");
  addWorkloads(relations, ({ labels }) => (selects(selector, labels) ? "is protected" : undefined));
  for (const pod of relations.read(pods)) {
    const owned = pod.metadata.ownerReferences?.some(({ controller }) => controller);
    if (owned && selects(selector, pod.metadata.labels ?? {})) relations.add(pods, pod, "is protected");
  }
}

export function relateClaim(relations: Relations): void {
  const volume = textAt(relations.object, "spec", "volumeName");
  if (volume !== undefined) relations.name(volumes, { name: volume }, "holds the data");
  nameClass(relations, textAt(relations.object, "spec", "storageClassName"));
  relateUsed(relations);
}

export function relateVolume(relations: Relations): void {
  const claim = at(relations.object, "spec", "claimRef");
  const name = textAt(claim, "name");
  if (name !== undefined)
    relations.name(volumeClaims, { namespace: textAt(claim, "namespace"), name }, "claims it");
  nameClass(relations, textAt(relations.object, "spec", "storageClassName"));
}

export function relateStorageClass(relations: Relations): void {
  const { name } = relations.object.metadata;
  const isOfIt = (one: UnknownObject): boolean => textAt(one, "spec", "storageClassName") === name;
  const kinds: [ResourceType, string][] = [
    [volumes, "was made by it"],
    [volumeClaims, "asks for it"],
  ];
  for (const [type, relation] of kinds) relations.addWhere(type, relation, isOfIt);
}

function nameClass(relations: Relations, name: string | undefined): void {
  if (name !== undefined) relations.name(storageClasses, { name }, "says how it is provisioned");
}
