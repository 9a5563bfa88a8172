import { apiRules, virtualServices } from "@kyma/crds/resource-types.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { ingresses, nodes, secrets, services } from "@kyma/kube/resource-types.ts";
import { mapSelects, selects } from "./pod-template.ts";
import { addWorkloads } from "./related-workloads.ts";
import { at, listAt, textAt, type Relations } from "./relations.ts";

export function relateService(relations: Relations): void {
  const { namespace = "", name } = relations.object.metadata;
  const selector = at(relations.object, "spec", "selector");
  addWorkloads(relations, ({ labels }) =>
    mapSelects(selector, labels) ? "its pods get the traffic" : undefined,
  );
  relations.addWhere(ingresses, "leads to it", (one) => ingressServices(one).includes(name));
  // A rule may point at a Service of another namespace, so all that may be seen are looked at where the kind exists.
  relations.addWhere(apiRules, "exposes it", (one) => apiRuleServices(one).includes(`${namespace}/${name}`));
  relations.addWhere(virtualServices, "routes to it", (one) =>
    hostsOf(one).some((host) => isService(host, name, namespace)),
  );
}

export function relateIngress(relations: Relations): void {
  for (const name of ingressServices(relations.object))
    relations.name(services, { name }, "gets the traffic");
  for (const tls of listAt(relations.object, "spec", "tls")) {
    const name = textAt(tls, "secretName");
    if (name !== undefined) relations.name(secrets, { name }, "holds the certificate");
  }
}

export function relateApiRule(relations: Relations): void {
  for (const place of new Set(apiRuleServices(relations.object))) {
    const [namespace, name = ""] = place.split("/");
    relations.name(services, { namespace, name }, "gets the traffic");
  }
}

export function relateEndpointSlice(relations: Relations): void {
  const seen = new Set<string>();
  for (const endpoint of listAt(relations.object, "endpoints")) {
    const node = textAt(endpoint, "nodeName");
    if (node !== undefined && !seen.has(node)) relations.name(nodes, { name: node }, "has endpoints");
    if (node !== undefined) seen.add(node);
  }
}

export function relateNetworkPolicy(relations: Relations): void {
  const selector = at(relations.object, "spec", "podSelector");
  addWorkloads(relations, ({ labels }) =>
    selects(selector, labels) ? "its traffic is filtered" : undefined,
  );
}

/** Names of the Services that an Ingress leads to. Pure. */
function ingressServices(ingress: UnknownObject): string[] {
  const backends = [
    at(ingress, "spec", "defaultBackend"),
    ...listAt(ingress, "spec", "rules").flatMap((rule) =>
      listAt(rule, "http", "paths").map(({ backend }) => backend),
    ),
  ];
  return [...new Set(backends.flatMap((backend) => textAt(backend, "service", "name") ?? []))];
}

/** "namespace/name" of the Services of an APIRule. Pure. */
function apiRuleServices(rule: UnknownObject): string[] {
  const references = [
    at(rule, "spec", "service"),
    ...listAt(rule, "spec", "rules").map(({ service }) => service),
  ];
  return references.flatMap((service) => {
    const name = textAt(service, "name");
    return name === undefined
      ? []
      : `${textAt(service, "namespace") ?? rule.metadata.namespace ?? ""}/${name}`;
  });
}

function hostsOf(virtualService: UnknownObject): string[] {
  return ["http", "tcp", "tls"]
    .flatMap((protocol) => listAt(virtualService, "spec", protocol))
    .flatMap((route) => listAt(route, "route"))
    .flatMap((destination) => textAt(destination, "destination", "host") ?? []);
}

function isService(host: string, name: string, namespace: string): boolean {
  return [
    name,
    `${name}.${namespace}`,
    `${name}.${namespace}.svc`,
    `${name}.${namespace}.svc.cluster.local`,
  ].includes(host);
}
