import type { CompiledGateway, GatewayServer } from "./gateways.ts";
import { HostTable, intersection, type HostPattern } from "./host-match.ts";
import { clauseMatches, type MatchClause, type RequestView } from "./route-match.ts";
import { serviceAliases, serviceKeyOf } from "./service-names.ts";
import type { CompiledVirtualService, Route } from "./virtual-services.ts";

/** What answers for one host. */
export interface VirtualHost {
  routes: Route[];
  httpsRedirect: boolean;
  problem: string | undefined;
}

/** Hosts of the edge: VirtualServices bound to Gateways of the ingress gateway. */
export function edgeHosts(
  gateways: readonly CompiledGateway[],
  services: readonly CompiledVirtualService[],
): HostTable<VirtualHost> {
  const hosts = new HostTable<VirtualHost>();
  const byName = new Map(gateways.map((gateway) => [gateway.name, gateway]));
  const ordered = inOrder(services);
  // What the edge can serve comes first: an HTTPS server of the same host must not shadow the HTTP one.
  for (const servable of [true, false]) {
    for (const service of ordered) {
      for (const name of service.gateways) {
        for (const server of byName.get(name)?.servers ?? []) {
          if ((server.problem === undefined) === servable) bind(hosts, service, name, server);
        }
      }
    }
  }
  return hosts;
}

/** VirtualServices for callers inside the cluster (gateway "mesh"), by the names that Services are called by. */
export function meshHosts(services: readonly CompiledVirtualService[]): HostTable<VirtualHost> {
  const hosts = new HostTable<VirtualHost>();
  for (const service of inOrder(services)) {
    if (!service.gateways.includes("mesh")) continue;
    for (const host of service.hosts) {
      const key = host.includes("*") ? undefined : serviceKeyOf(host, service.namespace);
      const pattern = key === undefined ? host : (serviceAliases(key)[0] as string);
      addRoutes(hosts, pattern, routesAt(service, "mesh", undefined));
    }
  }
  return hosts;
}

/** Older objects first, so that nobody takes over a path of a host by adding a VirtualService. */
function inOrder(services: readonly CompiledVirtualService[]): CompiledVirtualService[] {
  return services.toSorted((a, b) => compare(a.created, b.created) || compare(a.name, b.name));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function bind(
  hosts: HostTable<VirtualHost>,
  service: CompiledVirtualService,
  gateway: string,
  server: GatewayServer,
): void {
  for (const { pattern, namespace } of server.hosts) {
    if (namespace !== undefined && namespace !== service.namespace) continue;
    for (const host of service.hosts) {
      const shared = intersection(pattern, host);
      if (shared === undefined) continue;
      if (server.problem !== undefined) addProblem(hosts, shared, server.problem);
      else if (server.httpsRedirect) addRedirect(hosts, shared);
      else addRoutes(hosts, shared, routesAt(service, gateway, server.port));
    }
  }
}

function addRoutes(hosts: HostTable<VirtualHost>, pattern: HostPattern, routes: Route[]): void {
  const existing = hosts.get(pattern);
  if (!existing || existing.httpsRedirect) {
    hosts.set(pattern, { routes, httpsRedirect: false, problem: undefined });
    return;
  }
  // The same object bound to the same host through a second server adds nothing.
  if (existing.routes.some((route) => route.virtualService === routes[0]?.virtualService)) return;
  const all = [...existing.routes, ...routes];
  existing.routes = [...all.filter((route) => !isCatchAll(route)), ...all.filter(isCatchAll)];
}

function addRedirect(hosts: HostTable<VirtualHost>, pattern: HostPattern): void {
  if (!hosts.get(pattern)) hosts.set(pattern, { routes: [], httpsRedirect: true, problem: undefined });
}

function addProblem(hosts: HostTable<VirtualHost>, pattern: HostPattern, problem: string): void {
  if (!hosts.get(pattern)) hosts.set(pattern, { routes: [], httpsRedirect: false, problem });
}

/** The routes that hold at one gateway and port, with the match clauses that do. */
function routesAt(service: CompiledVirtualService, gateway: string, port: number | undefined): Route[] {
  const holds = (clause: MatchClause) =>
    (clause.gateways === undefined || clause.gateways.includes(gateway)) &&
    (clause.port === undefined || port === undefined || clause.port === port);
  return service.routes.flatMap((route) => {
    const clauses = route.clauses.filter(holds);
    if (clauses.length === route.clauses.length) return route;
    return clauses.length === 0 ? [] : { ...route, clauses };
  });
}

/** Istio puts these last when several VirtualServices share a host. */
function isCatchAll(route: Route): boolean {
  return (
    route.clauses.length === 0 ||
    route.clauses.some(
      ({ conditions, uriKind, uriPrefix }) =>
        conditions.length === 0 || (conditions.length === 1 && uriKind === "prefix" && uriPrefix === "/"),
    )
  );
}

export interface RouteMatch {
  route: Route;
  clause: MatchClause | undefined;
}

/** The first route in order with a clause that matches. */
export function findRoute(routes: readonly Route[], request: RequestView): RouteMatch | undefined {
  for (const route of routes) {
    if (route.clauses.length === 0) return { route, clause: undefined };
    for (const clause of route.clauses) if (clauseMatches(clause, request)) return { route, clause };
  }
  return undefined;
}
