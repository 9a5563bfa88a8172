import type { AccessQuestion } from "#api/access.ts";
import type { ApiResource } from "#api/objects.ts";

/** What stands in the form. */
export interface CanIDraft {
  verb: string;
  /** As in kubectl: pods, pods/exec, deployments.apps, deployments.apps/scale, a short name. */
  resource: string;
  namespace: string;
  name: string;
}

/** The right that the form asks for; undefined while something is missing. */
export function questionOf(draft: CanIDraft, served: readonly ApiResource[]): AccessQuestion | undefined {
  const [whole = "", subresource] = draft.resource.trim().toLowerCase().split("/");
  const dot = whole.indexOf(".");
  const [plural, group] = dot < 0 ? [whole, undefined] : [whole.slice(0, dot), whole.slice(dot + 1)];
  const verb = draft.verb.trim();
  if (plural === "" || verb === "") return undefined;
  const known = served.find(
    (one) =>
      (group === undefined || one.group === group) &&
      (one.plural === plural || one.kind.toLowerCase() === plural || one.shortNames.includes(plural)),
  );
  const namespace = draft.namespace.trim();
  const name = draft.name.trim();
  return {
    verb,
    group: group ?? known?.group ?? "",
    resource: known?.plural ?? plural,
    ...(subresource ? { subresource } : {}),
    namespace: namespace === "" || known?.namespaced === false ? undefined : namespace,
    ...(name === "" ? {} : { name }),
  };
}
