/** A process that was killed, by performance.now(). */
export interface Kill {
  victim: string;
  at: number;
}

interface Entry {
  firstSent: number;
  /** When a 204 came. */
  acknowledged: number | undefined;
  /** When it arrived at the sink, each time. */
  delivered: number[];
}

/**
 * How long a delivery may stay in flight for a killed process, ms: until the dispatcher has acknowledged it, and nats-server, which writes the
 * state of a consumer ten times a second and waits for the disk each time, has written that.
 */
const inFlightMs = 2000;

/** What became of each event, from its first sending to its last delivery. Times are performance.now(). */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  readonly kills: Kill[];

  /** `kills` may be shared with ledgers of other events that were under way at the same time. */
  constructor(kills: Kill[] = []) {
    this.kills = kills;
  }

  sent(id: string, at: number): void {
    if (!this.#entries.has(id))
      this.#entries.set(id, { firstSent: at, acknowledged: undefined, delivered: [] });
  }

  acknowledged(id: string, at: number): void {
    const entry = this.#entries.get(id);
    if (entry) entry.acknowledged ??= at;
  }

  delivered(id: string, at: number): void {
    this.#entries.get(id)?.delivered.push(at);
  }

  wasDelivered(id: string): boolean {
    return (this.#entries.get(id)?.delivered.length ?? 0) > 0;
  }

  acknowledgedCount(): number {
    return this.#count(({ acknowledged }) => acknowledged !== undefined);
  }

  /** Acknowledged and never delivered. */
  lost(): string[] {
    return [...this.#entries]
      .filter(([, { acknowledged, delivered }]) => acknowledged !== undefined && delivered.length === 0)
      .map(([id]) => id);
  }

  /** Deliveries beyond the first of each event. */
  duplicates(): number {
    return this.#count(({ delivered }) => Math.max(0, delivered.length - 1));
  }

  /** When what happened to an event, with the kills between, ms since it was sent. */
  story(id: string): string {
    const entry = this.#entries.get(id);
    if (!entry) return `${id}: never sent`;
    const { firstSent, acknowledged, delivered } = entry;
    const all = [
      ...(acknowledged === undefined ? [] : [{ at: acknowledged, what: "acknowledged" }]),
      ...delivered.map((at) => ({ at, what: "delivered" })),
      ...this.kills.map(({ at, victim }) => ({ at, what: `${victim} killed` })),
    ];
    const told = all
      .filter(({ at }) => at >= firstSent && at <= Math.max(...delivered, acknowledged ?? 0))
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, what }) => `${Math.round(at - firstSent)} ${what}`);
    return `${id}: ${told.join(", ")}`;
  }

  /**
   * Deliveries beyond the first that no kill explains: one must have hit a dispatcher or nats-server after the delivery before, and
   * while that was in flight (not acknowledged by the dispatcher in a way that nats-server still knew), or while the publisher's client waited for its answer and
   * so sent the event again.
   */
  unexplained(): string[] {
    return [...this.#entries]
      .filter(([, entry]) => entry.delivered.some((_, index) => index > 0 && !this.#explains(entry, index)))
      .map(([id]) => id);
  }

  #explains({ firstSent, acknowledged = Infinity, delivered }: Entry, index: number): boolean {
    const [before = 0, again = 0] = delivered.slice(index - 1, index + 1);
    return this.kills.some(({ victim, at }) => {
      if (at < firstSent || at > again || before > at + inFlightMs) return false;
      const isInFlight = before > at - inFlightMs;
      if (victim.startsWith("event-dispatcher")) return isInFlight;
      return victim === "nats-server" && (isInFlight || acknowledged > at);
    });
  }

  #count(of: (entry: Entry) => number | boolean): number {
    let sum = 0;
    for (const entry of this.#entries.values()) sum += Number(of(entry));
    return sum;
  }
}
