// Generated from manifests/api-rules.yaml by "npm run generate"; do not edit.

import type { ObjectMeta } from "../object-meta.ts";

/** Exposes Services outside the cluster under a host. */
export interface ApiRule {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec: ApiRuleSpec;
  status?: ApiRuleStatus;
}

export interface ApiRuleAuthentication {
  /** Issuer of the token (claim iss). */
  issuer: string;
  /** Address of the issuer's public keys. */
  jwksUri: string;
  /** Header to take the token from instead of Authorization. */
  fromHeaders?: ApiRuleFromHeader[];
  /** Query parameter to take the token from. */
  fromParams?: string[];
}

export interface ApiRuleAuthorization {
  /** All of these must be in the token. */
  requiredScopes?: string[];
  /** All of these must be in the token. */
  audiences?: string[];
}

export interface ApiRuleCorsPolicy {
  /** Allowed origins, each as exact, prefix or regex. */
  allowOrigins?: Record<string, string>[];
  allowMethods?: string[];
  allowHeaders?: string[];
  exposeHeaders?: string[];
  allowCredentials?: boolean;
  /** Seconds for which a browser may keep the answer to a preflight request. */
  maxAge?: number;
}

export interface ApiRuleExtAuth {
  /** Names of extension providers in the mesh configuration. */
  authorizers: string[];
  /** Only bearers of a valid token may pass. */
  restrictions?: ApiRuleRestrictions;
}

export interface ApiRuleFromHeader {
  name: string;
  prefix?: string;
}

export interface ApiRuleJwt {
  /** Issuers whose tokens are accepted. */
  authentications: ApiRuleAuthentication[];
  /** What a token must grant; one entry that is met suffices. */
  authorizations?: ApiRuleAuthorization[];
}

export interface ApiRuleRequest {
  /** Headers set on the request. */
  headers?: Record<string, string>;
  /** Cookies set on the request. */
  cookies?: Record<string, string>;
}

export interface ApiRuleRestrictions {
  /** Issuers whose tokens are accepted. */
  authentications: ApiRuleAuthentication[];
  /** What a token must grant; one entry that is met suffices. */
  authorizations?: ApiRuleAuthorization[];
}

export interface ApiRuleRule {
  /** Path; {*} stands for one segment, {**} for any number of segments, /* for every path. */
  path: string;
  /** HTTP methods that the rule is for. */
  methods: ("GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "CONNECT" | "OPTIONS" | "TRACE" | "PATCH")[];
  /** Service that gets the traffic. */
  service?: ApiRuleService;
  /** Seconds until a request is given up; 180 when unset. */
  timeout?: number;
  /** Changes to the request on its way to the Service. */
  request?: ApiRuleRequest;
  /** Everyone may pass. */
  noAuth?: boolean;
  /** Only bearers of a valid token may pass. */
  jwt?: ApiRuleJwt;
  /** An external authorizer decides. */
  extAuth?: ApiRuleExtAuth;
}

export interface ApiRuleService {
  /** Name of the Service. */
  name: string;
  /** Namespace of the Service; by default that of the APIRule. */
  namespace?: string;
  /** Port of the Service. */
  port: number;
  /** The Service lies outside the cluster. */
  external?: boolean;
}

export interface ApiRuleSpec {
  /** The one host; a short name, a full name, or a full name starting with "*.". */
  hosts: string[];
  /** Istio Gateway as namespace/name. */
  gateway?: string;
  /** ExternalGateway as namespace/name. */
  externalGateway?: string;
  /** Service that gets the traffic. */
  service?: ApiRuleService;
  /** Seconds until a request is given up; 180 when unset. */
  timeout?: number;
  /** What browsers on other origins may do. */
  corsPolicy?: ApiRuleCorsPolicy;
  /** Rules in order; the first that matches path and method decides. */
  rules: ApiRuleRule[];
}

export interface ApiRuleStatus {
  state?: "Processing" | "Deleting" | "Ready" | "Error" | "Warning";
  description?: string;
  /** When the controller last changed something for this object. */
  lastProcessedTime?: string;
  /** Generation of the spec that the status speaks of. */
  observedGeneration?: number;
}
