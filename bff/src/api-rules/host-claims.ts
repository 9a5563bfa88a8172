import type { ApiRule } from "@kyma/crds/generated/api-rules.gen.ts";
import type { VirtualService } from "@kyma/crds/generated/istio-virtual-services.gen.ts";
import { apiRules, virtualServices } from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { ForbiddenError } from "@kyma/kube/errors.ts";
import type { KubeObject, ResourceType } from "@kyma/kube/objects.ts";
import { fullHost, type GatewayInfo } from "./gateways.ts";
import { ownerOf } from "./owner-labels.ts";

export interface HostClaim {
  host: string;
  owner: string;
}

/** Who holds a host, as far as the person may see; null when it is free or held by `except` (namespace/name) itself. */
export async function hostClaim(
  kube: KubeClient,
  question: { host: string; gateway: string; except?: string | null },
  known: GatewayInfo[],
): Promise<HostClaim | null> {
  const host = fullHost(question.host, gatewayOf(known, question.gateway));
  if (!host) return null;
  const [rules, services] = await Promise.all([
    listVisible<ApiRule>(kube, apiRules),
    listVisible<VirtualService>(kube, virtualServices),
  ]);
  const owner = findOwner(host, { rules, services, known, except: question.except ?? undefined });
  return owner ? { host, owner } : null;
}

/** The controller has the last word, so what may not be seen is left out here. */
async function listVisible<T extends KubeObject>(kube: KubeClient, type: ResourceType): Promise<T[]> {
  try {
    return (await kube.list<T>(type)).items;
  } catch (error) {
    if (error instanceof ForbiddenError) return [];
    throw error;
  }
}

interface Holders {
  rules: ApiRule[];
  services: VirtualService[];
  known: GatewayInfo[];
  except: string | undefined;
}

/** The oldest APIRule wins, before any VirtualService that was written by hand. */
export function findOwner(host: string, { rules, services, known, except }: Holders): string | undefined {
  const holder = rules
    .toSorted((a, b) =>
      (a.metadata.creationTimestamp ?? "").localeCompare(b.metadata.creationTimestamp ?? ""),
    )
    .find((rule) => {
      const gateway = gatewayOf(known, rule.spec.gateway ?? "");
      return nameOf(rule) !== except && rule.spec.hosts.some((one) => fullHost(one, gateway) === host);
    });
  if (holder) return `APIRule ${nameOf(holder)}`;
  const service = services.find((one) => one.spec.hosts?.includes(host) && isForeign(one, rules, except));
  return service && `VirtualService ${nameOf(service)}`;
}

/** Those that the controller made stand for their APIRule, which was looked at already. */
function isForeign(service: VirtualService, rules: ApiRule[], except: string | undefined): boolean {
  const owner = ownerOf(service);
  return owner === undefined || (owner !== except && !rules.some((rule) => nameOf(rule) === owner));
}

function gatewayOf(known: GatewayInfo[], ref: string): GatewayInfo | undefined {
  return known.find((gateway) => gateway.ref === ref);
}

function nameOf({ metadata }: { metadata: { namespace?: string; name: string } }): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}
