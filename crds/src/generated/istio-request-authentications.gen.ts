// Generated from manifests/istio-request-authentications.yaml by "npm run generate"; do not edit.

import type { ObjectMeta } from "../object-meta.ts";

/** Which tokens are accepted as proof of who calls; a request without one passes. */
export interface RequestAuthentication {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec: RequestAuthenticationSpec;
  status?: Record<string, unknown>;
}

export interface RequestAuthenticationFromHeader {
  name: string;
  prefix?: string;
}

export interface RequestAuthenticationJwtRule {
  issuer: string;
  audiences?: string[];
  jwksUri?: string;
  jwks?: string;
  fromHeaders?: RequestAuthenticationFromHeader[];
  fromParams?: string[];
  /** Leave the token in the request. */
  forwardOriginalToken?: boolean;
  outputPayloadToHeader?: string;
  timeout?: string;
  [field: string]: unknown;
}

export interface RequestAuthenticationSelector {
  matchLabels?: Record<string, string>;
}

export interface RequestAuthenticationSpec {
  /** Pods that this is for; all of the namespace when unset. */
  selector?: RequestAuthenticationSelector;
  /** Accepted issuers. */
  jwtRules?: RequestAuthenticationJwtRule[];
  [field: string]: unknown;
}
