import { Resolver } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import { isPublicAddress, PrivateAddressError } from "@kyma/eventing/public-addresses.ts";

export interface OutsideLookupOptions {
  resolver?: Pick<Resolver, "resolve4" | "resolve6">;
  isAllowedAddress?: (address: string) => boolean;
}

const answerWithinMs = 3000;

/**
 * A `lookup` for sockets to hosts outside the cluster: fails unless every address is public. It asks the name servers itself, since the
 * system's own way occupies one of four threads that all connections share, so that one host's slow name server would delay every sink.
 */
export function outsideLookup(options: OutsideLookupOptions = {}): LookupFunction {
  const resolver = options.resolver ?? new Resolver({ timeout: answerWithinMs, tries: 2 });
  const isAllowed = options.isAllowedAddress ?? isPublicAddress;
  const find = async (host: string): Promise<Found[] | NodeJS.ErrnoException> => {
    try {
      const found = await resolve(resolver, host);
      const arePublic = found.length > 0 && found.every(({ address }) => isAllowed(address));
      return arePublic ? found : new PrivateAddressError(host);
    } catch (error) {
      return error as NodeJS.ErrnoException;
    }
  };
  const lookup = async (...[host, { all }, callback]: Parameters<LookupFunction>): Promise<void> => {
    const found = await find(host);
    if (found instanceof Error) callback(found, "");
    else if (all) callback(null, found);
    else callback(null, found[0]?.address ?? "", found[0]?.family);
  };
  return (...call) => void lookup(...call);
}

interface Found {
  address: string;
  family: 4 | 6;
}

async function resolve(resolver: Pick<Resolver, "resolve4" | "resolve6">, host: string): Promise<Found[]> {
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const found = [
    ...(four.status === "fulfilled" ? four.value.map((address) => ({ address, family: 4 as const })) : []),
    ...(six.status === "fulfilled" ? six.value.map((address) => ({ address, family: 6 as const })) : []),
  ];
  if (found.length === 0 && four.status === "rejected") throw four.reason;
  return found;
}
