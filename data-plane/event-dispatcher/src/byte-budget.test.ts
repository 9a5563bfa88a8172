import { expect, test } from "vitest";
import { ByteBudget } from "./byte-budget.ts";

test("a consumer gets its share while there is room, and a little whatever others take", () => {
  const budget = new ByteBudget({ total: 100, share: 60, floor: 10 });
  const [greedy, second, third] = [budget.openShare(), budget.openShare(), budget.openShare()];
  expect([greedy.take(60), greedy.take(1), second.take(40)]).toEqual([true, false, true]);
  expect([second.take(1), third.take(10), third.take(1)]).toEqual([false, true, false]);
  expect(budget.taken).toBe(110);
  third.force(50);
  third.giveBack(60);
  greedy.giveBack(60);
  expect([second.take(20), second.take(1), third.take(40), third.take(1)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
