import type { ApiRule } from "@kyma/crds/generated/api-rules.gen.ts";
import { apiRules } from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { InvalidError, NotFoundError } from "@kyma/kube/errors.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { services } from "@kyma/kube/resource-types.ts";
import { consoleManager } from "../resources/apply.ts";
import { toYaml } from "../resources/yaml-text.ts";
import { effectiveRoutes, unreachableRules, type EffectiveRoute } from "./effective-routes.ts";
import { fullHost, listGateways, type GatewayInfo } from "./gateways.ts";
import { hostClaim } from "./host-claims.ts";

export interface ApiRulePreview {
  yaml: string;
  routes: EffectiveRoute[];
  problems: string[];
}

/** Checks an APIRule without writing: the schema by a dry run at the API server, then what the controller would find. */
export async function previewApiRule(kube: KubeClient, apiRule: UnknownObject): Promise<ApiRulePreview> {
  const yaml = toYaml(withoutServerFields(apiRule));
  const refused = await dryRun(kube, apiRule);
  if (refused.length) return { yaml, routes: [], problems: refused };
  const checked = apiRule as unknown as ApiRule;
  const gateways = await listGateways(kube, undefined);
  const problems = [
    ...gatewayProblems(checked, gateways),
    ...(await hostProblems(kube, checked, gateways)),
    ...(await serviceProblems(kube, checked)),
    ...ruleProblems(checked),
  ];
  return { yaml, routes: effectiveRoutes(checked), problems };
}

function withoutServerFields(object: UnknownObject): UnknownObject {
  const { name, namespace, labels, annotations } = object.metadata;
  const metadata = {
    name,
    ...(namespace ? { namespace } : {}),
    ...(labels ? { labels } : {}),
    ...(annotations ? { annotations } : {}),
  };
  return { apiVersion: object.apiVersion, kind: object.kind, metadata, spec: object["spec"] };
}

async function dryRun(kube: KubeClient, apiRule: UnknownObject): Promise<string[]> {
  const options = { manager: consoleManager, force: true, dryRun: true };
  try {
    await kube.apply<UnknownObject>(apiRules, withoutServerFields(apiRule), options);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    const causes = (error.details.causes ?? []).map(
      ({ field = "", message = "" }) => `${field || "object"}: ${message}`,
    );
    return causes.length ? causes : [error.message];
  }
}

export function gatewayProblems({ spec }: ApiRule, gateways: GatewayInfo[]): string[] {
  if (spec.externalGateway) return [`spec.externalGateway: external gateways are not supported here`];
  const gateway = gateways.find(({ ref }) => ref === spec.gateway);
  if (!gateway) return [`spec.gateway: Gateway ${spec.gateway ?? ""} does not exist`];
  const [host = ""] = spec.hosts;
  const full = fullHost(host, gateway);
  if (!full)
    return [
      `spec.hosts[0]: "${host}" is a short host, but Gateway ${gateway.ref} has no single domain to put it in`,
    ];
  const served = gateway.hosts.some((pattern) => matchesHost(pattern, full));
  return served
    ? []
    : [
        `spec.hosts[0]: Gateway ${gateway.ref} does not serve ${full} (it serves ${gateway.hosts.join(", ")})`,
      ];
}

function matchesHost(pattern: string, host: string): boolean {
  if (pattern === "*") return true;
  return pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : pattern === host;
}

async function hostProblems(
  kube: KubeClient,
  { metadata, spec }: ApiRule,
  gateways: GatewayInfo[],
): Promise<string[]> {
  const except = `${metadata.namespace ?? ""}/${metadata.name}`;
  const [host = ""] = spec.hosts;
  const claim = await hostClaim(kube, { host, gateway: spec.gateway ?? "", except }, gateways);
  return claim ? [`spec.hosts[0]: ${claim.host} is taken by ${claim.owner}`] : [];
}

/** Every Service that a rule names must be there with that port. */
async function serviceProblems(kube: KubeClient, { metadata, spec }: ApiRule): Promise<string[]> {
  const named = [
    { path: "spec.service", service: spec.rules.every((rule) => rule.service) ? undefined : spec.service },
    ...spec.rules.map(({ service }, index) => ({ path: `spec.rules[${index}].service`, service })),
  ];
  const problems = await Promise.all(
    named.map(async ({ path, service }) => {
      if (!service || service.external) return [];
      const namespace = service.namespace ?? spec.service?.namespace ?? metadata.namespace ?? "";
      return serviceProblem(kube, path, { ...service, namespace });
    }),
  );
  const none = spec.rules.flatMap(({ service }, index) =>
    (service ?? spec.service)
      ? []
      : [`spec.rules[${index}].service: neither the rule nor spec.service names a Service`],
  );
  return [...none, ...problems.flat()];
}

interface NamedService {
  name: string;
  namespace: string;
  port: number;
}

async function serviceProblem(
  kube: KubeClient,
  path: string,
  { name, namespace, port }: NamedService,
): Promise<string[]> {
  try {
    const found = await kube.get<UnknownObject>(services, { namespace, name });
    const spec = found["spec"] as { ports?: { port: number }[]; selector?: object } | undefined;
    const ports = spec?.ports?.map((one) => one.port) ?? [];
    if (!ports.includes(port)) {
      return [
        `${path}.port: Service ${namespace}/${name} has no port ${port} (it has ${ports.join(", ") || "none"})`,
      ];
    }
    return spec?.selector ? [] : [`${path}: Service ${namespace}/${name} selects no pods`];
  } catch (error) {
    if (error instanceof NotFoundError) return [`${path}: Service ${namespace}/${name} does not exist`];
    throw error;
  }
}

export function ruleProblems(apiRule: ApiRule): string[] {
  return unreachableRules(apiRule).map(({ index, by }) => {
    const rule = apiRule.spec.rules[index];
    const earlier = by.map((one) => one + 1).join(" and ");
    return `spec.rules[${index}].path: ${rule?.path ?? ""} is answered by rule ${earlier} before this rule is reached; put the more specific path first`;
  });
}
