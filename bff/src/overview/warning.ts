import type { UnknownObject } from "@kyma/kube/objects.ts";

/** A Warning Event, in short. */
export interface Warning {
  key: string;
  reason: string;
  message: string;
  count: number;
  /** RFC 3339. */
  lastSeen: string;
  apiVersion: string;
  kind: string;
  namespace: string | undefined;
  name: string;
}

const longestMessage = 500;

interface WireEvent {
  reason?: string;
  message?: string;
  count?: number;
  firstTimestamp?: string | null;
  lastTimestamp?: string | null;
  eventTime?: string | null;
  series?: { count?: number; lastObservedTime?: string } | null;
  involvedObject?: { apiVersion?: string; kind?: string; namespace?: string; name?: string };
}

/** Pure. Events come in an old and a new form; both are read. */
export function warningOf(object: UnknownObject): Warning {
  const event = object as unknown as WireEvent;
  const { uid, name, creationTimestamp } = object.metadata;
  const about = event.involvedObject ?? {};
  return {
    key: uid ?? name,
    reason: event.reason ?? "",
    message: (event.message ?? "").slice(0, longestMessage),
    count: event.series?.count ?? event.count ?? 1,
    lastSeen:
      event.series?.lastObservedTime ||
      event.lastTimestamp ||
      event.eventTime ||
      event.firstTimestamp ||
      creationTimestamp ||
      "",
    apiVersion: about.apiVersion ?? "v1",
    kind: about.kind ?? "",
    namespace: about.namespace,
    name: about.name ?? "",
  };
}
