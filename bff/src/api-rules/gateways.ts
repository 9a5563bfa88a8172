import type { IstioGateway } from "@kyma/crds/generated/istio-gateways.gen.ts";
import { gateways } from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";

export interface GatewayInfo {
  ref: string;
  hosts: string[];
  domain: string | null;
  urlTemplate: string;
}

export async function listGateways(
  kube: KubeClient,
  urlTemplate: string | undefined,
): Promise<GatewayInfo[]> {
  const { items } = await kube.list<IstioGateway>(gateways);
  return items.map((gateway) => toInfo(gateway, urlTemplate));
}

export function toInfo({ metadata, spec }: IstioGateway, urlTemplate?: string): GatewayInfo {
  const servers = spec.servers ?? [];
  // A host may be bound to a namespace: ns/host.
  const hosts = [
    ...new Set(servers.flatMap((server) => server.hosts.map((host) => host.slice(host.indexOf("/") + 1)))),
  ];
  const [only, ...others] = hosts;
  const domain = only?.startsWith("*.") && others.length === 0 ? only.slice(2) : null;
  return {
    ref: `${metadata.namespace ?? ""}/${metadata.name}`,
    hosts,
    domain,
    urlTemplate: urlTemplate ?? templateOf(servers),
  };
}

function templateOf(servers: NonNullable<IstioGateway["spec"]["servers"]>): string {
  const secure = servers.find(({ tls }) => tls && !tls.httpsRedirect);
  const server = secure ?? servers[0];
  const scheme = secure ? "https" : "http";
  const usual = secure ? 443 : 80;
  const port = server && server.port.number !== usual ? `:${server.port.number}` : "";
  return `${scheme}://{host}${port}`;
}

/** A short host lives in the gateway's domain; undefined when the gateway has none to offer. */
export function fullHost(host: string, gateway: GatewayInfo | undefined): string | undefined {
  const normal = host.toLowerCase().replace(/\.$/, "");
  if (normal.includes(".")) return normal;
  return gateway?.domain ? `${normal}.${gateway.domain}` : undefined;
}
