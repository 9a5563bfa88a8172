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

/** All events at once; the consumer itself bounds how many there are. An event that failed goes back, and comes again after its pause. */
export class ParallelCourier implements Courier {
  readonly #host: CourierHost;

  constructor(host: CourierHost) {
    this.#host = host;
  }

  take(held: HeldEvent): void {
    void this.#deliver(held);
  }

  async #deliver(held: HeldEvent): Promise<void> {
    const settlement = await this.#host.attempt(held);
    if (settlement.kind === "settled") this.#host.acknowledge(held);
    else this.#host.giveBack(held, settlement.kind === "again" ? settlement.delayMs : undefined);
  }

  isLost(): boolean {
    return false;
  }
  pinned(): void {}
  displaced(): void {}
  interrupted(): void {}
  check(): void {}
  stop(): void {}
}
