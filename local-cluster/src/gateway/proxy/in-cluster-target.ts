import { isIP } from "node:net";
import { dialAddressOf, type ServicePort } from "../config/services.ts";
import { serviceAliases, serviceKeyOf } from "../config/service-names.ts";
import type { RoutingTable } from "../config/table.ts";
import { isInClusterName, type Authority } from "./canonical-host.ts";

/** What a name that a local process uses stands for. */
export type InClusterTarget =
  | { kind: "service"; key: string; hosts: readonly string[]; port: ServicePort | undefined }
  | { kind: "pod"; hosts: readonly string[]; port: ServicePort }
  | { kind: "outside"; host: string; port: number }
  | { kind: "unknown"; message: string };

const defaultPort = 80;

/**
 * Resolves `svc` (in the caller's namespace, or when only one Service has that name), `svc.ns`, `svc.ns.svc`, the full name, a Service's
 * cluster IP or a pod's address. Anything else is outside the cluster.
 */
export function resolveTarget(
  table: RoutingTable,
  { host, port = defaultPort }: Authority,
  namespace: string | undefined,
): InClusterTarget {
  if (isIP(host) !== 0) return resolveAddress(table, host, port);
  if (isInClusterName(host)) {
    const key = serviceKeyOf(host, undefined);
    return key !== undefined && table.services.has(key) ? service(table, key, port) : unknown(host);
  }
  if (host === "localhost" || host.startsWith("[")) return { kind: "outside", host, port };
  if (!host.includes(".")) return resolveShortName(table, host, port, namespace);
  const key = serviceKeyOf(host, undefined);
  return key !== undefined && table.services.has(key)
    ? service(table, key, port)
    : { kind: "outside", host, port };
}

function resolveShortName(
  table: RoutingTable,
  name: string,
  port: number,
  namespace: string | undefined,
): InClusterTarget {
  const own = namespace === undefined ? undefined : `${namespace}/${name}`;
  if (own !== undefined && table.services.has(own)) return service(table, own, port);
  const keys = (table.servicesByName.get(name) ?? []).filter((key) => table.services.has(key));
  const [only] = keys;
  if (only === undefined) return unknown(name);
  if (keys.length > 1)
    return {
      kind: "unknown",
      message: `there are Services ${name} in several namespaces: use ${name}.<namespace>`,
    };
  return service(table, only, port);
}

function resolveAddress(table: RoutingTable, address: string, port: number): InClusterTarget {
  const key = table.servicesByClusterIp.get(address);
  if (key !== undefined) return service(table, key, port);
  const dialAddress = dialAddressOf(address);
  if (dialAddress === undefined) return { kind: "outside", host: address, port };
  const workload = table.podsByAddress.get(address);
  if (!workload) return { kind: "unknown", message: `no pod has the address ${address}` };
  const endpoint = { address, dialAddress, port, workload };
  return { kind: "pod", hosts: [address], port: { number: port, ready: [endpoint], leaving: [], turn: 0 } };
}

function service(table: RoutingTable, key: string, port: number): InClusterTarget {
  return { kind: "service", key, hosts: serviceAliases(key), port: table.services.get(key)?.ports.get(port) };
}

function unknown(host: string): InClusterTarget {
  return { kind: "unknown", message: `there is no Service ${host} in this cluster` };
}

/** Whether two names mean the same thing, so that what a tunnel was opened for is what is asked for inside it. */
export function sameTarget(one: InClusterTarget, other: InClusterTarget): boolean {
  if (one.kind === "unknown" || other.kind === "unknown") return false;
  if (one.kind === "outside" || other.kind === "outside") {
    return one.kind === "outside" && other.kind === "outside" && one.host === other.host;
  }
  return one.hosts[0] === other.hosts[0];
}

/** The namespace that a caller names as the user of its proxy URL. It only completes short names and grants nothing. */
export function callerNamespace(proxyAuthorization: string | undefined): string | undefined {
  const encoded = /^basic ([A-Za-z0-9+/=]{1,200})$/i.exec(proxyAuthorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const [user = ""] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(user) ? user : undefined;
}
