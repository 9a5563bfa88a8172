import { isUsableSubject, subjectPrefix } from "@kyma/eventing/subjects.ts";
import { isRenamed } from "./event-tail.ts";

/** One type as it was seen on its subject. */
export interface ObservedType {
  subject: string;
  type: string;
  source: string;
  /** Whether an event was seen whose source stands under another name in the subject. */
  isRenamed: boolean;
  count: number;
  /** When the last event was seen, ms since 1970. */
  lastAt: number;
  rate: RateWindow;
}

const mostTypes = 1000;
const describeEveryMs = 1000;

/** What an event says of itself, as it was published. */
export interface EventNames {
  type: string;
  source: string;
}

/** What was published since the start, by subject: the 1,000 seen last. */
export class ObservedTypes {
  readonly #types = new Map<string, ObservedType & { describedAt: number }>();

  /** Counts an event. `describe` is costly and called at most once a second for a subject. */
  count(subject: string, now: number, describe: () => EventNames | undefined): void {
    const known = this.#types.get(subject);
    if (known && now - known.describedAt < describeEveryMs) {
      note(known, now);
      return;
    }
    const names = describe() ?? known ?? namesOf(subject);
    const { type, source } = names;
    const seen = known ?? {
      subject,
      type,
      source,
      isRenamed: false,
      count: 0,
      lastAt: now,
      rate: new RateWindow(),
      describedAt: now,
    };
    Object.assign(seen, { type, source, describedAt: now });
    seen.isRenamed ||= isRenamed(subject, source);
    note(seen, now);
    if (!known) this.#add(seen);
  }

  /** Remembers a type of which only the stream knows; counts nothing. */
  remember(subject: string, names: EventNames, lastAt: number): void {
    if (this.#types.has(subject)) return;
    this.#add({
      subject,
      ...names,
      isRenamed: isRenamed(subject, names.source),
      count: 0,
      lastAt,
      rate: new RateWindow(),
      describedAt: 0,
    });
  }

  get(subject: string): ObservedType | undefined {
    return this.#types.get(subject);
  }

  list(): ObservedType[] {
    return [...this.#types.values()];
  }

  #add(type: ObservedType & { describedAt: number }): void {
    if (this.#types.size >= mostTypes) {
      const oldest = this.list().reduce((least, one) => (one.lastAt < least.lastAt ? one : least));
      this.#types.delete(oldest.subject);
    }
    this.#types.set(type.subject, type);
  }
}

function note(type: ObservedType, now: number): void {
  type.count++;
  type.lastAt = now;
  type.rate.add(now);
}

/** What can be told of type and source from the subject alone. Pure. */
export function namesOf(subject: string): EventNames {
  const [, source = "", ...type] = subject.split(".");
  return { source, type: type.join(".") };
}

/** Whether a subject is one of events. Pure. */
export function isEventSubject(subject: string): boolean {
  return subject.startsWith(`${subjectPrefix}.`) && isUsableSubject(subject);
}

const bucketMs = 5000;
const buckets = 12;

/** Events per second over the last minute, in steps of five seconds. */
export class RateWindow {
  readonly #counts = new Uint32Array(buckets);
  #last = 0;
  #firstAt: number | undefined;

  add(now: number): void {
    this.#forward(now);
    this.#firstAt ??= now;
    this.#counts[this.#last % buckets]!++;
  }

  /** Over the time since the first event while that is less than a minute. */
  perSecond(now: number): number {
    this.#forward(now);
    if (this.#firstAt === undefined) return 0;
    const span = Math.min(buckets * bucketMs, Math.max(bucketMs, now - this.#firstAt));
    const sum = this.#counts.reduce((total, count) => total + count, 0);
    return Math.round((sum / (span / 1000)) * 100) / 100;
  }

  #forward(now: number): void {
    const current = Math.floor(now / bucketMs);
    const steps = Math.min(buckets, Math.max(0, current - this.#last));
    for (let step = 0; step < steps; step++) this.#counts[(current - step) % buckets] = 0;
    this.#last = Math.max(this.#last, current);
  }
}
