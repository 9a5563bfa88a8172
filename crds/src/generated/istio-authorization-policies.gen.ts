// Generated from manifests/istio-authorization-policies.yaml by "npm run generate"; do not edit.

import type { ObjectMeta } from "../object-meta.ts";

/** Which requests to some pods are let through. */
export interface AuthorizationPolicy {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec: AuthorizationPolicySpec;
  status?: Record<string, unknown>;
}

export interface AuthorizationPolicyFrom {
  /** All fields given must match. */
  source?: AuthorizationPolicySource;
}

export interface AuthorizationPolicyOperation {
  hosts?: string[];
  notHosts?: string[];
  ports?: string[];
  notPorts?: string[];
  methods?: string[];
  notMethods?: string[];
  paths?: string[];
  notPaths?: string[];
}

export interface AuthorizationPolicyProvider {
  name?: string;
}

export interface AuthorizationPolicyRule {
  /** Where the request comes from; one entry that is met suffices. */
  from?: AuthorizationPolicyFrom[];
  /** What the request asks for; one entry that is met suffices. */
  to?: AuthorizationPolicyTo[];
  /** Further conditions; all must be met. */
  when?: AuthorizationPolicyWhen[];
}

export interface AuthorizationPolicySelector {
  matchLabels?: Record<string, string>;
}

export interface AuthorizationPolicySource {
  principals?: string[];
  notPrincipals?: string[];
  requestPrincipals?: string[];
  notRequestPrincipals?: string[];
  namespaces?: string[];
  notNamespaces?: string[];
  ipBlocks?: string[];
  notIpBlocks?: string[];
  remoteIpBlocks?: string[];
  notRemoteIpBlocks?: string[];
  [field: string]: unknown;
}

export interface AuthorizationPolicySpec {
  /** Pods that this is for; all of the namespace when unset. */
  selector?: AuthorizationPolicySelector;
  /** What is done with a request that matches a rule; ALLOW when unset. */
  action?: "ALLOW" | "DENY" | "AUDIT" | "CUSTOM";
  /** Extension provider that decides, for action CUSTOM. */
  provider?: AuthorizationPolicyProvider;
  /** A request matches when one of these does; none means no request matches. */
  rules?: AuthorizationPolicyRule[];
  [field: string]: unknown;
}

export interface AuthorizationPolicyTo {
  /** All fields given must match. */
  operation?: AuthorizationPolicyOperation;
}

export interface AuthorizationPolicyWhen {
  key: string;
  values?: string[];
  notValues?: string[];
}
