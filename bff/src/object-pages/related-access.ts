import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import {
  clusterRoleBindings,
  clusterRoles,
  roleBindings,
  roles,
  secrets,
  serviceAccounts,
} from "@kyma/kube/resource-types.ts";
import { addWorkloads } from "./related-workloads.ts";
import { listAt, textAt, type Relations } from "./relations.ts";

/** What a service account may do comes from bindings that name it or a group that it is in. */
export function relateServiceAccount(relations: Relations): void {
  const { namespace = "", name } = relations.object.metadata;
  const groups = ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"];
  const isNamed = (binding: UnknownObject): boolean =>
    listAt(binding, "subjects").some((subject) =>
      textAt(subject, "kind") === "ServiceAccount"
        ? textAt(subject, "name") === name && textAt(subject, "namespace") === namespace
        : textAt(subject, "kind") === "Group" && groups.includes(textAt(subject, "name") ?? ""),
    );
  for (const type of [roleBindings, clusterRoleBindings])
    for (const binding of relations.read(type))
      if (isNamed(binding)) relations.add(type, binding, `grants it ${roleText(binding)}`);
  addWorkloads(relations, ({ spec }) =>
    (textAt(spec, "serviceAccountName") ?? "default") === name ? "runs as it" : undefined,
  );
  for (const field of ["secrets", "imagePullSecrets"])
    for (const secret of listAt(relations.object, field)) {
      const secretName = textAt(secret, "name");
      if (secretName !== undefined) relations.name(secrets, { name: secretName }, "belongs to it");
    }
}

export function relateRole(relations: Relations): void {
  const { kind, metadata } = relations.object;
  const refers = (binding: UnknownObject): boolean =>
    textAt(binding, "roleRef", "kind") === kind && textAt(binding, "roleRef", "name") === metadata.name;
  const kinds: ResourceType[] = kind === "Role" ? [roleBindings] : [clusterRoleBindings, roleBindings];
  for (const type of kinds)
    for (const binding of relations.read(type))
      if (refers(binding)) relations.add(type, binding, `grants it to ${subjectsText(binding)}`);
}

export function relateBinding(relations: Relations): void {
  const name = textAt(relations.object, "roleRef", "name");
  const type = textAt(relations.object, "roleRef", "kind") === "Role" ? roles : clusterRoles;
  if (name !== undefined) relations.name(type, { name }, "says what is allowed");
  for (const subject of listAt(relations.object, "subjects")) {
    const account = textAt(subject, "kind") === "ServiceAccount" ? textAt(subject, "name") : undefined;
    if (account !== undefined)
      relations.name(
        serviceAccounts,
        { namespace: textAt(subject, "namespace"), name: account },
        "gets the rights",
      );
  }
}

function roleText(binding: UnknownObject): string {
  return `${textAt(binding, "roleRef", "kind") ?? "role"} ${textAt(binding, "roleRef", "name") ?? ""}`;
}

function subjectsText(binding: UnknownObject): string {
  const names = listAt(binding, "subjects").map(
    (subject) => `${textAt(subject, "kind") ?? ""} ${textAt(subject, "name") ?? ""}`,
  );
  const [shown, more] = [names.slice(0, 3).join(", "), names.length - 3];
  if (names.length === 0) return "nobody";
  return more > 0 ? `${shown} and ${more} more` : shown;
}
