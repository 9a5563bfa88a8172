import type { ObjectKey } from "@kyma/kube/objects.ts";
import { keyText } from "@kyma/kube/objects.ts";
import { ownerOf } from "./consumer-plan.ts";
import type { Consumer } from "./jetstream.ts";

/** Whether what is known of the stream can be relied on. `unknown`: not read yet, or not for a moment. */
export type Availability = { state: "unknown" } | { state: "live" } | { state: "away"; problem: string };

/**
 * What is known of the consumers of the event stream: all of them as listed last, and our own writes since. The counterpart of a
 * SharedCache, for NATS has no watch.
 */
export class ConsumerView {
  #availability: Availability;
  #consumers = new Map<string, Consumer>();
  #byOwner = new Map<string, Set<string>>();
  /** Names changed since the list under way was begun. */
  #changed: Set<string> | undefined;
  readonly #ownerListeners: ((owner: ObjectKey) => void)[] = [];
  readonly #availabilityListeners: (() => void)[] = [];

  constructor(availability: Availability = { state: "unknown" }) {
    this.#availability = availability;
  }

  get availability(): Availability {
    return this.#availability;
  }

  /** Calls `listener` with each Subscription whose consumers were changed by others. */
  onOwnerChange(listener: (owner: ObjectKey) => void): void {
    this.#ownerListeners.push(listener);
  }

  /** Calls `listener` whenever `availability` changes. */
  onAvailabilityChange(listener: () => void): void {
    this.#availabilityListeners.push(listener);
  }

  get(name: string): Consumer | undefined {
    return this.#consumers.get(name);
  }

  /** The consumers that say they belong to this Subscription. */
  ofOwner(owner: ObjectKey): Consumer[] {
    const names = this.#byOwner.get(keyText(owner)) ?? [];
    return [...names].flatMap((name) => this.#consumers.get(name) ?? []);
  }

  /** All Subscriptions that a consumer says it belongs to. */
  owners(): ObjectKey[] {
    return [...this.#byOwner.values()].flatMap(([name = ""]) => {
      const consumer = this.#consumers.get(name);
      return (consumer && ownerOf(consumer)) ?? [];
    });
  }

  /** Notes a write of ours. */
  put(consumer: Consumer): void {
    this.#changed?.add(consumer.name);
    this.#remove(consumer.name);
    this.#add(consumer);
  }

  /** Notes that a consumer is gone by our own doing. */
  drop(name: string): void {
    this.#changed?.add(name);
    this.#remove(name);
  }

  /** Notes that somebody else deleted a consumer. */
  vanished(name: string): void {
    const consumer = this.#consumers.get(name);
    const owner = consumer && ownerOf(consumer);
    this.drop(name);
    if (owner) this.#tell([owner]);
  }

  /** To be called before consumers are listed: what is written meanwhile counts more than the list. */
  beginList(): void {
    this.#changed = new Set();
  }

  /** Takes the list; `changed` tells whether two consumers of one name differ. */
  endList(listed: readonly Consumer[], changed: (before: Consumer, after: Consumer) => boolean): void {
    const [before, kept] = [this.#consumers, this.#changed ?? new Set<string>()];
    this.#changed = undefined;
    this.#consumers = new Map();
    this.#byOwner = new Map();
    for (const consumer of listed) if (!kept.has(consumer.name)) this.#add(consumer);
    for (const consumer of before.values()) if (kept.has(consumer.name)) this.#add(consumer);
    if (this.#availability.state === "live")
      return this.#tell(changedOwners(before, this.#consumers, changed));
    this.#setAvailability({ state: "live" });
  }

  /** The stream could not be read just now: nothing is claimed until that has lasted. */
  lose(): void {
    if (this.#availability.state === "live") this.#setAvailability({ state: "unknown" });
  }

  /** The stream cannot be read, for the reason given as a sentence. */
  setAway(problem: string): void {
    const now = this.#availability;
    if (now.state !== "away" || now.problem !== problem) this.#setAvailability({ state: "away", problem });
  }

  #setAvailability(availability: Availability): void {
    this.#availability = availability;
    for (const listener of this.#availabilityListeners) listener();
  }

  #tell(owners: Iterable<ObjectKey>): void {
    for (const owner of owners) for (const listener of this.#ownerListeners) listener(owner);
  }

  #add(consumer: Consumer): void {
    this.#consumers.set(consumer.name, consumer);
    const owner = ownerOf(consumer);
    if (!owner) return;
    const key = keyText(owner);
    const names = this.#byOwner.get(key);
    if (names) names.add(consumer.name);
    else this.#byOwner.set(key, new Set([consumer.name]));
  }

  #remove(name: string): void {
    const consumer = this.#consumers.get(name);
    const owner = consumer && ownerOf(consumer);
    this.#consumers.delete(name);
    if (!owner) return;
    const names = this.#byOwner.get(keyText(owner));
    names?.delete(name);
    if (names?.size === 0) this.#byOwner.delete(keyText(owner));
  }
}

/** Subscriptions one of whose consumers came, went or changed between two lists. */
function changedOwners(
  before: ReadonlyMap<string, Consumer>,
  after: ReadonlyMap<string, Consumer>,
  changed: (before: Consumer, after: Consumer) => boolean,
): ObjectKey[] {
  const owners = new Map<string, ObjectKey>();
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(name), after.get(name)];
    if (was && is && !changed(was, is)) continue;
    for (const consumer of [was, is]) {
      const owner = consumer && ownerOf(consumer);
      if (owner) owners.set(keyText(owner), owner);
    }
  }
  return [...owners.values()];
}
