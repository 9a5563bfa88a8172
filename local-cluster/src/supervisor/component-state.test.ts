import { expect, test } from "vitest";
import { changeState, type ComponentState, restartDelayMs } from "./component-state.ts";

const ready: ComponentState = {
  name: "etcd",
  state: "READY",
  restarts: 0,
  message: "",
  since: "2026-01-01T00:00:00.000Z",
};
const later = new Date("2026-01-01T00:01:00.000Z");

test("the pause before a restart doubles and is bounded", () => {
  expect([1, 2, 3, 4].map(restartDelayMs)).toEqual([250, 500, 1000, 2000]);
  expect(restartDelayMs(100)).toBe(10_000);
});

test("a change that changes nothing is the same object, so that nobody is told", () => {
  expect(changeState(ready, { state: "READY", message: "" }, later)).toBe(ready);
});

test("since moves only when the state does", () => {
  expect(changeState(ready, { message: "slow" }, later).since).toBe(ready.since);
  expect(changeState(ready, { state: "RESTARTING" }, later).since).toBe(later.toISOString());
});
