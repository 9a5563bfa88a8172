export const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

interface ServiceRef {
  name: string;
  port: number;
  namespace?: string;
}

interface JwtAuthentication {
  issuer: string;
  jwksUri: string;
}

export interface Rule {
  path: string;
  methods: string[];
  service?: ServiceRef;
  timeout?: number;
  noAuth?: boolean;
  jwt?: {
    authentications: JwtAuthentication[];
    authorizations?: { requiredScopes?: string[]; audiences?: string[] }[];
  };
}

export interface CorsPolicy {
  allowOrigins?: Record<string, string>[];
  allowMethods?: string[];
  allowHeaders?: string[];
  exposeHeaders?: string[];
  allowCredentials?: boolean;
  maxAge?: number;
}

interface ApiRuleSpec {
  hosts: string[];
  gateway?: string;
  service?: ServiceRef;
  timeout?: number;
  corsPolicy?: CorsPolicy;
  rules: Rule[];
}

/** An APIRule as far as the console reads it; whatever else it holds is kept when it is edited. */
export interface ApiRule {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace: string;
    uid?: string;
    resourceVersion?: string;
    creationTimestamp?: string;
  };
  spec: ApiRuleSpec;
  status?: { state?: string; description?: string; lastProcessedTime?: string };
}

/** The host in full: short ones live below the gateway's domain. */
export function fullHost(host: string, domain: string | null | undefined): string {
  return host.includes(".") || !domain ? host : `${host}.${domain}`;
}
