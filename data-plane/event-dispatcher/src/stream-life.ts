/** What tells an event of a stream from one of the same number in a stream that was made anew. */
export interface EventPlace {
  /** Number in the stream. */
  sequence: number;
  /** When the stream took it, as NATS has it: ms since 1970. */
  time: number;
}

/**
 * Knows the events of the present stream from those of one that was deleted: both are numbered from 1. NATS (2.15.3) looks at nothing but
 * the number in an answer, so an answer to an old event settles a new one. In memory only.
 */
export class StreamLife {
  /** As NATS writes it; empty while there is no stream. */
  #created: string | undefined;
  #createdAt = Infinity;
  #epoch = 0;
  /** The last one that came since the stream was looked at. */
  #newest: EventPlace = { sequence: 0, time: 0 };
  /** An event did not fit since then. */
  #isMisfit = false;
  /** Times rise with the numbers, as far as is known. */
  #isSteady = true;

  /** Counts the streams that there were. */
  get epoch(): number {
    return this.#epoch;
  }

  /** The stream was looked at. */
  saw(created: string): void {
    this.#newest = { sequence: 0, time: 0 };
    const isSame = created === this.#created;
    // Else an unsteady clock would raise doubts without end.
    this.#isSteady = !isSame || (this.#isSteady && !this.#isMisfit);
    this.#isMisfit = false;
    if (isSame) return;
    this.#created = created;
    this.#createdAt = created === "" ? Infinity : Date.parse(created);
    this.#epoch++;
  }

  /** Whether an event that came now fits to those before it: in one stream times rise with the numbers. */
  fits(event: EventPlace): boolean {
    if (!this.#isSteady) return true;
    const { sequence, time } = this.#newest;
    const isNewer = event.sequence > sequence;
    if (isNewer ? event.time < time : event.time > time) {
      this.#isMisfit = true;
      return false;
    }
    if (isNewer) this.#newest = { sequence: event.sequence, time: event.time };
    return true;
  }

  /**
   * Whether an event is of the present stream. Of those that came before the stream was known to be a new one, their time decides; not of
   * others, since clocks of several servers differ.
   */
  has({ time, epoch }: { time: number; epoch: number }): boolean {
    return epoch === this.#epoch || time >= this.#createdAt;
  }
}
