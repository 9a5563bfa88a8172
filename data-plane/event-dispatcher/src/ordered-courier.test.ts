import { expect, test, vi } from "vitest";
import type { Settlement } from "./attempt.ts";
import type { CourierHost } from "./courier.ts";
import { OrderedCourier } from "./ordered-courier.ts";
import type { HeldEvent } from "./stored-event.ts";

/** Stands for one consumer: what NATS says, and what becomes of the events. */
class Desk implements CourierHost {
  readonly log: string[] = [];
  readonly held = new Set<HeldEvent>();
  readonly #underWay = new Map<number, (settlement: Settlement) => void>();
  /** Events that another process has. */
  elsewhere = 0;
  limit = 10;
  hasRoom = true;
  epoch = 1;
  /** What happens after NATS has counted and before its answer is here. */
  meanwhile: (() => void) | undefined;
  readonly courier = new OrderedCourier(this);

  give(sequence: number, key: string | undefined, more: Partial<HeldEvent> = {}): HeldEvent {
    const held: HeldEvent = {
      message: { ack() {}, nak() {}, working() {} },
      data: undefined,
      size: 1,
      hasRoom: false,
      isUnderWay: false,
      key,
      sequence,
      time: 1,
      attempt: 1,
      progressAt: performance.now(),
      epoch: 1,
      ...more,
    };
    this.held.add(held);
    this.courier.take(held);
    return held;
  }

  /** Ends the attempt for an event, and lets what follows from it happen. */
  async end(sequence: number, settlement: Settlement = { kind: "settled" }): Promise<void> {
    this.#underWay.get(sequence)?.(settlement);
    await settle();
  }

  attempt(held: HeldEvent): Promise<Settlement> {
    this.log.push(`attempt ${held.sequence}`);
    return new Promise((resolve) => this.#underWay.set(held.sequence, resolve));
  }
  acknowledge(held: HeldEvent): void {
    this.#release("acknowledge", held);
  }
  giveBack(held: HeldEvent): void {
    this.#release("give back", held);
  }
  forget(held: HeldEvent): void {
    this.#release("forget", held);
  }
  #release(what: string, held: HeldEvent): void {
    this.log.push(`${what} ${held.sequence}`);
    this.held.delete(held);
  }
  reserve({ hasRoom }: HeldEvent, isOnly: boolean): boolean {
    return isOnly || hasRoom || this.hasRoom;
  }
  isPresent({ epoch }: HeldEvent): boolean {
    return epoch === this.epoch;
  }
  maxInFlight(): number {
    return this.limit;
  }
  unsettledCount(): Promise<number> {
    const here = [...this.held].filter((held) => this.isPresent(held)).length;
    const count = here + this.elsewhere;
    this.meanwhile?.();
    this.meanwhile = undefined;
    return Promise.resolve(count);
  }
}

/** Lets promises that are resolved have their effect. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const again: Settlement = { kind: "again", delayMs: 0 };
const longAgo = { progressAt: performance.now() - 26_000 };

test("keys take turns within the bound, and events without a key wait for none", async () => {
  const desk = new Desk();
  desk.limit = 3;
  desk.give(1, "a");
  desk.give(2, "a");
  desk.give(3, undefined);
  desk.give(4, undefined);
  desk.give(5, "b");
  expect(desk.log.splice(0)).toEqual(["attempt 1", "attempt 3", "attempt 4"]);
  await desk.end(3);
  expect(desk.log.splice(0)).toEqual(["acknowledge 3", "attempt 5"]);
  await desk.end(1);
  expect(desk.log).toEqual(["acknowledge 1", "attempt 2"]);
});

test("a process that takes over begins when all earlier events are settled or here, with the earliest", async () => {
  const desk = new Desk();
  desk.elsewhere = 2;
  desk.courier.pinned();
  desk.give(7, "a");
  desk.give(8, "b");
  await settle();
  expect(desk.log).toEqual([]);
  desk.elsewhere = 1;
  desk.give(5, "a");
  desk.courier.check();
  await settle();
  expect(desk.log).toEqual([]);
  desk.elsewhere = 0;
  desk.courier.check();
  await settle();
  expect(desk.log).toEqual(["attempt 5", "attempt 8"]);
  await desk.end(5);
  expect(desk.log.slice(2)).toEqual(["acknowledge 5", "attempt 7"]);
});

test("a process that is displaced gives back all that it has not begun, also what waits for another attempt", async () => {
  const desk = new Desk();
  for (const [sequence, key] of [
    [1, "a"],
    [2, "a"],
    [3, "b"],
    [4, "b"],
    [5, "c"],
  ] as const)
    desk.give(sequence, key);
  await desk.end(1, { kind: "again", delayMs: 3_600_000 });
  desk.log.length = 0;
  desk.courier.displaced();
  expect(desk.log.splice(0)).toEqual(["give back 1", "give back 2", "give back 4"]);
  await desk.end(3, again);
  await desk.end(5);
  expect(desk.log).toEqual(["give back 3", "acknowledge 5"]);
});

test("an event that NATS gives out once more is not begun twice, and its newer delivery is answered", () => {
  const desk = new Desk();
  const first = desk.give(1, "a");
  const second = desk.give(1, "a");
  expect(desk.log).toEqual(["attempt 1", "forget 1"]);
  expect(first.message).toBe(second.message);
});

test("after a long sleep nothing is begun of what others may have; what is left waits for it to come back", async () => {
  const desk = new Desk();
  desk.courier.pinned();
  desk.give(1, "a");
  await settle();
  desk.give(2, "a", longAgo);
  desk.give(3, "a");
  desk.elsewhere = 1;
  await desk.end(1);
  expect(desk.log).toEqual(["attempt 1", "acknowledge 1", "forget 2"]);
  desk.elsewhere = 0;
  desk.give(2, "a");
  await settle();
  expect(desk.log.slice(3)).toEqual(["attempt 2"]);
  await desk.end(2);
  expect(desk.log.slice(4)).toEqual(["acknowledge 2", "attempt 3"]);
});

test("a connection that broke may have lost an event: later ones of its key wait until it comes again", async () => {
  const desk = new Desk();
  desk.courier.interrupted();
  desk.elsewhere = 1;
  desk.give(4, "a");
  await settle();
  expect(desk.log).toEqual([]);
  desk.elsewhere = 0;
  desk.give(3, "a");
  await settle();
  expect(desk.log).toEqual(["attempt 3"]);
});

test("the same number in a stream that was made anew is another event", async () => {
  const desk = new Desk();
  desk.give(1, "a");
  desk.give(1, "a", { epoch: 2, time: 2 });
  await desk.end(1);
  expect(desk.log).toEqual(["attempt 1", "acknowledge 1", "attempt 1"]);
});

test("events that come while NATS answers do not stand for earlier ones that are elsewhere", async () => {
  const desk = new Desk();
  desk.elsewhere = 1;
  desk.meanwhile = () => void desk.give(8, "b");
  desk.courier.pinned();
  desk.give(7, "a");
  await settle();
  expect(desk.log).toEqual([]);
  desk.elsewhere = 0;
  desk.give(5, "a");
  await settle();
  expect(desk.log).toEqual(["attempt 5", "attempt 8"]);
});

test("events of a stream that is no more do not stand for those of the present one", async () => {
  const desk = new Desk();
  desk.give(1, "a");
  desk.epoch = 2;
  desk.elsewhere = 1;
  desk.courier.pinned();
  desk.give(2, "b", { epoch: 2, time: 2 });
  await settle();
  expect(desk.log).toEqual(["attempt 1"]);
  desk.elsewhere = 0;
  desk.courier.check();
  await settle();
  expect(desk.log).toEqual(["attempt 1", "attempt 2"]);
});

test("what counts are the attempts made here, not how often the event was handed over without one", async () => {
  const desk = new Desk();
  const held = desk.give(1, "a", { attempt: 4 });
  expect(held.attempt).toBe(1);
  await desk.end(1, again);
  expect(held.attempt).toBe(2);
  desk.give(1, "a", { attempt: 5 });
  expect(held.attempt, "given out once more meanwhile").toBe(2);
});

test("without memory for more, one event is attempted at a time, and others follow when there is room", async () => {
  const desk = new Desk();
  desk.hasRoom = false;
  desk.give(1, "a");
  desk.give(2, "b");
  desk.give(3, "c");
  expect(desk.log.splice(0)).toEqual(["attempt 1"]);
  await desk.end(1);
  expect(desk.log.splice(0)).toEqual(["acknowledge 1", "attempt 2"]);
  desk.hasRoom = true;
  desk.courier.check();
  expect(desk.log).toEqual(["attempt 3"]);
});

test("an event that could not be read waits without an attempt counted", async () => {
  const desk = new Desk();
  const held = desk.give(1, "a");
  await desk.end(1, { kind: "unread", delayMs: 0 });
  expect(held.attempt).toBe(1);
  await vi.waitFor(() => expect(desk.log).toEqual(["attempt 1", "attempt 1"]));
  await desk.end(1, again);
  expect(held.attempt).toBe(2);
});
