import { BlockList, isIP } from "node:net";
import { UnsupportedError } from "../config/fields.ts";

/** Whether an address lies in one of the blocks ("10.0.0.0/8", "::1", "192.0.2.7"). */
export function addressBlocks(blocks: readonly string[], where: string): (address: string) => boolean {
  const list = new BlockList();
  for (const block of blocks) {
    const [address = "", prefix, more] = block.split("/");
    const version = isIP(address);
    const longest = version === 4 ? 32 : 128;
    const length = prefix === undefined ? longest : Number(prefix);
    if (
      version === 0 ||
      more !== undefined ||
      prefix === "" ||
      !Number.isInteger(length) ||
      length < 0 ||
      length > longest
    ) {
      throw new UnsupportedError(`${where} "${block}" is not an address block`);
    }
    list.addSubnet(address, length, version === 4 ? "ipv4" : "ipv6");
  }
  return (address) => {
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 4 ? "ipv4" : "ipv6");
  };
}

/** ::ffff:127.0.0.1 → 127.0.0.1 */
export function plainAddress(address: string | undefined): string {
  const text = address ?? "";
  return text.startsWith("::ffff:") && isIP(text.slice(7)) === 4 ? text.slice(7) : text;
}
