import type { Courier, CourierHost } from "./courier.ts";
import { Lanes } from "./lanes.ts";
import type { HeldEvent } from "./stored-event.ts";

/** NATS gives an event to another process 30 s after it last heard of it; nothing is begun when that is near. */
const lostAfterMs = 25_000;

/**
 * Events of equal key one after another, in the order of the stream. One that failed stays here until its next attempt, so that later ones of
 * its key wait; other keys do not. Whenever earlier events may be elsewhere (another process had them, or a connection broke), nothing is
 * begun until NATS waits for no answer but about events that are here.
 */
export class OrderedCourier implements Courier {
  readonly #host: CourierHost;
  readonly #lanes = new Lanes<HeldEvent>();
  readonly #known = new Map<string, HeldEvent>();
  /** Failed events until their next attempt, by key. */
  readonly #pauses = new Map<string, { held: HeldEvent; timer: NodeJS.Timeout }>();
  /** What came while earlier events may be elsewhere; undefined when there are none. */
  #parked: HeldEvent[] | undefined;
  #isAsking = false;
  #lastTaken: HeldEvent | undefined;
  /** Whether what fails may wait here. */
  #keeps = true;
  #isStopped = false;
  #active = 0;
  #keyless = 0;

  constructor(host: CourierHost) {
    this.#host = host;
  }

  take(held: HeldEvent): void {
    const known = this.#known.get(idOf(held));
    if (known) {
      // NATS lost patience: what is here goes on, and answers to the newer delivery.
      known.message = held.message;
      known.progressAt = held.progressAt;
      known.epoch = held.epoch;
      return this.#host.forget(held);
    }
    // What waits behind a failing key may be handed over often without an attempt: those made here count, not deliveries.
    held.attempt = 1;
    this.#known.set(idOf(held), held);
    this.#lastTaken = held;
    if (this.#parked) this.#parked.push(held);
    else this.#enqueue(held);
    void this.#askForOthers();
    this.#pump();
  }

  pinned(): void {
    this.#keeps = true;
    this.interrupted();
  }

  interrupted(): void {
    this.#parked ??= [];
    void this.#askForOthers();
  }

  displaced(): void {
    this.#keeps = false;
    this.#giveBackWaiting();
  }

  isLost(held: HeldEvent, now: number): boolean {
    return now - held.progressAt > lostAfterMs;
  }

  check(): void {
    void this.#askForOthers();
    this.#pump();
  }

  stop(): void {
    this.#isStopped = true;
    this.#keeps = false;
    this.#giveBackWaiting();
  }

  #enqueue(held: HeldEvent): void {
    // Events without a key have no order among each other.
    this.#lanes.add(held.key ?? `#${this.#keyless++}`, held);
  }

  #pump(): void {
    while (!this.#isStopped && !this.#parked && this.#active < this.#host.maxInFlight()) {
      const next = this.#lanes.next();
      if (!next) return;
      if (this.isLost(next.item, performance.now())) return this.#dropLost(next.key);
      if (!this.#host.reserve(next.item, this.#active === 0)) return this.#lanes.putBack(next.key);
      this.#active++;
      void this.#deliver(next.key, next.item);
    }
  }

  async #deliver(key: string, held: HeldEvent): Promise<void> {
    const settlement = await this.#host.attempt(held);
    this.#active--;
    if (settlement.kind === "again") held.attempt++;
    const waits = settlement.kind === "again" || settlement.kind === "unread";
    if (waits && this.#keeps) this.#pause(key, held, settlement.delayMs);
    else {
      this.#known.delete(idOf(held));
      if (settlement.kind === "settled") this.#host.acknowledge(held);
      else this.#host.giveBack(held);
      this.#lanes.finished(key);
    }
    this.#pump();
  }

  #pause(key: string, held: HeldEvent, delayMs: number): void {
    const again = (): void => {
      this.#pauses.delete(key);
      this.#lanes.again(key);
      this.#pump();
    };
    this.#pauses.set(key, { held, timer: setTimeout(again, delayMs) });
  }

  /** This process was asleep, or cut off, for so long that its events may be elsewhere. */
  #dropLost(key: string): void {
    this.#lanes.again(key);
    const waiting = this.#lanes.takeWaiting();
    const now = performance.now();
    this.#parked = waiting.filter((held) => !this.isLost(held, now));
    for (const held of waiting) {
      if (!this.isLost(held, now)) continue;
      this.#known.delete(idOf(held));
      this.#host.forget(held);
    }
    void this.#askForOthers();
  }

  #giveBackWaiting(): void {
    const waiting = [...this.#lanes.takeWaiting(), ...(this.#parked ?? [])];
    for (const [key, { held, timer }] of this.#pauses) {
      clearTimeout(timer);
      this.#lanes.finished(key);
      waiting.push(held);
    }
    this.#pauses.clear();
    if (this.#parked) this.#parked = [];
    for (const held of waiting.sort((a, b) => a.sequence - b.sequence)) {
      this.#known.delete(idOf(held));
      this.#host.giveBack(held);
    }
  }

  /** Begins with what is parked once all that NATS waits for is here. */
  async #askForOthers(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (this.#parked && this.#known.size > 0 && !this.#isStopped) {
      // What comes or goes while NATS answers says nothing about what it counted.
      const before = [...this.#known.values()].filter((held) => this.#host.isPresent(held));
      const lastTaken = this.#lastTaken;
      const unsettled = await this.#host.unsettledCount();
      if (unsettled === undefined) break;
      const here = before.filter((held) => this.#known.get(idOf(held)) === held);
      if (unsettled <= here.length) this.#beginWithParked();
      else if (lastTaken === this.#lastTaken) break;
    }
    this.#isAsking = false;
  }

  #beginWithParked(): void {
    const parked = this.#parked?.sort((a, b) => a.epoch - b.epoch || a.sequence - b.sequence) ?? [];
    this.#parked = undefined;
    for (const held of parked) this.#enqueue(held);
    this.#pump();
  }
}

/** Not by the number alone: a stream that was made anew gives the same ones to others. */
function idOf({ sequence, time }: HeldEvent): string {
  return `${sequence}@${time}`;
}
