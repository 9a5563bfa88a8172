import type { ApiRule } from "@kyma/crds/generated/api-rules.gen.ts";
import type { IstioGateway } from "@kyma/crds/generated/istio-gateways.gen.ts";
import { type ObjectKey, keyOf, keyText } from "@kyma/kube/objects.ts";
import { fullHost, gatewayServes, isShortHost } from "./hosts.ts";
import type { Service } from "./kinds.ts";
import { serviceKey, serviceOfRule, trustedIssuers, type TrustedIssuer } from "./targets.ts";
import type { Problem } from "./problem.ts";

/** What an APIRule refers to, as the cluster has it now. */
export interface Surroundings {
  gateway: IstioGateway | undefined;
  service: (key: ObjectKey) => Service | undefined;
  /** Who else holds the host, such as "APIRule shop/orders"; undefined when it is free. */
  hostOwner: string | undefined;
  /** Pods without sidecar behind a Service in a namespace where the mesh injects one, as "namespace/name". */
  podsWithoutProxy: (service: Service) => string[];
  /** Another APIRule that has the Service trust the same issuer by other keys and came first; "namespace/name". */
  rivalForIssuer: (issuer: TrustedIssuer) => string | undefined;
}

/** What is wrong with the things that an APIRule refers to. */
export function referenceProblems(apiRule: ApiRule, surroundings: Surroundings): Problem[] {
  return [
    ...hostProblems(apiRule, surroundings),
    ...serviceProblems(apiRule, surroundings),
    ...issuerProblems(apiRule, surroundings),
  ];
}

function hostProblems(apiRule: ApiRule, { gateway, hostOwner }: Surroundings): Problem[] {
  const [host = ""] = apiRule.spec.hosts ?? [];
  const problems: Problem[] = [];
  if (!gateway && apiRule.spec.gateway)
    problems.push({ attribute: "spec.gateway", message: `Gateway ${apiRule.spec.gateway} does not exist` });
  if (gateway && isShortHost(host) && fullHost(host, gateway) === undefined) {
    const message =
      `host ${host} is short, but the servers of Gateway ${keyText(keyOf(gateway))} do not share one wildcard host; ` +
      "give the full name of the host";
    problems.push({ attribute: "spec.hosts[0]", message });
  }
  if (hostOwner !== undefined) {
    const name = fullHost(host, gateway) ?? host;
    problems.push({ attribute: "spec.hosts[0]", message: `host ${name} is already used by ${hostOwner}` });
  }
  return problems;
}

/** Problems of the spec's own Service are reported once, not once for each rule. */
function serviceProblems(apiRule: ApiRule, surroundings: Surroundings): Problem[] {
  const problems = (apiRule.spec.rules ?? []).flatMap((rule, index) => {
    const wanted = serviceOfRule(apiRule, rule);
    if (!wanted) return [];
    const attribute = rule.service ? `spec.rules[${index}].service` : "spec.service";
    const key = serviceKey(apiRule, wanted);
    const service = surroundings.service(key);
    if (!service)
      return [{ attribute: `${attribute}.name`, message: `Service ${keyText(key)} does not exist` }];
    return [
      ...portProblems(service, wanted.port, attribute),
      ...podProblems(service, attribute, surroundings),
    ];
  });
  return distinct(problems);
}

function portProblems(service: Service, port: number, attribute: string): Problem[] {
  const ports = (service.spec.ports ?? []).map((entry) => entry.port);
  if (ports.includes(port)) return [];
  const has = ports.length > 0 ? `; it has ${ports.join(", ")}` : "";
  return [
    {
      attribute: `${attribute}.port`,
      message: `Service ${keyText(keyOf(service))} has no port ${port}${has}`,
    },
  ];
}

function podProblems(service: Service, attribute: string, { podsWithoutProxy }: Surroundings): Problem[] {
  const name = keyText(keyOf(service));
  if (Object.keys(service.spec.selector ?? {}).length === 0) {
    const message = `Service ${name} has no selector, so its pods cannot be protected`;
    return [{ attribute: `${attribute}.name`, message }];
  }
  return podsWithoutProxy(service).map((pod) => ({
    attribute: `${attribute}.name`,
    message: `pod ${pod} of Service ${name} has no istio-proxy container, so nothing would guard it; restart the pod`,
  }));
}

function issuerProblems(apiRule: ApiRule, { rivalForIssuer }: Surroundings): Problem[] {
  const problems = trustedIssuers(apiRule).flatMap((trusted) => {
    const rival = rivalForIssuer(trusted);
    if (!rival) return [];
    const message = `Service ${trusted.service} trusts issuer ${trusted.issuer} already, by the keys that APIRule ${rival} names`;
    return [{ attribute: "spec.rules", message }];
  });
  return distinct(problems);
}

/** Something to know about an APIRule that is in effect all the same; undefined when there is nothing. */
export function warningOf(apiRule: ApiRule, gateway: IstioGateway, host: string): string | undefined {
  if (gatewayServes(gateway, host, apiRule.metadata.namespace ?? "")) return undefined;
  return (
    `Attribute 'spec.hosts[0]': Gateway ${keyText(keyOf(gateway))} does not serve host ${host}, ` +
    "so no request arrives until one of its servers does"
  );
}

function distinct(problems: Problem[]): Problem[] {
  const seen = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...seen.values()];
}
