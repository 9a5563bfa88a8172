import { BlockList, isIPv4, isIPv6 } from "node:net";

/** Addresses that are not on the public internet; one list each, for Node takes an IPv4 address for a mapped IPv6 one. */
const notPublic = { 4: new BlockList(), 6: new BlockList() };
for (const range of [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/3",
])
  notPublic[4].addSubnet(...subnet(range), "ipv4");
for (const range of [
  "::/96",
  "::ffff:0:0/96",
  "64:ff9b::/96",
  "fc00::/7",
  "fe80::/10",
  "fec0::/10",
  "ff00::/8",
])
  notPublic[6].addSubnet(...subnet(range), "ipv6");

function subnet(range: string): [string, number] {
  const [address = "", bits] = range.split("/");
  return [address, Number(bits)];
}

/** What is wrong with the address of an issuer's keys, as a clause that begins with "jwksUri"; undefined when nothing is. */
export function jwksUriProblem(text: string): string | undefined {
  if (!/^https?:\/\/[^/]/.test(text) || !URL.canParse(text))
    return `jwksUri "${text}" is not an http or https URI`;
  // The parser writes addresses in one form, so 2130706433 and 0x7f.1 come out as 127.0.0.1.
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (url.username || url.password) return "jwksUri must not hold credentials";
  if (url.protocol === "http:" && !host.endsWith(".svc.cluster.local"))
    return `jwksUri "${text}" must use https; only hosts below svc.cluster.local may use http`;
  if (host === "localhost" || host.endsWith(".localhost") || isPrivate(host))
    return `jwksUri must not name the private, loopback or link-local address ${host}`;
  return undefined;
}

function isPrivate(host: string): boolean {
  if (isIPv4(host)) return notPublic[4].check(host, "ipv4");
  return isIPv6(host) && notPublic[6].check(host, "ipv6");
}
