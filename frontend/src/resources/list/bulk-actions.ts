import type { BulkAction } from "#api/lists.ts";
import type { ApiResource } from "#api/objects.ts";
import type { AccessNeed } from "../access.ts";
import type { KindType } from "../kinds.ts";
import { kindKey } from "../kinds.ts";
import type { ListTarget } from "./selection.ts";

/** Something that can be done to many objects of a kind at once. */
export interface BulkActionAbout {
  action: BulkAction;
  /** On the button: "Delete". */
  label: string;
  /** In sentences: "12 Pods were deleted". */
  done: string;
  verb: "delete" | "patch";
  subresource?: string;
  isDanger: boolean;
}

const restartable = new Set(["deployments.apps", "statefulsets.apps", "daemonsets.apps"]);
const scalable = new Set([
  "deployments.apps",
  "statefulsets.apps",
  "replicasets.apps",
  "replicationcontrollers",
  "functions.serverless.kyma-project.io",
]);

/** What makes sense for a kind, as far as it is served. Pure. */
export function bulkActions(type: KindType, kind: Pick<ApiResource, "verbs"> | undefined): BulkActionAbout[] {
  const verbs = kind?.verbs ?? [];
  const key = kindKey(type);
  const actions: BulkActionAbout[] = [];
  if (restartable.has(key))
    actions.push({ action: "RESTART", label: "Restart", done: "restarted", verb: "patch", isDanger: false });
  if (scalable.has(key))
    actions.push({
      action: "SCALE",
      label: "Scale",
      done: "scaled",
      verb: "patch",
      subresource: "scale",
      isDanger: false,
    });
  if (verbs.includes("patch"))
    actions.push({ action: "LABEL", label: "Label", done: "labelled", verb: "patch", isDanger: false });
  if (verbs.includes("delete"))
    actions.push({ action: "DELETE", label: "Delete", done: "deleted", verb: "delete", isDanger: true });
  return actions;
}

const mostAsked = 8;

/** The rights that an action on these objects needs: one per namespace, unless they are too many to ask (then the dry run tells). Pure. */
export function bulkNeeds(
  { group, plural }: KindType,
  { verb, subresource }: BulkActionAbout,
  targets: Iterable<ListTarget>,
): AccessNeed[] {
  const namespaces = new Set<string | null>();
  for (const { namespace } of targets) {
    namespaces.add(namespace);
    if (namespaces.size > mostAsked) return [];
  }
  return [...namespaces].map((namespace) => ({
    verb,
    group,
    resource: plural,
    ...(subresource === undefined ? {} : { subresource }),
    ...(namespace === null ? {} : { namespace }),
  }));
}

/** Reads what a person types as labels: `key=value` sets one, `key-` takes it away. Pure. */
export function parseLabelChanges(
  text: string,
): { labels: Record<string, string | null> } | { problem: string } {
  const words = text.split(/[\s,]+/).filter(Boolean);
  if (words.length === 0) return { problem: "Write key=value to set a label, or key- to remove one." };
  const labels: Record<string, string | null> = {};
  for (const word of words) {
    const [, key, value] = /^([^=]+)=(.*)$/.exec(word) ?? [];
    if (key !== undefined && value !== undefined) labels[key] = value;
    else if (/^[^=]+-$/.test(word)) labels[word.slice(0, -1)] = null;
    else return { problem: `"${word}" is neither key=value nor key-.` };
  }
  return { labels };
}
