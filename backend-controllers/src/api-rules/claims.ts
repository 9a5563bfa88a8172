import type { ApiRule } from "@kyma/crds/generated/api-rules.gen.ts";
import type { VirtualService } from "@kyma/crds/generated/istio-virtual-services.gen.ts";
import { type ObjectKey, keyOf, keyText } from "@kyma/kube/objects.ts";
import type { ApiRuleCaches } from "./caches.ts";
import { type HostClaim, claimSpellings, fullHost, gatewayKey, isOlder, winningRival } from "./hosts.ts";
import { ownerOf } from "./ownership.ts";
import { type TrustedIssuer, issuerIndexValue, trustedIssuers } from "./targets.ts";

/** Answers who claims which host and issuer, from what is in memory. */
export class Claims {
  readonly #caches: ApiRuleCaches;

  constructor(caches: ApiRuleCaches) {
    this.#caches = caches;
  }

  /** Full name of an APIRule's host; undefined when its Gateway does not tell. */
  hostOf(apiRule: ApiRule): string | undefined {
    const [host] = apiRule.spec.hosts ?? [];
    const key = gatewayKey(apiRule);
    return host === undefined ? undefined : fullHost(host, key && this.#caches.gateways.get(key));
  }

  /** Who keeps `apiRule` from its host, such as "APIRule shop/orders" or "VirtualService shop/legacy". */
  hostOwner(apiRule: ApiRule): string | undefined {
    const host = this.hostOf(apiRule);
    if (host === undefined) return undefined;
    const claim = this.#claimOf(apiRule, host);
    const rival = winningRival(claim, this.#rivals(apiRule, host));
    if (rival) return `APIRule ${keyText(keyOf(rival.apiRule))}`;
    const foreign = this.#foreignHolder(claim);
    return foreign && `VirtualService ${keyText(keyOf(foreign))}`;
  }

  /** Another APIRule that came first and has the same Service trust the same issuer by other keys. */
  rivalForIssuer(apiRule: ApiRule, trusted: TrustedIssuer): string | undefined {
    const rival = this.#caches.apiRules
      .byIndex("issuer", issuerIndexValue(trusted))
      .find((other) => isOlder(other, apiRule) && isActive(other) && contradicts(other, trusted));
    return rival && keyText(keyOf(rival));
  }

  /** APIRules that may be affected when the claim to the host of `apiRule` comes or goes. */
  contenders(apiRule: ApiRule): ObjectKey[] {
    const host = this.hostOf(apiRule);
    if (host === undefined) return [];
    return this.#rivals(apiRule, host).map((rival) => keyOf(rival.apiRule));
  }

  /** APIRules that claim `host`, a full name. */
  claimants(host: string): ApiRule[] {
    const { apiRules } = this.#caches;
    const candidates = host.startsWith("*.")
      ? apiRules.list()
      : claimSpellings(host).flatMap((spelling) => apiRules.byIndex("host", spelling));
    return candidates.filter(isActive);
  }

  #rivals(apiRule: ApiRule, host: string): HostClaim[] {
    const wanting = this.claimants(host).flatMap((rival) => {
      const claimed = this.hostOf(rival);
      return claimed === undefined ? [] : [this.#claimOf(rival, claimed)];
    });
    const self = keyText(keyOf(apiRule));
    return [...wanting, ...this.#holders(host)].filter((rival) => keyText(keyOf(rival.apiRule)) !== self);
  }

  /** APIRules whose VirtualService carries the host, even if they want another one by now. */
  #holders(host: string): HostClaim[] {
    return this.#caches.virtualServices.byIndex("host", host).flatMap((virtualService) => {
      const apiRule = this.#parentOf(virtualService);
      return apiRule ? [{ apiRule, host, holds: true }] : [];
    });
  }

  #claimOf(apiRule: ApiRule, host: string): HostClaim {
    return { apiRule, host, holds: this.#ownVirtualServices(apiRule, host).length > 0 };
  }

  #ownVirtualServices(apiRule: ApiRule, host: string): VirtualService[] {
    const owned = this.#caches.virtualServices.byIndex("owner", keyText(keyOf(apiRule)));
    return owned.filter(
      ({ metadata, spec }) => metadata.namespace === apiRule.metadata.namespace && spec.hosts?.includes(host),
    );
  }

  /** A VirtualService that no living APIRule owns and that had the host first. */
  #foreignHolder({ apiRule, host }: HostClaim): VirtualService | undefined {
    const own = this.#ownVirtualServices(apiRule, host)[0]?.metadata.creationTimestamp;
    return this.#caches.virtualServices.byIndex("host", host).find((candidate) => {
      if (this.#parentOf(candidate)) return false;
      return own === undefined || (candidate.metadata.creationTimestamp ?? "") < own;
    });
  }

  /** The APIRule of a child; labels count only where that APIRule would have put its child. */
  #parentOf(virtualService: VirtualService): ApiRule | undefined {
    const owner = ownerOf(virtualService);
    if (owner?.namespace !== virtualService.metadata.namespace) return undefined;
    return owner && this.#caches.apiRules.get(owner);
  }
}

function isActive(apiRule: ApiRule): boolean {
  return apiRule.metadata.deletionTimestamp === undefined;
}

function contradicts(apiRule: ApiRule, trusted: TrustedIssuer): boolean {
  return trustedIssuers(apiRule).some(
    ({ service, issuer, jwksUri }) =>
      service === trusted.service && issuer === trusted.issuer && jwksUri !== trusted.jwksUri,
  );
}
