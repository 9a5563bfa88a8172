import { actualHeaders, allowsOrigin, preflightHeaders } from "../config/cors.ts";
import { applyHeaderChanges, type HeaderContext } from "../config/header-changes.ts";
import { redirectLocation } from "../config/rewrites.ts";
import { pickEndpoint, type Endpoint, type ServicePort } from "../config/services.ts";
import type { WorkloadPolicies } from "../config/table.ts";
import type { RouteMatch } from "../config/virtual-hosts.ts";
import type { Destination, Route } from "../config/virtual-services.ts";
import type { Authenticated, Authenticator } from "../policy/authenticate.ts";
import { isAllowed } from "../policy/authorization-policies.ts";
import {
  answer,
  unchanged,
  type Answer,
  type Decision,
  type Exchange,
  type ResponseChange,
  type RouteLabels,
} from "./exchange.ts";
import { headerValue, type HeaderList } from "./headers.ts";

export const corsHeader = /^access-control-/;

/** Follows a matched route: CORS, redirect, destination, policies of the endpoint's workload. */
export function decideRoute(
  exchange: Exchange,
  match: RouteMatch,
  authenticator: Authenticator,
): Decision | Promise<Decision> {
  const { route } = match;
  const labels = { virtualService: route.virtualService, route: route.index };
  if (route.problem !== undefined)
    return answer(503, `this route cannot be served: ${route.problem}`, labels);
  const preflight = answerPreflight(exchange, route, labels);
  if (preflight) return preflight;
  const change = responseChange(exchange, route, undefined);
  if (route.redirect)
    return changed(
      answer(route.redirect.status, "", labels, ["location", redirectLocation(route.redirect, exchange)]),
      change,
    );
  if (route.directResponse)
    return changed(answer(route.directResponse.status, route.directResponse.body, labels), change);
  const destination = pickDestination(route);
  const port = destination && servicePort(exchange, destination);
  if (!destination || !port) return changed(answer(503, "no healthy upstream", labels), change);
  const rewritten = rewrite(exchange, match, destination);
  if (!rewritten) return changed(answer(400, "the rewritten path is not a valid path", labels), change);
  return decideService(rewritten, port, authenticator, {
    labels,
    timeoutMs: route.timeoutMs,
    change: responseChange(exchange, route, destination),
  });
}

export interface Delivery {
  labels: RouteLabels;
  timeoutMs: number;
  change: ResponseChange;
}

/** Picks an endpoint and asks the policies of its workload. */
export function decideService(
  exchange: Exchange,
  port: ServicePort,
  authenticator: Authenticator,
  delivery: Delivery,
): Decision | Promise<Decision> {
  const endpoint = pickEndpoint(port, () => true);
  if (!endpoint) return changed(answer(503, "no healthy upstream", delivery.labels), delivery.change);
  const policies = exchange.table.policiesOf(endpoint.workload);
  const passed = enforce(exchange, policies, endpoint, authenticator);
  const finish = (result: Authenticated | Answer): Decision =>
    "kind" in result
      ? changed({ ...result, ...delivery.labels }, delivery.change)
      : forward(exchange, result, port, endpoint, policies, delivery);
  return passed instanceof Promise ? passed.then(finish) : finish(passed);
}

function forward(
  exchange: Exchange,
  passed: Authenticated,
  port: ServicePort,
  endpoint: Endpoint,
  policies: WorkloadPolicies,
  delivery: Delivery,
): Decision {
  const headers = passed.headers === exchange.headers ? passed.headers.slice() : passed.headers;
  headers.push("host", exchange.host);
  return {
    kind: "forward",
    port,
    endpoint,
    policies,
    table: exchange.table,
    method: exchange.method,
    target: exchange.path + passed.query,
    headers,
    timeoutMs: delivery.timeoutMs,
    change: delivery.change,
    ...delivery.labels,
  };
}

/** Authentication, then authorization, as the workload's sidecar does. */
export function enforce(
  exchange: Exchange,
  policies: WorkloadPolicies,
  endpoint: Pick<Endpoint, "address" | "port">,
  authenticator: Authenticator,
): Authenticated | Answer | Promise<Authenticated | Answer> {
  if (!policies.authentication) {
    return authorize(exchange, policies, endpoint, {
      headers: exchange.headers,
      query: exchange.query,
      token: undefined,
    });
  }
  const result = authenticator.authenticate(policies.authentication, exchange);
  const finish = (done: Awaited<typeof result>) =>
    "refused" in done ? unauthorized(exchange, done.refused) : authorize(exchange, policies, endpoint, done);
  return result instanceof Promise ? result.then(finish) : finish(result);
}

function unauthorized(exchange: Exchange, message: string): Answer {
  const realm = `http://${exchange.host}${exchange.path}`;
  return answer(401, message, undefined, [
    "www-authenticate",
    `Bearer realm="${realm}", error="invalid_token"`,
  ]);
}

function authorize(
  exchange: Exchange,
  policies: WorkloadPolicies,
  endpoint: Pick<Endpoint, "address" | "port">,
  authenticated: Authenticated,
): Authenticated | Answer {
  const allowed = isAllowed(policies.authorization, {
    method: exchange.method,
    path: exchange.path,
    hosts: exchange.hosts,
    hostPort: exchange.port,
    headers: authenticated.headers,
    principal: exchange.principal,
    sourceIp: exchange.clientAddress,
    destinationIp: endpoint.address,
    destinationPort: endpoint.port,
    token: authenticated.token,
  });
  return allowed ? authenticated : answer(403, "RBAC: access denied");
}

function pickDestination(route: Route): Destination | undefined {
  const [only] = route.destinations;
  if (route.destinations.length === 1) return only;
  let place = Math.random() * route.totalWeight;
  for (const destination of route.destinations) {
    place -= destination.weight;
    if (place < 0) return destination;
  }
  return undefined;
}

/** The port of the destination's Service; without a number its only one. */
function servicePort(exchange: Exchange, destination: Destination): ServicePort | undefined {
  const ports =
    destination.service === undefined ? undefined : exchange.table.services.get(destination.service)?.ports;
  if (!ports) return undefined;
  if (destination.port !== undefined) return ports.get(destination.port);
  return ports.size === 1 ? ports.values().next().value : undefined;
}

function rewrite(exchange: Exchange, match: RouteMatch, destination: Destination): Exchange | undefined {
  const { route, clause } = match;
  const context: HeaderContext = {
    host: exchange.host,
    path: exchange.path,
    method: exchange.method,
    requestHeaders: exchange.headers,
  };
  const path = route.rewrite?.path ? route.rewrite.path(exchange.path, clause) : exchange.path;
  if (path === undefined) return undefined;
  const byRoute = applyHeaderChanges(exchange.headers, route.headers.request, context);
  const headers = applyHeaderChanges(byRoute, destination.headers.request, context);
  const host = route.rewrite?.authority ?? destination.headers.request.host ?? route.headers.request.host;
  const unchangedHost = host === undefined || host === exchange.host;
  if (unchangedHost && path === exchange.path && headers === exchange.headers) return exchange;
  return { ...exchange, path, headers, ...(!unchangedHost && { host, hosts: [host] }) };
}

function responseChange(
  exchange: Exchange,
  route: Route,
  destination: Destination | undefined,
): ResponseChange {
  const own = route.headers.response;
  const other = destination?.headers.response;
  const cors = crossOriginHeaders(exchange, route);
  const context: HeaderContext = {
    host: exchange.host,
    path: exchange.path,
    method: exchange.method,
    requestHeaders: exchange.headers,
  };
  return (headers) => {
    const inner = other ? applyHeaderChanges(headers, other, context) : headers;
    const changed = applyHeaderChanges(inner, own, context);
    if (!cors) return changed;
    const named = new Set(cors.filter((_, at) => at % 2 === 0));
    return [...changed.filter((_, at) => !named.has(changed[at - (at % 2)] as string)), ...cors];
  };
}

function crossOriginHeaders(exchange: Exchange, route: Route): HeaderList | undefined {
  const origin = route.cors && headerValue(exchange.headers, "origin");
  return route.cors && origin !== undefined && allowsOrigin(route.cors, origin)
    ? actualHeaders(route.cors, origin)
    : undefined;
}

function answerPreflight(exchange: Exchange, route: Route, labels: RouteLabels): Answer | undefined {
  if (!route.cors || exchange.method !== "OPTIONS") return undefined;
  const origin = headerValue(exchange.headers, "origin");
  if (!origin || !headerValue(exchange.headers, "access-control-request-method")) return undefined;
  if (allowsOrigin(route.cors, origin)) return answer(200, "", labels, preflightHeaders(route.cors, origin));
  return route.cors.forwardUnmatched ? undefined : answer(200, "", labels);
}

export function changed(result: Answer, change: ResponseChange): Answer {
  return change === unchanged ? result : { ...result, headers: change(result.headers) };
}
