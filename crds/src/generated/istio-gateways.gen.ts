// Generated from manifests/istio-gateways.yaml by "npm run generate"; do not edit.

import type { ObjectMeta } from "../object-meta.ts";

/** Ports and hosts at the edge of the mesh. */
export interface IstioGateway {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec: GatewaySpec;
  status?: Record<string, unknown>;
}

export interface GatewayPort {
  name: string;
  number: number;
  protocol: string;
  targetPort?: number;
  [field: string]: unknown;
}

export interface GatewayServer {
  name?: string;
  bind?: string;
  defaultEndpoint?: string;
  /** Hosts as dnsName or namespace/dnsName; "*." stands for any subdomain. */
  hosts: string[];
  /** Port that is listened on. */
  port: GatewayPort;
  /** TLS settings of the port. */
  tls?: GatewayTls;
  [field: string]: unknown;
}

export interface GatewaySpec {
  /** Labels of the pods that are this gateway. */
  selector?: Record<string, string>;
  /** Ports with their hosts. */
  servers?: GatewayServer[];
  [field: string]: unknown;
}

export interface GatewayTls {
  mode?: "PASSTHROUGH" | "SIMPLE" | "MUTUAL" | "AUTO_PASSTHROUGH" | "ISTIO_MUTUAL" | "OPTIONAL_MUTUAL";
  credentialName?: string;
  httpsRedirect?: boolean;
  [field: string]: unknown;
}
