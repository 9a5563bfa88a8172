import {
  compileAuthorizationPolicy,
  policySet,
  type AuthorizationPolicy,
  type PolicySet,
} from "../policy/authorization-policies.ts";
import {
  authenticationSet,
  compileRequestAuthentication,
  type AuthenticationSet,
  type RequestAuthentication,
} from "../policy/request-authentications.ts";
import { nameOf, type ConfigObject } from "./fields.ts";
import { compileGateway, type CompiledGateway } from "./gateways.ts";
import type { HostTable } from "./host-match.ts";
import {
  compileServices,
  podsByAddress,
  type EndpointSliceObject,
  type PodObject,
  type ServiceEntry,
  type ServiceObject,
} from "./services.ts";
import { edgeHosts, meshHosts, type VirtualHost } from "./virtual-hosts.ts";
import { compileVirtualService, type CompiledVirtualService } from "./virtual-services.ts";
import { ingressGateway, selects, Workloads, type Workload } from "./workloads.ts";

/** Everything the gateway reads, as it was at one moment. */
export interface GatewayObjects {
  gateways: readonly ConfigObject[];
  virtualServices: readonly ConfigObject[];
  requestAuthentications: readonly ConfigObject[];
  authorizationPolicies: readonly ConfigObject[];
  services: readonly ServiceObject[];
  endpointSlices: readonly EndpointSliceObject[];
  pods: readonly PodObject[];
}

/** What a workload's sidecar would enforce. */
export interface WorkloadPolicies {
  authentication: AuthenticationSet | undefined;
  authorization: PolicySet;
}

/** The compiled configuration. A request takes one table and keeps it to its end, so it never sees half of a change. */
export interface RoutingTable {
  edge: HostTable<VirtualHost>;
  mesh: HostTable<VirtualHost>;
  services: Map<string, ServiceEntry>;
  /** Keys of Services by their bare name. */
  servicesByName: Map<string, string[]>;
  servicesByClusterIp: Map<string, string>;
  podsByAddress: Map<string, Workload>;
  /** What holds at the edge itself, before routing. */
  edgePolicies: WorkloadPolicies;
  /** Same object for workloads with the same policies. */
  policiesOf(workload: Workload): WorkloadPolicies;
  /** "Kind namespace/name: what is not supported". */
  problems: string[];
  virtualServices: Set<string>;
  keyUris: Set<string>;
}

const compiledGateways = new WeakMap<ConfigObject, CompiledGateway>();
const compiledVirtualServices = new WeakMap<ConfigObject, CompiledVirtualService>();
const compiledAuthentications = new WeakMap<ConfigObject, RequestAuthentication>();
const compiledPolicies = new WeakMap<ConfigObject, AuthorizationPolicy | undefined>();

/** Objects never change, so each is compiled once, however often the table is made anew. */
function remembered<T>(memory: WeakMap<ConfigObject, T>, compile: (object: ConfigObject) => T) {
  return (object: ConfigObject): T => {
    if (memory.has(object)) return memory.get(object) as T;
    const made = compile(object);
    memory.set(object, made);
    return made;
  };
}

/** Compiles all objects into one table. Never throws for what the objects hold. */
export function compileTable(objects: GatewayObjects): RoutingTable {
  const gateways = objects.gateways.map(remembered(compiledGateways, compileGateway));
  const virtualServices = objects.virtualServices.map(
    remembered(compiledVirtualServices, compileVirtualService),
  );
  const authentications = objects.requestAuthentications.map(
    remembered(compiledAuthentications, compileRequestAuthentication),
  );
  const policies = objects.authorizationPolicies
    .map(remembered(compiledPolicies, compileAuthorizationPolicy))
    .filter((policy) => policy !== undefined);
  const workloads = new Workloads();
  const policiesOf = policyLookup(authentications, policies);
  return {
    edge: edgeHosts(gateways, virtualServices),
    mesh: meshHosts(virtualServices),
    services: compileServices(objects.services, objects.endpointSlices, objects.pods, workloads),
    servicesByName: servicesByName(objects.services),
    servicesByClusterIp: servicesByClusterIp(objects.services),
    podsByAddress: podsByAddress(objects.pods, workloads),
    edgePolicies: policiesOf(ingressGateway),
    policiesOf,
    problems: problemsOf(gateways, virtualServices, authentications, policies),
    virtualServices: new Set(virtualServices.map(({ name }) => name)),
    keyUris: new Set(
      authentications.flatMap(({ rules }) =>
        rules.flatMap(({ keys }) => (keys.kind === "uri" ? keys.uri : [])),
      ),
    ),
  };
}

/** The table of a gateway that has no configuration: every host is unknown. */
export function emptyTable(): RoutingTable {
  const nothing: never[] = [];
  return compileTable({
    gateways: nothing,
    virtualServices: nothing,
    requestAuthentications: nothing,
    authorizationPolicies: nothing,
    services: nothing,
    endpointSlices: nothing,
    pods: nothing,
  });
}

function policyLookup(
  authentications: readonly RequestAuthentication[],
  policies: readonly AuthorizationPolicy[],
): (workload: Workload) => WorkloadPolicies {
  const byWorkload = new Map<Workload, WorkloadPolicies>();
  const bySelection = new Map<string, WorkloadPolicies>();
  return (workload) => {
    const known = byWorkload.get(workload);
    if (known) return known;
    const chosenAuthentications = authentications.filter((policy) => selects(policy, workload));
    const chosenPolicies = policies.filter((policy) => selects(policy, workload));
    const selection = JSON.stringify(
      [chosenAuthentications, chosenPolicies].map((list) => list.map(({ name }) => name)),
    );
    const made = bySelection.get(selection) ?? {
      authentication: authenticationSet(chosenAuthentications),
      authorization: policySet(chosenPolicies),
    };
    byWorkload.set(workload, made);
    bySelection.set(selection, made);
    return made;
  };
}

function servicesByName(services: readonly ServiceObject[]): Map<string, string[]> {
  const grouped = Map.groupBy(services, (service) => service.metadata.name);
  return new Map([...grouped].map(([name, group]) => [name, group.map(nameOf)]));
}

function servicesByClusterIp(services: readonly ServiceObject[]): Map<string, string> {
  const pairs = services.flatMap((service): [string, string][] => {
    const address = service.spec?.clusterIP;
    return address && address !== "None" ? [[address, nameOf(service)]] : [];
  });
  return new Map(pairs);
}

type Named = { name: string; problems: string[] };

function problemsOf(
  gateways: readonly Named[],
  virtualServices: readonly Named[],
  authentications: readonly Named[],
  policies: readonly Named[],
): string[] {
  const of = (kind: string, objects: readonly Named[]) =>
    objects.flatMap(({ name, problems }) => problems.map((problem) => `${kind} ${name}: ${problem}`));
  return [
    ...of("Gateway", gateways),
    ...of("VirtualService", virtualServices),
    ...of("RequestAuthentication", authentications),
    ...of("AuthorizationPolicy", policies),
  ];
}
