import type { ApiRule, ApiRuleJwt, ApiRuleRule } from "@kyma/crds/generated/api-rules.gen.ts";
import { covers, overlaps } from "./path-patterns.ts";

export interface EffectiveRoute {
  index: number;
  path: string;
  methods: string[];
  access: string;
  service: string;
  note: string | null;
}

/** The rules as the gateway enforces them: in order, the first that matches path and method answers. */
export function effectiveRoutes(apiRule: ApiRule): EffectiveRoute[] {
  const { rules } = apiRule.spec;
  return rules.map((rule, index) => ({
    index,
    path: rule.path,
    methods: rule.methods,
    access: accessText(rule),
    service: serviceText(apiRule, rule),
    note: shadowNote(rules.slice(0, index), rule),
  }));
}

/** A rule whose every method is answered by earlier ones can never be reached: the controller refuses it. */
export function unreachableRules(apiRule: ApiRule): { index: number; by: number[] }[] {
  return apiRule.spec.rules.flatMap((rule, index, rules) => {
    const by = rule.methods.map((method) =>
      rules
        .slice(0, index)
        .findIndex((earlier) => earlier.methods.includes(method) && covers(earlier.path, rule.path)),
    );
    return by.some((earlier) => earlier >= 0)
      ? [{ index, by: [...new Set(by.filter((earlier) => earlier >= 0))] }]
      : [];
  });
}

function accessText({ noAuth, jwt, extAuth }: ApiRuleRule): string {
  if (noAuth) return "open to everyone";
  if (jwt) return jwtText(jwt);
  if (!extAuth) return "nobody: the rule says neither noAuth nor jwt nor extAuth";
  const decided = `decided by ${extAuth.authorizers.join(", ")}`;
  return extAuth.restrictions ? `${decided}, and ${jwtText(extAuth.restrictions)}` : decided;
}

function jwtText({ authentications, authorizations = [] }: ApiRuleJwt): string {
  const issuers = authentications.map(({ issuer }) => issuer).join(" or ");
  const grants = authorizations.map(({ requiredScopes = [], audiences = [] }) =>
    [listText("scope", requiredScopes), listText("audience", audiences)].filter(Boolean).join(", "),
  );
  return ["JWT from " + issuers, grants.filter(Boolean).join(" or ")].filter(Boolean).join(", ");
}

function listText(noun: string, values: string[]): string {
  if (values.length === 0) return "";
  return `${noun}${values.length > 1 ? "s" : ""} ${values.join(" and ")}`;
}

function serviceText({ metadata, spec }: ApiRule, rule: ApiRuleRule): string {
  const service = rule.service ?? spec.service;
  if (!service) return "none";
  const namespace = service.namespace ?? spec.service?.namespace ?? metadata.namespace ?? "";
  return `${service.name}.${namespace}:${service.port}`;
}

/** Says which requests an earlier rule takes away, rules counted from 1 as people do. */
function shadowNote(earlier: ApiRuleRule[], rule: ApiRuleRule): string | null {
  const open = new Set<string>(rule.methods);
  const notes = earlier.flatMap((other, index) => {
    const shared = other.methods.filter((method) => open.has(method));
    if (shared.length === 0 || !overlaps(other.path, rule.path)) return [];
    const all = covers(other.path, rule.path);
    if (all) for (const method of shared) open.delete(method);
    return [`${shared.join(", ")} ${all ? rule.path : other.path} is answered by rule ${index + 1}`];
  });
  if (open.size === 0) notes.push("so this rule is never reached");
  return notes.length ? notes.join("; ") : null;
}
