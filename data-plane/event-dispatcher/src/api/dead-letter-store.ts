import { deadLetterStream } from "@kyma/eventing/streams.ts";
import type { DirectBatchOptions, PubAck, StoredMsg } from "@nats-io/jetstream";
import type { MsgHdrs } from "@nats-io/transport-node";
import { replacedLetters, type StoredLetter } from "./dead-letter.ts";
import { unavailable } from "./failure.ts";
import { countMatches, type FindMatch, findPageStart } from "./letter-pages.ts";
import { mapBounded } from "./map-bounded.ts";
import { isMissing, type NatsLink, orMissing } from "./nats-link.ts";

export interface LetterPage {
  /** Newest first. */
  letters: StoredLetter[];
  /** The sequence before which the next page ends. */
  from: number;
  /** Dead letters of the selection that are older than these. */
  remaining: number;
}

/** An answer holds no more than about so many bytes; what does not fit is on the next page. */
const pageBytes = 1024 * 1024;
const batchWithinMs = 10_000;
const mostRemovals = 20;

/** The dead-letter stream. A stream that is not there yet is empty. Failures of NATS are thrown as they are. */
export class DeadLetterStore {
  readonly #link: NatsLink;
  /** Replaced letters that are known to be gone. */
  readonly #gone = new Set<number>();

  constructor(link: NatsLink) {
    this.#link = link;
  }

  /** The newest `limit` dead letters of a filter before the sequence `before`, or fewer when they are large. */
  async page(filter: string, limit: number, before = Infinity): Promise<LetterPage> {
    const info = await orMissing(this.#link.now().manager.streams.info(deadLetterStream));
    const empty = { letters: [], from: 1, remaining: 0 };
    if (!info || info.state.messages === 0) return empty;
    const first = info.state.first_seq;
    const end = Math.min(before, info.state.last_seq + 1);
    const find: FindMatch = (seq) => this.#find(filter, seq);
    let wanted = limit;
    for (;;) {
      const start = await findPageStart(find, { first, before: end, limit: wanted });
      if (!start) return empty;
      const batch = { seq: start.seq, next_by_subj: filter, batch: start.count, max_bytes: pageBytes };
      const letters = (await this.#batch(batch)).filter(({ seq }) => seq < end);
      const isWhole = letters.length >= start.count || !(await this.#hasMore(find, letters, end));
      if (!isWhole && wanted > 1) {
        wanted = Math.max(1, Math.min(letters.length, Math.ceil(start.count / 2)));
        continue;
      }
      const all = start.seq > first ? await countMatches(find, first) : start.beyond + start.count;
      const remaining = Math.max(0, all - start.beyond - start.count);
      return { letters: await this.#withoutReplaced(letters.toReversed()), from: start.seq, remaining };
    }
  }

  /** The dead letter of that sequence, whosever it is. */
  async get(seq: number): Promise<StoredLetter | undefined> {
    const asked = this.#link.now().manager.streams.getMessage(deadLetterStream, { seq });
    return (await orMissing(asked)) ?? undefined;
  }

  /** Whether it was there. */
  async remove(seq: number): Promise<boolean> {
    const { manager } = this.#link.now();
    try {
      return await manager.streams.deleteMessage(deadLetterStream, seq, false);
    } catch (error) {
      // NATS has one code for whatever hinders it, that there is no such message among it.
      if ((await this.get(seq)) === undefined) return false;
      throw error;
    }
  }

  async removeAll(filter: string): Promise<void> {
    await orMissing(this.#link.now().manager.streams.purge(deadLetterStream, { filter }));
  }

  /** How many there are under each subject of a filter. */
  async counts(filter: string): Promise<ReadonlyMap<string, number>> {
    const asked = this.#link.now().manager.streams.info(deadLetterStream, { subjects_filter: filter });
    return new Map(Object.entries((await orMissing(asked))?.state.subjects ?? {}));
  }

  add(subject: string, data: Uint8Array, headers: MsgHdrs, msgID: string): Promise<PubAck> {
    return this.#link.now().streams.publish(subject, data, { headers, msgID });
  }

  /** A process that ends between storing a letter anew and removing the old one leaves two for one event. */
  async #withoutReplaced(letters: readonly StoredLetter[]): Promise<StoredLetter[]> {
    const { hidden, left } = replacedLetters(letters, Date.now());
    await mapBounded(
      left.filter((seq) => !this.#gone.has(seq)),
      mostRemovals,
      async (seq) => {
        await this.remove(seq);
        this.#gone.add(seq);
      },
    );
    return letters.filter(({ seq }) => !hidden.has(seq));
  }

  async #find(filter: string, seq: number): ReturnType<FindMatch> {
    const [match] = await this.#batch({ seq, next_by_subj: filter, batch: 1 });
    return match && { seq: match.seq, behind: match.pending };
  }

  /** Whether a batch ended before the page did, because its letters are large. */
  async #hasMore(find: FindMatch, letters: readonly StoredLetter[], end: number): Promise<boolean> {
    const last = letters.at(-1);
    if (!last) return false;
    const next = await find(last.seq + 1);
    return next !== undefined && next.seq < end;
  }

  /** By callback: the library's iterator leaves its inbox subscribed. */
  #batch(options: DirectBatchOptions): Promise<StoredMsg[]> {
    const { manager } = this.#link.now();
    const found: StoredMsg[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<StoredMsg[]>();
    const callback = (done: { err?: Error } | null, message: StoredMsg): void => {
      if (!done) found.push(message);
      else if (done.err && !isMissing(done.err)) reject(done.err);
      else resolve(found);
    };
    manager.direct.getBatch(deadLetterStream, { ...options, callback }).catch(reject);
    // Once a message has come, the library waits for the next one without end.
    const timer = setTimeout(
      () => reject(unavailable("the dead letters cannot be read in time")),
      batchWithinMs,
    );
    return promise.finally(() => clearTimeout(timer));
  }
}
