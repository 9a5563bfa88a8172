import { expect, test } from "vitest";
import { Ledger } from "./ledger.ts";

function ledgerOf(deliveries: number[], acknowledged = 1010): Ledger {
  const ledger = new Ledger();
  ledger.sent("1", 1000);
  ledger.acknowledged("1", acknowledged);
  for (const at of deliveries) ledger.delivered("1", at);
  return ledger;
}

test("what was acknowledged and never came is lost; what was not acknowledged is not", () => {
  const ledger = ledgerOf([]);
  ledger.sent("2", 1000);
  expect(ledger.lost()).toEqual(["1"]);
  expect(ledger.acknowledgedCount()).toBe(1);
});

test("a second delivery without a kill is not explained", () => {
  const ledger = ledgerOf([1020, 1050]);
  expect(ledger.duplicates()).toBe(1);
  expect(ledger.unexplained()).toEqual(["1"]);
});

test.each([
  ["of a dispatcher just after the first delivery", "event-dispatcher-0", 1100, [1020, 31_020], true],
  ["of a dispatcher long after it", "event-dispatcher-0", 9000, [1020, 31_020], false],
  ["of nats-server before its state is on the disk", "nats-server", 2000, [1020, 31_020], true],
  ["of nats-server long after it", "nats-server", 9000, [1020, 31_020], false],
  ["after the second delivery", "nats-server", 1500, [1020, 1030], false],
  ["of a process that has nothing to do with it", "controllers", 1100, [1020, 31_020], false],
])("a kill %s explains: %s at %i", (_, victim, at, deliveries, isExplained) => {
  const ledger = ledgerOf(deliveries);
  ledger.kills.push({ victim, at });
  expect(ledger.unexplained()).toEqual(isExplained ? [] : ["1"]);
});

test("one kill does not explain a third delivery", () => {
  const ledger = ledgerOf([1020, 31_020, 61_020]);
  ledger.kills.push({ victim: "nats-server", at: 1100 });
  expect(ledger.unexplained()).toEqual(["1"]);
});

test("nats-server killed while the client waits explains a second one: the client sends the event again", () => {
  const ledger = ledgerOf([1020, 9500], 9400);
  ledger.kills.push({ victim: "nats-server", at: 9000 });
  expect(ledger.unexplained()).toEqual([]);
});

test("the story of an event is told in order", () => {
  const ledger = ledgerOf([1020, 31_020], 1030);
  ledger.kills.push({ victim: "nats-server", at: 1025 });
  expect(ledger.story("1")).toBe("1: 20 delivered, 25 nats-server killed, 30 acknowledged, 30020 delivered");
});
