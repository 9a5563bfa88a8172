import { lookup as resolve, type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { isPublicAddress, PrivateAddressError, refuseLiteral } from "@kyma/eventing/public-addresses.ts";
import { buildConnector } from "undici";

/**
 * A `lookup` for sockets that gives only public addresses and fails when any is not: the check is on the address that gets dialled. Sockets
 * do not look up literals, so those must be checked with refuseLiteral first.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, "");
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(new PrivateAddressError(hostname), "");
    }
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
  });
};

/** A connector for undici that dials public addresses only. It sees the host as it is dialled: undici's URL parser makes 127.0.0.1 of 127.1. */
export function publicConnector(timeoutMs: number): buildConnector.connector {
  const dial = buildConnector({ timeout: timeoutMs, lookup: publicLookup });
  return (options, callback) => {
    try {
      refuseLiteral(options.hostname);
    } catch (error) {
      return callback(error as Error, null);
    }
    return dial(options, callback);
  };
}
