const kibi = 1024;

export interface BudgetLimits {
  /** Of all consumers, bytes. */
  total: number;
  /** Of one consumer, bytes. */
  share: number;
  /** What a consumer gets whatever others take, bytes. */
  floor: number;
}

/** A call needs its event several times over: as it is stored, as it is read, as it is sent. */
const defaults: BudgetLimits = { total: 32 * kibi * kibi, share: 4 * kibi * kibi, floor: 128 * kibi };

/** How many bytes of stored events this process has in memory, and how many it may have: what there is no room for waits in the stream alone. */
export class ByteBudget {
  readonly limits: BudgetLimits;
  taken = 0;

  constructor(limits = defaults) {
    this.limits = limits;
  }

  /** For one consumer. */
  openShare(): ByteShare {
    return new ByteShare(this);
  }
}

/** What one consumer takes of the budget. */
export class ByteShare {
  readonly #budget: ByteBudget;
  #taken = 0;

  constructor(budget: ByteBudget) {
    this.#budget = budget;
  }

  /** False when there is no room. */
  take(bytes: number): boolean {
    const { total, share, floor } = this.#budget.limits;
    const own = this.#taken + bytes;
    if (own > floor && (own > share || this.#budget.taken + bytes > total)) return false;
    this.force(bytes);
    return true;
  }

  /** Takes them without room. */
  force(bytes: number): void {
    this.#taken += bytes;
    this.#budget.taken += bytes;
  }

  giveBack(bytes: number): void {
    this.force(-bytes);
  }
}
