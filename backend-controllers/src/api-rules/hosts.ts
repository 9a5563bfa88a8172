import type { ApiRule } from "@kyma/crds/generated/api-rules.gen.ts";
import type { IstioGateway } from "@kyma/crds/generated/istio-gateways.gen.ts";
import { type ObjectKey, keyOf, keyText, parseKey } from "@kyma/kube/objects.ts";

/** A short host has no domain of its own: it lives in that of its Gateway. */
export function isShortHost(host: string): boolean {
  return !host.includes(".");
}

/** Domain of short hosts, such as "localhost" for a Gateway with *.localhost; undefined when its servers do not share one wildcard. */
export function shortHostDomain(gateway: IstioGateway): string | undefined {
  const hosts = new Set(gatewayHosts(gateway).map(({ host }) => host));
  const [only] = hosts;
  return hosts.size === 1 && only?.startsWith("*.") ? only.slice(2) : undefined;
}

/** Full name of an APIRule's host; undefined when it is short and the Gateway gives no domain. */
export function fullHost(host: string, gateway: IstioGateway | undefined): string | undefined {
  if (!isShortHost(host)) return host;
  const domain = gateway && shortHostDomain(gateway);
  return domain === undefined ? undefined : `${host}.${domain}`;
}

/** True when the Gateway takes in requests for `host` on behalf of VirtualServices in `namespace`. */
export function gatewayServes(gateway: IstioGateway, host: string, namespace: string): boolean {
  return gatewayHosts(gateway).some(
    (served) =>
      covers(served.host, host) &&
      (served.namespace === "*" ||
        (served.namespace === "." ? gateway.metadata.namespace : served.namespace) === namespace),
  );
}

function gatewayHosts(gateway: IstioGateway): { namespace: string; host: string }[] {
  return (gateway.spec.servers ?? []).flatMap(({ hosts }) =>
    hosts.map((entry) => {
      const { namespace = "*", name } = parseKey(entry);
      return { namespace, host: name.toLowerCase() };
    }),
  );
}

/** True when every host that `inner` stands for is one that `outer` stands for. */
function covers(outer: string, inner: string): boolean {
  return outer === "*" || outer === inner || (outer.startsWith("*.") && inner.endsWith(outer.slice(1)));
}

/** How an APIRule may spell a claim to the full name `host`: as that, in short, or by a wildcard above it. */
export function claimSpellings(host: string): string[] {
  const labels = host.split(".");
  const wildcards = labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join(".")}`);
  return [...new Set([host, labels[0] ?? host, ...wildcards])];
}

/** A host that somebody wants. */
export interface HostClaim {
  apiRule: ApiRule;
  /** Full name. */
  host: string;
  /** Its VirtualService carries the host already. */
  holds: boolean;
}

/**
 * The rival that keeps `claim` from its host; undefined when there is none. Who holds a host keeps it; between two who both do or
 * both do not, the older wins, then the lesser name. All parties come to the same judgement.
 */
export function winningRival(claim: HostClaim, rivals: HostClaim[]): HostClaim | undefined {
  return rivals.find((rival) => collide(claim, rival) && precedes(rival, claim));
}

/** Within a namespace a wildcard and a more specific host live together: the more specific one gets its requests. */
function collide(a: HostClaim, b: HostClaim): boolean {
  if (a.host === b.host) return true;
  const sameNamespace = a.apiRule.metadata.namespace === b.apiRule.metadata.namespace;
  return !sameNamespace && (covers(a.host, b.host) || covers(b.host, a.host));
}

function precedes(a: HostClaim, b: HostClaim): boolean {
  if (a.holds !== b.holds) return a.holds;
  return isOlder(a.apiRule, b.apiRule);
}

/** Older by creation time, then by key: a total order that everybody sees alike. */
export function isOlder(a: ApiRule, b: ApiRule): boolean {
  const [created, other] = [a.metadata.creationTimestamp ?? "", b.metadata.creationTimestamp ?? ""];
  if (created !== other) return created < other;
  return keyText(keyOf(a)) < keyText(keyOf(b));
}

/** Key of the Gateway that an APIRule names; undefined when it names none. */
export function gatewayKey(apiRule: ApiRule): ObjectKey | undefined {
  return apiRule.spec.gateway === undefined ? undefined : parseKey(apiRule.spec.gateway);
}
