import type { Settlement } from "./attempt.ts";
import type { HeldEvent } from "./stored-event.ts";

/** Decides when each event of one consumer is attempted, and what then becomes of it. */
export interface Courier {
  take(held: HeldEvent): void;
  /** This process alone reads the consumer now; another one may still have events. */
  pinned(): void;
  /** Another process reads it now. */
  displaced(): void;
  /** Events may have been lost on the way, and come again later. */
  interrupted(): void;
  /** NATS may have given the event to another process already. */
  isLost(held: HeldEvent, now: number): boolean;
  /** Each second or so. */
  check(): void;
  /** Begins no further attempt, and gives back all events that none is under way for. */
  stop(): void;
}

/** What a courier does with events. */
export interface CourierHost {
  /** Whether there is room to have the event in memory, as an attempt needs it; there always is for the only one. */
  reserve(held: HeldEvent, isOnly: boolean): boolean;
  attempt(held: HeldEvent): Promise<Settlement>;
  /** The event is delivered or safe elsewhere. */
  acknowledge(held: HeldEvent): void;
  /** NATS delivers it again, to whoever asks. */
  giveBack(held: HeldEvent, delayMs?: number): void;
  /** It is somebody else's now. */
  forget(held: HeldEvent): void;
  /** Whether the event is of the present stream: NATS waits for no answer about others. */
  isPresent(held: HeldEvent): boolean;
  /** Attempts that may be under way at a time. */
  maxInFlight(): number;
  /** Events that NATS waits for an answer about, whoever has them; undefined when it does not say. */
  unsettledCount(): Promise<number | undefined>;
}

/**
 * All events at once, as far as there is memory for them; the consumer itself bounds how many there are. An event that failed goes back, and
 * comes again after its pause.
 */
export class ParallelCourier implements Courier {
  readonly #host: CourierHost;
  /** There is no room for the first of them. */
  #waiting: HeldEvent[] = [];
  #active = 0;

  constructor(host: CourierHost) {
    this.#host = host;
  }

  take(held: HeldEvent): void {
    this.#waiting.push(held);
    this.#pump();
  }

  check(): void {
    this.#pump();
  }

  stop(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const held of waiting) this.#host.giveBack(held);
  }

  #pump(): void {
    for (;;) {
      const [next] = this.#waiting;
      if (!next || !this.#host.reserve(next, this.#active === 0)) return;
      this.#waiting.shift();
      void this.#deliver(next);
    }
  }

  async #deliver(held: HeldEvent): Promise<void> {
    this.#active++;
    const settlement = await this.#host.attempt(held);
    this.#active--;
    if (settlement.kind === "settled") this.#host.acknowledge(held);
    else this.#host.giveBack(held, settlement.kind === "abandoned" ? undefined : settlement.delayMs);
    this.#pump();
  }

  isLost(): boolean {
    return false;
  }
  pinned(): void {}
  displaced(): void {}
  interrupted(): void {}
}
