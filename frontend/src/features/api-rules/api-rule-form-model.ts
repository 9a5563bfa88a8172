import type { ApiRule, CorsPolicy, Rule } from "./api-rule.ts";

export interface JwtForm {
  issuer: string;
  jwksUri: string;
  /** Separated by spaces or commas; all are needed. */
  scopes: string;
  audiences: string;
}

export interface RuleForm {
  /** Stays with the rule when rules are moved. */
  id: number;
  path: string;
  methods: string[];
  access: "open" | "jwt";
  jwt: JwtForm;
  /** Empty: the service of the whole APIRule. */
  serviceName: string;
  servicePort: string;
  timeout: string;
  /** The rule as it was read: what the form does not show is kept. */
  original?: Rule;
}

export interface CorsForm {
  enabled: boolean;
  /** One origin per line or word. */
  origins: string;
  methods: string[];
  headers: string;
  credentials: boolean;
  maxAge: string;
}

export interface ApiRuleForm {
  name: string;
  host: string;
  gateway: string;
  serviceName: string;
  servicePort: string;
  timeout: string;
  cors: CorsForm;
  rules: RuleForm[];
}

const noJwt: JwtForm = { issuer: "", jwksUri: "", scopes: "", audiences: "" };

/** Splits what people type into a list: by spaces, commas, lines. */
function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}

export function newRule(id: number): RuleForm {
  const empty = { serviceName: "", servicePort: "", timeout: "" };
  return { id, path: "/*", methods: ["GET"], access: "open", jwt: noJwt, ...empty };
}

export function newForm(service: string, port: number, gateway: string): ApiRuleForm {
  return {
    name: service,
    host: service,
    gateway,
    serviceName: service,
    servicePort: String(port),
    timeout: "",
    cors: { enabled: false, origins: "", methods: ["GET"], headers: "", credentials: false, maxAge: "" },
    rules: [{ ...newRule(1), methods: ["GET", "POST"] }],
  };
}

/** The form that shows an APIRule. */
export function formOf(rule: ApiRule): ApiRuleForm {
  const { spec } = rule;
  return {
    name: rule.metadata.name,
    host: spec.hosts[0] ?? "",
    gateway: spec.gateway ?? "",
    serviceName: spec.service?.name ?? "",
    servicePort: spec.service ? String(spec.service.port) : "",
    timeout: spec.timeout === undefined ? "" : String(spec.timeout),
    cors: corsForm(spec.corsPolicy),
    rules: spec.rules.map((each, index) => ruleForm(each, index + 1)),
  };
}

function ruleForm(rule: Rule, id: number): RuleForm {
  const [authentication] = rule.jwt?.authentications ?? [];
  const [authorization] = rule.jwt?.authorizations ?? [];
  return {
    id,
    path: rule.path,
    methods: rule.methods,
    access: rule.jwt ? "jwt" : "open",
    jwt: {
      issuer: authentication?.issuer ?? "",
      jwksUri: authentication?.jwksUri ?? "",
      scopes: authorization?.requiredScopes?.join(" ") ?? "",
      audiences: authorization?.audiences?.join(" ") ?? "",
    },
    serviceName: rule.service?.name ?? "",
    servicePort: rule.service ? String(rule.service.port) : "",
    timeout: rule.timeout === undefined ? "" : String(rule.timeout),
    original: rule,
  };
}

function corsForm(policy: CorsPolicy | undefined): CorsForm {
  return {
    enabled: policy !== undefined,
    origins: (policy?.allowOrigins ?? [])
      .flatMap((origin) => Object.entries(origin).map(originText))
      .join("\n"),
    methods: policy?.allowMethods ?? ["GET"],
    headers: policy?.allowHeaders?.join(" ") ?? "",
    credentials: policy?.allowCredentials ?? false,
    maxAge: policy?.maxAge === undefined ? "" : String(policy.maxAge),
  };
}

/** "https://a.example" is exact, "https://a.*" a prefix, "regex:…" a regular expression. */
function originText([match, value]: [string, string]): string {
  if (match === "regex") return `regex:${value}`;
  return match === "prefix" ? `${value}*` : value;
}

function originOf(text: string): Record<string, string> {
  if (text.startsWith("regex:")) return { regex: text.slice("regex:".length) };
  return text.endsWith("*") ? { prefix: text.slice(0, -1) } : { exact: text };
}

/** The APIRule that the form describes. With `base`, everything that the form does not show is kept as it was. */
export function apiRuleOf(form: ApiRuleForm, namespace: string, base?: ApiRule): ApiRule {
  const spec: ApiRule["spec"] = {
    ...base?.spec,
    hosts: [form.host.trim()],
    rules: form.rules.map(ruleOf),
  };
  if (form.gateway) spec.gateway = form.gateway;
  assign(spec, "service", serviceOf(form.serviceName, form.servicePort, base?.spec.service));
  assign(spec, "timeout", numberOf(form.timeout));
  assign(spec, "corsPolicy", form.cors.enabled ? corsOf(form.cors, base?.spec.corsPolicy) : undefined);
  const { status: _status, ...object } = base ?? {
    apiVersion: "gateway.kyma-project.io/v2",
    kind: "APIRule",
    metadata: { name: form.name.trim(), namespace },
  };
  return { ...object, spec };
}

function ruleOf(form: RuleForm): Rule {
  const rule: Rule = { ...form.original, path: form.path.trim(), methods: form.methods };
  assign(rule, "service", serviceOf(form.serviceName, form.servicePort, form.original?.service));
  assign(rule, "timeout", numberOf(form.timeout));
  assign(rule, "noAuth", form.access === "open" ? true : undefined);
  assign(rule, "jwt", form.access === "jwt" ? jwtOf(form.jwt, form.original?.jwt) : undefined);
  return rule;
}

function jwtOf(
  { issuer, jwksUri, scopes, audiences }: JwtForm,
  original: Rule["jwt"],
): NonNullable<Rule["jwt"]> {
  const [first, ...others] = original?.authentications ?? [];
  const [firstGrant, ...otherGrants] = original?.authorizations ?? [];
  const grant = { ...firstGrant };
  assign(grant, "requiredScopes", orNothing(words(scopes)));
  assign(grant, "audiences", orNothing(words(audiences)));
  const grants = [...(Object.keys(grant).length > 0 ? [grant] : []), ...otherGrants];
  return {
    authentications: [{ ...first, issuer: issuer.trim(), jwksUri: jwksUri.trim() }, ...others],
    ...(grants.length > 0 ? { authorizations: grants } : {}),
  };
}

function corsOf(form: CorsForm, original: CorsPolicy | undefined): CorsPolicy {
  const policy: CorsPolicy = { ...original, allowOrigins: words(form.origins).map(originOf) };
  assign(policy, "allowMethods", orNothing(form.methods));
  assign(policy, "allowHeaders", orNothing(words(form.headers)));
  assign(policy, "allowCredentials", form.credentials || undefined);
  assign(policy, "maxAge", numberOf(form.maxAge));
  return policy;
}

function serviceOf(name: string, port: string, original?: { name: string; port: number }) {
  return name.trim() === "" ? undefined : { ...original, name: name.trim(), port: Number(port) };
}

function numberOf(text: string): number | undefined {
  return text.trim() === "" ? undefined : Number(text);
}

function orNothing<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** Sets the field, or removes it when there is no value. */
function assign<T extends object, K extends keyof T>(target: T, field: K, value: T[K] | undefined): void {
  if (value === undefined) delete target[field];
  else target[field] = value;
}
