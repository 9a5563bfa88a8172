import type { IncomingMessage } from "node:http";
import { findRoute, type VirtualHost } from "../config/virtual-hosts.ts";
import type { RoutingTable } from "../config/table.ts";
import { ingressGatewayPrincipal } from "../config/workloads.ts";
import { plainAddress } from "../policy/address-blocks.ts";
import type { Authenticated, Authenticator } from "../policy/authenticate.ts";
import { canonicalAuthority, isInClusterName, splitAbsolute, type Authority } from "./canonical-host.ts";
import { canonicalTarget } from "./canonical-path.ts";
import { decideRoute, enforce } from "./decide.ts";
import { answer, unrouted, type Answer, type Decision, type Exchange } from "./exchange.ts";
import { headerValue, sanitisedHeaders } from "./headers.ts";
import { checkRequest } from "./request-checks.ts";

/** The address and port that gateway-level policies see as destination. */
const gatewayEndpoint = { address: "127.0.0.1", port: 8080 };

/** What becomes of a request from outside. */
export function decideEdge(
  request: IncomingMessage,
  table: RoutingTable,
  authenticator: Authenticator,
  requestId: () => string,
): Decision | Promise<Decision> {
  const exchange = edgeExchange(request, table, requestId);
  if ("kind" in exchange) return exchange;
  if (isInClusterName(exchange.host)) return answer(404, "this host is not served here");
  const { authentication, authorization } = table.edgePolicies;
  const unguarded =
    !authentication &&
    authorization.allow.length + authorization.deny.length + authorization.custom.length === 0;
  if (unguarded) return decideHost(exchange, authenticator);
  const outside = { ...exchange, principal: undefined };
  const passed = enforce(outside, table.edgePolicies, gatewayEndpoint, authenticator);
  const finish = (result: Authenticated | Answer): Decision | Promise<Decision> =>
    "kind" in result
      ? result
      : decideHost({ ...exchange, headers: result.headers, query: result.query }, authenticator);
  return passed instanceof Promise ? passed.then(finish) : finish(passed);
}

function decideHost(exchange: Exchange, authenticator: Authenticator): Decision | Promise<Decision> {
  const host = exchange.table.edge.match(exchange.host);
  if (!host) return answer(404, `no route for host ${exchange.host}`);
  return hostAnswer(host, exchange) ?? decideVirtualHost(host, exchange, authenticator);
}

function hostAnswer(host: VirtualHost, exchange: Exchange): Answer | undefined {
  if (host.problem !== undefined) return answer(503, `this host cannot be served: ${host.problem}`);
  if (!host.httpsRedirect) return undefined;
  return answer(301, "", unrouted, ["location", `https://${exchange.host}${exchange.path}${exchange.query}`]);
}

export function decideVirtualHost(
  host: VirtualHost,
  exchange: Exchange,
  authenticator: Authenticator,
): Decision | Promise<Decision> {
  const match = findRoute(host.routes, exchange);
  if (!match) return answer(404, `no route for ${exchange.method} ${exchange.path} on host ${exchange.host}`);
  return decideRoute(exchange, match, authenticator);
}

function edgeExchange(
  request: IncomingMessage,
  table: RoutingTable,
  requestId: () => string,
): Exchange | Answer {
  const problem = checkRequest(request);
  if (problem) return problem;
  const parts = requestParts(request);
  const target = parts && canonicalTarget(parts.target);
  if (!parts || !target) return { ...answer(400, "the request target is not valid"), close: true };
  const { host } = parts.authority;
  const headers = sanitisedHeaders(request.rawHeaders, "outside");
  const clientAddress = plainAddress(request.socket.remoteAddress);
  headers.push("x-forwarded-for", clientAddress, "x-forwarded-proto", "http", "x-request-id", requestId());
  return {
    table,
    method: request.method ?? "",
    path: target.path,
    query: target.query,
    host,
    hosts: [host],
    port: request.socket.localPort ?? 0,
    headers,
    clientAddress,
    principal: ingressGatewayPrincipal,
  };
}

/** The authority from Host, or from an absolute URL, which must then say the same. */
function requestParts(request: IncomingMessage): { authority: Authority; target: string } | undefined {
  const fromHeader = canonicalAuthority(headerValue(hostHeaders(request.rawHeaders), "host") ?? "");
  const url = request.url ?? "";
  if (url.startsWith("/")) return fromHeader && { authority: fromHeader, target: url };
  const absolute = splitAbsolute(url);
  const fromUrl = absolute && canonicalAuthority(absolute.authority);
  return absolute && fromUrl && fromUrl.host === fromHeader?.host
    ? { authority: fromUrl, target: absolute.rest }
    : undefined;
}

function hostHeaders(raw: readonly string[]): string[] {
  const found: string[] = [];
  for (let at = 0; at < raw.length; at += 2) {
    if (raw[at]?.length === 4 && raw[at]?.toLowerCase() === "host") found.push("host", raw[at + 1] as string);
  }
  return found;
}
