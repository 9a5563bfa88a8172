import { expect, test } from "vitest";
import { delayText, pullDelay, restartDelay } from "./backoff.ts";

test("restarts wait 0, 10, 20, 40, 80, 160 and then 300 seconds", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map((failures) => restartDelay(failures) / 1000)).toEqual([
    0, 10, 20, 40, 80, 160, 300, 300,
  ]);
});

test("a failed pull waits 10 seconds already the first time", () => {
  expect([1, 2, 3].map((failures) => pullDelay(failures) / 1000)).toEqual([10, 20, 40]);
});

test("delays read as kubectl prints them", () => {
  expect([10_000, 60_000, 160_000, 300_000].map(delayText)).toEqual(["10s", "1m0s", "2m40s", "5m0s"]);
});
