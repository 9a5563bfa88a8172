import { expect, test } from "vitest";
import type { Settlement } from "./attempt.ts";
import { ParallelCourier, type CourierHost } from "./courier.ts";

/** Lets promises that are resolved have their effect. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("what there is no memory for waits for its turn, one at a time at least, and goes back when the process ends", async () => {
  const log: string[] = [];
  const open: ((settlement: Settlement) => void)[] = [];
  let hasRoom = false;
  const host: CourierHost = {
    reserve: (_, isOnly) => isOnly || hasRoom,
    attempt: ({ sequence }) => {
      log.push(`attempt ${sequence}`);
      return new Promise((resolve) => open.push(resolve));
    },
    acknowledge: ({ sequence }) => void log.push(`acknowledge ${sequence}`),
    giveBack: ({ sequence }, delayMs) => void log.push(`give back ${sequence} ${delayMs}`),
    forget: () => undefined,
    isPresent: () => true,
    maxInFlight: () => 10,
    unsettledCount: () => Promise.resolve(0),
  };
  const courier = new ParallelCourier(host);
  const give = (sequence: number): void =>
    courier.take({
      message: { ack() {}, nak() {}, working() {} },
      data: undefined,
      size: 1,
      hasRoom: false,
      isUnderWay: false,
      key: undefined,
      sequence,
      time: 1,
      attempt: 1,
      progressAt: 0,
      epoch: 1,
    });
  for (const sequence of [1, 2, 3, 4]) give(sequence);
  expect(log.splice(0)).toEqual(["attempt 1"]);
  open.shift()?.({ kind: "unread", delayMs: 5 });
  await settle();
  expect(log.splice(0)).toEqual(["give back 1 5", "attempt 2"]);
  hasRoom = true;
  courier.check();
  expect(log.splice(0)).toEqual(["attempt 3", "attempt 4"]);
  hasRoom = false;
  give(5);
  courier.stop();
  expect(log.splice(0)).toEqual(["give back 5 undefined"]);
  open.shift()?.({ kind: "settled" });
  await settle();
  expect(log).toEqual(["acknowledge 2"]);
});
