import { expect, test, vi } from "vitest";
import { inBatches } from "./in-batches.ts";

test("questions of one tick are asked together, 50 at a time, each gets its own answer", async () => {
  const askMany = vi.fn((questions: readonly number[]) => Promise.resolve(questions.map((one) => one * 2)));
  const ask = inBatches(askMany, 50);
  const answers = await Promise.all(Array.from({ length: 120 }, (_, index) => ask(index)));
  expect(answers).toEqual(Array.from({ length: 120 }, (_, index) => index * 2));
  expect(askMany.mock.calls.map(([questions]) => questions.length)).toEqual([50, 50, 20]);
  expect(await ask(7)).toBe(14);
  expect(askMany).toHaveBeenCalledTimes(4);
});

test("a batch that fails, or is answered in part, fails its questions and no others", async () => {
  let failing = true;
  const ask = inBatches((questions: readonly string[]) => {
    if (failing) return Promise.reject(new Error("no server"));
    return Promise.resolve(questions.slice(1).map(String));
  }, 2);
  await expect(Promise.all([ask("a"), ask("b")])).rejects.toThrow("no server");
  failing = false;
  const [first, second] = await Promise.allSettled([ask("a"), ask("b")]);
  expect(first).toEqual({ status: "fulfilled", value: "b" });
  expect(second).toMatchObject({ status: "rejected" });
});
