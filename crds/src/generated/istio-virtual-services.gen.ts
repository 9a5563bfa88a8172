// Generated from manifests/istio-virtual-services.yaml by "npm run generate"; do not edit.

import type { ObjectMeta } from "../object-meta.ts";

/** Routes for the traffic to some hosts. */
export interface VirtualService {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec: VirtualServiceSpec;
  status?: Record<string, unknown>;
}

export interface VirtualServiceAllowOrigin {
  exact?: string;
  prefix?: string;
  /** RE2 pattern that the whole text must match. */
  regex?: string;
}

export interface VirtualServiceAuthority {
  exact?: string;
  prefix?: string;
  /** RE2 pattern that the whole text must match. */
  regex?: string;
}

export interface VirtualServiceCorsPolicy {
  allowOrigins?: VirtualServiceAllowOrigin[];
  allowMethods?: string[];
  allowHeaders?: string[];
  exposeHeaders?: string[];
  maxAge?: string;
  allowCredentials?: boolean;
  [field: string]: unknown;
}

export interface VirtualServiceDestination {
  host: string;
  subset?: string;
  port?: VirtualServicePort;
}

export interface VirtualServiceHeaders {
  request?: VirtualServiceRequest;
  response?: VirtualServiceResponse;
}

export interface VirtualServiceHttp {
  /** Name of the route, for logs and metrics. */
  name?: string;
  /** Conditions; one entry that is met suffices. */
  match?: VirtualServiceMatch[];
  /** Destinations with their weights. */
  route?: VirtualServiceRoute[];
  /** Changes to headers. */
  headers?: VirtualServiceHeaders;
  /** Time until a request is given up, such as 180s. */
  timeout?: string;
  /** Answers to cross-origin requests. */
  corsPolicy?: VirtualServiceCorsPolicy;
  [field: string]: unknown;
}

export interface VirtualServiceMatch {
  name?: string;
  /** Match for a text, by exactly one of exact, prefix and regex. */
  uri?: VirtualServiceUri;
  /** Match for a text, by exactly one of exact, prefix and regex. */
  scheme?: VirtualServiceScheme;
  /** Match for a text, by exactly one of exact, prefix and regex. */
  method?: VirtualServiceMethod;
  /** Match for a text, by exactly one of exact, prefix and regex. */
  authority?: VirtualServiceAuthority;
  headers?: Record<string, VirtualServiceValue>;
  withoutHeaders?: Record<string, VirtualServiceValue>;
  queryParams?: Record<string, VirtualServiceValue>;
  ignoreUriCase?: boolean;
  port?: number;
  gateways?: string[];
  sourceNamespace?: string;
  sourceLabels?: Record<string, string>;
  [field: string]: unknown;
}

export interface VirtualServiceMethod {
  exact?: string;
  prefix?: string;
  /** RE2 pattern that the whole text must match. */
  regex?: string;
}

export interface VirtualServicePort {
  number?: number;
}

export interface VirtualServiceRequest {
  set?: Record<string, string>;
  add?: Record<string, string>;
  remove?: string[];
}

export interface VirtualServiceResponse {
  set?: Record<string, string>;
  add?: Record<string, string>;
  remove?: string[];
}

export interface VirtualServiceRoute {
  /** Service that gets the traffic. */
  destination: VirtualServiceDestination;
  weight?: number;
  /** Changes to headers. */
  headers?: VirtualServiceHeaders;
  [field: string]: unknown;
}

export interface VirtualServiceScheme {
  exact?: string;
  prefix?: string;
  /** RE2 pattern that the whole text must match. */
  regex?: string;
}

export interface VirtualServiceSpec {
  /** Hosts that the routes are for. */
  hosts?: string[];
  /** Gateways as namespace/name that apply the routes; "mesh" means all sidecars. */
  gateways?: string[];
  exportTo?: string[];
  /** Routes in order; the first that matches decides. */
  http?: VirtualServiceHttp[];
  [field: string]: unknown;
}

export interface VirtualServiceUri {
  exact?: string;
  prefix?: string;
  /** RE2 pattern that the whole text must match. */
  regex?: string;
}

export interface VirtualServiceValue {
  exact?: string;
  prefix?: string;
  /** RE2 pattern that the whole text must match. */
  regex?: string;
}
