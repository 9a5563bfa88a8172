import { expect, test } from "vitest";
import { figuresOf } from "./figures.ts";

const delivery = (name: string, pending: number, inFlight: number, deadLetters: number) => ({
  namespace: "shop",
  name,
  types: [
    {
      type: "order.created.v1",
      exists: true,
      rate: 0,
      delivered: 0,
      pending,
      inFlight,
      redelivered: 0,
      oldestPending: null,
      waitingDispatchers: 0,
    },
  ],
  deadLetters,
  lastError: null,
});

test("every Subscription has its figures, also beyond the 200 of the picture", () => {
  const many = Array.from({ length: 1000 }, (_, index) => delivery(`s${index}`, index, 1, 2));
  const figures = figuresOf(many);
  expect(figures).toHaveLength(1000);
  expect(figures[700]).toEqual({ namespace: "shop", name: "s700", waiting: 701, deadLetters: 2 });
});

test("of too many those are left out that have the least to tell", () => {
  const figures = figuresOf(
    [delivery("idle", 0, 0, 0), delivery("dead", 0, 0, 3), delivery("slow", 9, 0, 0)],
    2,
  );
  expect(figures.map(({ name }) => name)).toEqual(["slow", "dead"]);
});
