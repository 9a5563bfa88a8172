import {
  booleanOf,
  durationMsOf,
  fieldsOf,
  listOf,
  refuseOthers,
  textOf,
  textsOf,
  UnsupportedError,
} from "./fields.ts";
import { compileStringMatch, type StringMatch } from "./string-match.ts";

export interface CorsPolicy {
  origins: StringMatch[];
  /** Ready header values; undefined when the policy does not name them. */
  methods: string | undefined;
  headers: string | undefined;
  exposed: string | undefined;
  maxAgeSeconds: string | undefined;
  credentials: boolean;
  /** Preflights from other origins go to the upstream (FORWARD, Istio's default) or are answered without CORS headers (IGNORE). */
  forwardUnmatched: boolean;
}

const corsFields = [
  "allowOrigins",
  "allowOrigin",
  "allowMethods",
  "allowHeaders",
  "exposeHeaders",
  "maxAge",
  "allowCredentials",
  "unmatchedPreflights",
];

export function compileCors(value: unknown, where: string): CorsPolicy | undefined {
  if (value === undefined || value === null) return undefined;
  const fields = fieldsOf(value, where);
  refuseOthers(fields, corsFields, where);
  const maxAge = durationMsOf(fields["maxAge"], `${where}.maxAge`);
  const joined = (name: string) => textsOf(fields[name], `${where}.${name}`).join(",") || undefined;
  return {
    origins: originsOf(fields, where),
    methods: joined("allowMethods"),
    headers: joined("allowHeaders"),
    exposed: joined("exposeHeaders"),
    maxAgeSeconds: maxAge === undefined ? undefined : String(Math.floor(maxAge / 1000)),
    credentials: booleanOf(fields["allowCredentials"], `${where}.allowCredentials`),
    forwardUnmatched: forwardsUnmatched(fields["unmatchedPreflights"], `${where}.unmatchedPreflights`),
  };
}

function originsOf(fields: Record<string, unknown>, where: string): StringMatch[] {
  const listed = listOf(fields["allowOrigins"], `${where}.allowOrigins`).map((item, index) =>
    compileStringMatch(item, `${where}.allowOrigins[${index}]`),
  );
  const exact = textsOf(fields["allowOrigin"], `${where}.allowOrigin`).map(
    (origin): StringMatch =>
      (actual) =>
        origin === "*" || actual === origin,
  );
  return [...listed, ...exact];
}

function forwardsUnmatched(value: unknown, where: string): boolean {
  const text = textOf(value, where) ?? "UNSPECIFIED";
  if (text !== "UNSPECIFIED" && text !== "FORWARD" && text !== "IGNORE") {
    throw new UnsupportedError(`${where} "${text}" is not supported`);
  }
  return text !== "IGNORE";
}

export function allowsOrigin(policy: CorsPolicy, origin: string): boolean {
  return policy.origins.some((matches) => matches(origin));
}

/** Headers of the answer to a preflight from an allowed origin. */
export function preflightHeaders(policy: CorsPolicy, origin: string): string[] {
  const headers = ["access-control-allow-origin", origin];
  if (policy.credentials) headers.push("access-control-allow-credentials", "true");
  if (policy.methods) headers.push("access-control-allow-methods", policy.methods);
  if (policy.headers) headers.push("access-control-allow-headers", policy.headers);
  if (policy.maxAgeSeconds) headers.push("access-control-max-age", policy.maxAgeSeconds);
  return headers;
}

/** Headers added to the answer to an actual request from an allowed origin. */
export function actualHeaders(policy: CorsPolicy, origin: string): string[] {
  const headers = ["access-control-allow-origin", origin];
  if (policy.credentials) headers.push("access-control-allow-credentials", "true");
  if (policy.exposed) headers.push("access-control-expose-headers", policy.exposed);
  return headers;
}
