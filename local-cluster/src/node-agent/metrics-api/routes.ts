import type { PodUsage, UsageSampler } from "../metrics/sampler.ts";
import { parseLabelSelector } from "./label-selector.ts";
import {
  historyVersion,
  type Metrics,
  type MetricsHistory,
  metricsVersion,
  nodeHistory,
  nodeMetrics,
  podHistory,
  podMetrics,
} from "./objects.ts";
import { tableOf } from "./table.ts";

/** The node as the API tells of it. */
export interface NodeIdentity {
  name: string;
  labels: Record<string, string>;
}

/** What a request is answered with. */
export interface Answer {
  status: number;
  body: object;
}

type Item = Metrics | MetricsHistory;

const path =
  /^\/apis\/([a-z0-9.-]+\/v\w+)\/(?:namespaces\/([a-z0-9-]{1,63})\/)?(pods|nodes)(?:\/([a-z0-9][a-z0-9.-]{0,252}))?$/;

/** Answers a read of metrics or history; undefined for a path that is neither. `wantsTable` as kubectl asks for it. */
export function answerMetrics(
  url: URL,
  source: Pick<UsageSampler, "pods" | "machine">,
  node: NodeIdentity,
  options: { now: number; wantsTable: boolean },
): Answer | undefined {
  const match = path.exec(url.pathname);
  const [, version = "", namespace, resource, name] = match ?? [];
  if (!match || (version !== metricsVersion && version !== historyVersion)) return undefined;
  if (resource === "nodes" ? namespace !== undefined : name !== undefined && namespace === undefined)
    return undefined;
  if (url.searchParams.get("watch") === "true")
    return failure(405, "MethodNotAllowed", "metrics cannot be watched: list them again");
  let chosen: (item: { name: string; namespace?: string; labels?: Record<string, string> }) => boolean;
  try {
    chosen = selection(url.searchParams, namespace, name);
  } catch (error) {
    return failure(400, "BadRequest", (error as Error).message);
  }
  const items =
    resource === "pods"
      ? podItems(source, version, chosen, options.now)
      : nodeItems(source, version, node, chosen, options.now);
  return answerWith(items, { version, resource: resource ?? "", name, wantsTable: options.wantsTable });
}

function answerWith(
  items: Item[],
  {
    version,
    resource,
    name,
    wantsTable,
  }: { version: string; resource: string; name: string | undefined; wantsTable: boolean },
): Answer {
  const [item] = items;
  if (name !== undefined && !item)
    return failure(
      404,
      "NotFound",
      `${resource}.${version.split("/")[0]} "${name}" not found: nothing has been measured yet`,
    );
  if (wantsTable) return { status: 200, body: tableOf(items) };
  if (name !== undefined && item) return { status: 200, body: item };
  const kind = `${resource === "pods" ? "PodMetrics" : "NodeMetrics"}${version === historyVersion ? "History" : ""}List`;
  return { status: 200, body: { kind, apiVersion: version, metadata: {}, items } };
}

function podItems(
  source: Pick<UsageSampler, "pods">,
  version: string,
  chosen: (item: PodUsage["pod"]["metadata"]) => boolean,
  now: number,
): Item[] {
  const pods = source.pods().filter(({ pod }) => chosen(pod.metadata));
  return pods.flatMap((pod) =>
    version === historyVersion ? podHistory(pod, now) : (podMetrics(pod, now) ?? []),
  );
}

function nodeItems(
  source: Pick<UsageSampler, "machine">,
  version: string,
  node: NodeIdentity,
  chosen: (item: NodeIdentity) => boolean,
  now: number,
): Item[] {
  if (!chosen(node)) return [];
  const machine = source.machine();
  if (version === historyVersion) return [nodeHistory(node, machine.samples, now)];
  return [nodeMetrics(node, machine, now) ?? []].flat();
}

function selection(query: URLSearchParams, namespace: string | undefined, name: string | undefined) {
  const fits = parseLabelSelector(query.get("labelSelector") ?? "");
  const fields = (query.get("fieldSelector") ?? "").split(",").filter((part) => part !== "");
  const wanted = fields.map((field) => {
    const match = /^metadata\.(name|namespace)==?([a-z0-9.-]+)$/.exec(field);
    if (!match)
      throw new Error(`field selector "${field}" is not known here: use metadata.name or metadata.namespace`);
    return [match[1] as "name" | "namespace", match[2]] as const;
  });
  return (item: { name: string; namespace?: string; labels?: Record<string, string> }): boolean =>
    (namespace === undefined || item.namespace === namespace) &&
    (name === undefined || item.name === name) &&
    wanted.every(([field, value]) => item[field] === value) &&
    fits(item.labels ?? {});
}

/** An error as the API tells it. */
export function failure(code: number, reason: string, message: string): Answer {
  const body = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, code };
  return { status: code, body };
}
