import { expect, test } from "vitest";
import { Rates } from "./rates.ts";

test("a rate is told from the second look on, over the last ten seconds", () => {
  const rates = new Rates();
  rates.note([["a", 100]], 0);
  expect(rates.of("a")).toBeNull();
  rates.note([["a", 120]], 2000);
  expect(rates.of("a")).toBe(10);
  for (const at of [4000, 6000, 8000, 10_000, 12_000]) rates.note([["a", 120]], at);
  expect(rates.of("a")).toBe(0);
});

test("a counter that went back begins anew instead of showing a negative rate", () => {
  const rates = new Rates();
  rates.note([["a", 500]], 0);
  rates.note([["a", 3]], 2000);
  expect(rates.of("a")).toBeNull();
  rates.note([["a", 5]], 4000);
  expect(rates.of("a")).toBe(1);
});

test("what is not named any more is forgotten", () => {
  const rates = new Rates();
  rates.note([["a", 1]], 0);
  rates.note([["b", 1]], 2000);
  rates.note([["a", 9]], 4000);
  expect(rates.of("a")).toBeNull();
});
