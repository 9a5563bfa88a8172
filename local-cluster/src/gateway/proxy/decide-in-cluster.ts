import type { IncomingMessage } from "node:http";
import type { RoutingTable } from "../config/table.ts";
import { plainAddress } from "../policy/address-blocks.ts";
import type { Authenticator } from "../policy/authenticate.ts";
import { canonicalAuthority, splitAbsolute, type Authority } from "./canonical-host.ts";
import { canonicalTarget } from "./canonical-path.ts";
import { decideVirtualHost } from "./decide-edge.ts";
import { decideService } from "./decide.ts";
import { answer, unchanged, unrouted, type Answer, type Decision, type Exchange } from "./exchange.ts";
import { sanitisedHeaders, type HeaderList } from "./headers.ts";
import { callerNamespace, resolveTarget, sameTarget, type InClusterTarget } from "./in-cluster-target.ts";
import { checkRequest } from "./request-checks.ts";

/** What a CONNECT opened: requests inside must be for the same target. */
export interface Tunnel {
  authority: Authority;
  namespace: string | undefined;
}

/** A request for a host outside the cluster, passed on as it is. */
export interface Outside {
  kind: "outside";
  host: string;
  port: number;
  method: string;
  target: string;
  headers: HeaderList;
}

export type InClusterDecision = Decision | Outside;

/** What becomes of a local process's request. It has no identity, so the policies of the workload see a caller without principal. */
export function decideInCluster(
  request: IncomingMessage,
  tunnel: Tunnel | undefined,
  table: RoutingTable,
  authenticator: Authenticator,
): InClusterDecision | Promise<InClusterDecision> {
  const problem = checkRequest(request);
  if (problem) return problem;
  const parts = tunnel ? tunnelParts(request, tunnel, table) : absoluteParts(request, table);
  if ("kind" in parts) return parts;
  const { resolved, authority, target } = parts;
  if (resolved.kind === "unknown") return answer(404, resolved.message, unrouted, fromProxy);
  if (resolved.kind === "outside") return outside(request, resolved, authority, target);
  const canonical = canonicalTarget(target);
  if (!canonical) return { ...answer(400, "the request target is not valid"), close: true };
  const exchange: Exchange = {
    table,
    method: request.method ?? "",
    path: canonical.path,
    query: canonical.query,
    host: resolved.hosts[0] as string,
    hosts: resolved.hosts,
    port: authority.port ?? 80,
    headers: sanitisedHeaders(request.rawHeaders, "in-cluster"),
    clientAddress: plainAddress(request.socket.remoteAddress),
    principal: undefined,
  };
  return decideResolved(exchange, resolved, authenticator);
}

function decideResolved(
  exchange: Exchange,
  resolved: Extract<InClusterTarget, { kind: "service" | "pod" }>,
  authenticator: Authenticator,
): Decision | Promise<Decision> {
  const virtualHost = resolved.kind === "service" ? exchange.table.mesh.match(exchange.host) : undefined;
  if (virtualHost) return decideVirtualHost(virtualHost, exchange, authenticator);
  if (!resolved.port) return answer(503, `the Service ${exchange.host} has no port ${exchange.port}`);
  return decideService(exchange, resolved.port, authenticator, {
    labels: unrouted,
    timeoutMs: 0,
    change: unchanged,
  });
}

/** RFC 9209: the answer is not the target's. */
const fromProxy = ["proxy-status", "kyma-gateway; error=destination_not_found"];

interface Parts {
  resolved: InClusterTarget;
  authority: Authority;
  target: string;
}

function absoluteParts(request: IncomingMessage, table: RoutingTable): Parts | Answer {
  const absolute = splitAbsolute(request.url ?? "");
  const authority = absolute && canonicalAuthority(absolute.authority);
  if (!absolute || !authority)
    return { ...answer(400, "this is a proxy: send an absolute http URL or CONNECT"), close: true };
  const namespace = callerNamespace(request.headers["proxy-authorization"]);
  // The URL decides; a Host header that says otherwise is replaced, as HTTP asks of a proxy.
  return { resolved: resolveTarget(table, authority, namespace), authority, target: absolute.rest };
}

function tunnelParts(request: IncomingMessage, tunnel: Tunnel, table: RoutingTable): Parts | Answer {
  const url = request.url ?? "";
  const absolute = url.startsWith("/") ? undefined : splitAbsolute(url);
  const named = canonicalAuthority(absolute?.authority ?? request.headers.host ?? "");
  if (!named || (!absolute && !url.startsWith("/")))
    return { ...answer(400, "the request target is not valid"), close: true };
  const authority = tunnel.authority;
  const resolved = resolveTarget(table, authority, tunnel.namespace);
  const inner = resolveTarget(table, { host: named.host, port: authority.port }, tunnel.namespace);
  if (!sameTarget(resolved, inner)) {
    return { ...answer(400, `the tunnel leads to ${authority.host}, not to ${named.host}`), close: true };
  }
  return { resolved, authority, target: absolute?.rest ?? url };
}

function outside(
  request: IncomingMessage,
  resolved: Extract<InClusterTarget, { kind: "outside" }>,
  authority: Authority,
  target: string,
): Outside {
  const headers = sanitisedHeaders(request.rawHeaders, "in-cluster");
  headers.push("host", authority.port === undefined ? resolved.host : `${resolved.host}:${authority.port}`);
  const hash = target.indexOf("#");
  return {
    ...resolved,
    method: request.method ?? "",
    target: hash < 0 ? target : target.slice(0, hash),
    headers,
  };
}
