/**
 * Pod addresses. The API server refuses loopback endpoints, so a pod's status says 10.244.a.b while its process listens on 127.244.a.b.
 */
const podNetwork = "10.244.";
const processNetwork = "127.244.";
const first = 2;
const last = 0xfffe;

/** 10.244.a.b → 127.244.a.b; undefined for any other address. */
export function processAddress(podIp: string): string | undefined {
  const match = /^10\.244\.(\d{1,3})\.(\d{1,3})$/.exec(podIp);
  if (!match) return undefined;
  const [a, b] = [Number(match[1]), Number(match[2])];
  if (a > 255 || b > 255 || String(a) !== match[1] || String(b) !== match[2]) return undefined;
  return `${processNetwork}${a}.${b}`;
}

function addressOf(index: number): string {
  return `${podNetwork}${index >> 8}.${index & 255}`;
}

/**
 * Hands out pod addresses; each is one pod's until it is released, and is not given out again at once. Other local clusters on this machine
 * draw from the same range: each begins elsewhere, and addresses on which anything listens are passed over.
 */
export class AddressPool {
  readonly #taken = new Map<string, string>();
  readonly #listening: () => ReadonlySet<string>;
  #next: number;

  /** `seed` says where to begin; `listening` gives the process addresses that are in use now. */
  constructor(seed = 0, listening: () => ReadonlySet<string> = () => new Set()) {
    this.#next = first + ((seed % 255) << 8);
    this.#listening = listening;
  }

  /** Remembers that `owner` has `address` (read back after a restart). Throws when another pod has it. */
  reserve(address: string, owner: string): void {
    const holder = this.#taken.get(address);
    if (holder !== undefined && holder !== owner)
      throw new Error(`address ${address} belongs to pod ${holder} already`);
    this.#taken.set(address, owner);
  }

  /** The next free address. Throws when all 65,000 are taken. */
  allocate(owner: string): string {
    const listening = this.#listening();
    for (let tried = first; tried <= last; tried++) {
      if (this.#next > last) this.#next = first;
      const address = addressOf(this.#next++);
      if (this.#taken.has(address) || address.endsWith(".0") || address.endsWith(".255")) continue;
      if (listening.has(processAddress(address) ?? "")) continue;
      this.#taken.set(address, owner);
      return address;
    }
    throw new Error("every pod address of this node is taken: delete some pods");
  }

  release(address: string, owner: string): void {
    if (this.#taken.get(address) === owner) this.#taken.delete(address);
  }
}

/** The IPv4 addresses on which something listens, from the text of /proc/net/tcp. */
export function listeningAddresses(table: string): Set<string> {
  const listen = "0A";
  const rows = table.split("\n").slice(1);
  return new Set(
    rows.flatMap((row) => {
      const [, local = "", , state] = row.trim().split(/\s+/);
      return state === listen ? [addressFromHex(local.split(":")[0] ?? "")] : [];
    }),
  );
}

/** The kernel writes the four bytes of an address in the machine's own order: little-endian wherever this runs. */
function addressFromHex(hex: string): string {
  return [...Buffer.from(hex, "hex")].toReversed().join(".");
}
