import type { UnknownObject } from "@kyma/kube/objects.ts";
import { events } from "@kyma/kube/resource-types.ts";
import { descendants, hasChildren } from "./children.ts";
import type { ObjectPart, PageView } from "../resources/page-part.ts";

interface KubeEvent extends UnknownObject {
  type?: string;
  reason?: string;
  message?: string;
  note?: string;
  count?: number;
  firstTimestamp?: string | null;
  lastTimestamp?: string | null;
  eventTime?: string | null;
  series?: { count?: number; lastObservedTime?: string };
  source?: { component?: string };
  reportingComponent?: string;
  involvedObject: { kind?: string; name?: string; uid?: string };
}

const most = 200;

/** Events of the object; for one that owns others, theirs too. */
export const eventsPart: ObjectPart = {
  field: "events",
  value(page) {
    const found = page.object && ownEvents(page, page.object);
    if (!found) return found;
    const shown = found.events.map(toPageEvent).sort((a, b) => b.lastSeen.localeCompare(a.lastSeen));
    return { events: shown.slice(0, most), missing: found.missing ? [found.missing] : [] };
  },
};

export const warningsPart: ObjectPart = {
  field: "warnings",
  value(page) {
    const found = page.object && ownEvents(page, page.object);
    if (!found) return found;
    return found.missing ? null : found.events.filter(({ type }) => type === "Warning").length;
  },
};

/** Undefined while they are not loaded. */
function ownEvents(
  page: PageView,
  { metadata }: UnknownObject,
): { events: KubeEvent[]; missing: string | undefined } | undefined {
  // Events of cluster-scoped objects stand in the namespace "default". A Node's name the object by its name instead of its uid.
  const uid = page.type.kind === "Node" ? metadata.name : (metadata.uid ?? "");
  const own = { type: events, namespace: page.namespace ?? "default" };
  const family = hasChildren(page.type) ? descendants(page) : undefined;
  const uids = new Set([
    uid,
    metadata.uid,
    ...(family?.nodes.map(({ object: child }) => child.metadata.uid) ?? []),
  ]);
  const set = page.read(family ? own : { ...own, fieldSelector: `involvedObject.uid=${uid}` });
  if (!set.loaded) return undefined;
  const found = (set.objects as readonly KubeEvent[]).filter(({ involvedObject }) =>
    uids.has(involvedObject.uid),
  );
  return { events: found, missing: set.missing };
}

/** As PageEvent in the SDL. */
function toPageEvent(event: KubeEvent): { lastSeen: string } & Record<string, unknown> {
  const { metadata, series, involvedObject } = event;
  const created = metadata.creationTimestamp ?? "";
  const first = event.firstTimestamp ?? event.eventTime ?? created;
  return {
    key: metadata.uid ?? metadata.name,
    type: event.type ?? "Normal",
    reason: event.reason ?? "",
    message: (event.message ?? "").slice(0, 2000),
    count: series?.count ?? event.count ?? 1,
    firstSeen: first,
    lastSeen: series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? created,
    source: event.source?.component || event.reportingComponent || "",
    kind: involvedObject.kind ?? "",
    name: involvedObject.name ?? "",
  };
}
