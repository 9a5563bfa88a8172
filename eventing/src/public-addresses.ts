import { BlockList, isIP } from "node:net";

const special4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const;
/** All but global unicast (2000::/3) is refused, and of that what embeds an IPv4 address or is for documentation. */
const special6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const refused4 = new BlockList();
for (const [network, length] of special4) refused4.addSubnet(network, length, "ipv4");
const global6 = new BlockList();
global6.addSubnet("2000::", 3, "ipv6");
const refused6 = new BlockList();
for (const [network, length] of special6) refused6.addSubnet(network, length, "ipv6");

/** Whether an address belongs to the public internet: not loopback, private, link-local, mapped IPv4 or otherwise special. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !refused4.check(address, "ipv4");
  return version === 6 && global6.check(address, "ipv6") && !refused6.check(address, "ipv6");
}

export class PrivateAddressError extends Error {
  override name = "PrivateAddressError";
  readonly code = "EPRIVATE";
  constructor(host: string) {
    super(`${host} is not a public address`);
  }
}

/** Throws for an IP literal (brackets allowed) that is not public. */
export function refuseLiteral(host: string): void {
  const bare = host.startsWith("[") ? host.slice(1, -1) : host;
  if (isIP(bare) !== 0 && !isPublicAddress(bare)) throw new PrivateAddressError(host);
}
