import { expect, test } from "vitest";
import { refreshed, withOlder, withoutLetters, type LetterList } from "./dead-letter-list.ts";
import type { DeadLetterPage } from "./eventing-api.ts";
import { letter } from "./testing/letter.ts";

const pageOf = (numbers: number[], next: string | null = null): DeadLetterPage => ({
  deadLetters: numbers.map((number) => letter(number)),
  continue: next,
  problems: [],
});
const listOf = (numbers: number[], next: string | null = null): LetterList => ({
  ...pageOf(numbers, next),
  isExpanded: true,
});
const numbersOf = ({ deadLetters }: DeadLetterPage) => deadLetters.map(({ name }) => Number(name));
const away: DeadLetterPage = {
  ...pageOf([]),
  problems: [{ kind: "UNAVAILABLE", message: "The event dispatcher gives no answer." }],
};

test("a first page that is read again leaves older ones as they were", () => {
  const list = refreshed(listOf([9, 8, 7, 6, 5], "below-5"), pageOf([10, 9, 7], "below-7"));
  expect(numbersOf(list)).toEqual([10, 9, 7, 6, 5]);
  expect(list).toMatchObject({ continue: "below-5", isExpanded: true });
});

test("without older ones the list is just the first page", () => {
  const first = refreshed(undefined, pageOf([3, 2], "below-2"));
  expect(first.isExpanded).toBe(false);
  const next = refreshed(first, pageOf([4, 3], "below-3"));
  expect(numbersOf(next)).toEqual([4, 3]);
  expect(next.continue).toBe("below-3");
});

test("a first page that is the last one is all there is", () => {
  expect(numbersOf(refreshed(listOf([9, 8, 7], "below-7"), pageOf([9])))).toEqual([9]);
});

test("a list that would have a gap begins anew", () => {
  const list = refreshed(listOf([9, 8, 7], "below-7"), pageOf([30, 29], "below-29"));
  expect(numbersOf(list)).toEqual([30, 29]);
  expect(list).toMatchObject({ continue: "below-29", isExpanded: false });
});

test("a first page that reaches below the list tells where the next one begins", () => {
  const list = refreshed(listOf([9, 8], "below-8"), pageOf([9, 5, 4], "below-4"));
  expect(numbersOf(list)).toEqual([9, 5, 4]);
  expect(list.continue).toBe("below-4");
});

test("an answer without the dispatcher does not replace a good list", () => {
  expect(() => refreshed(listOf([9, 8]), away)).toThrow("The event dispatcher gives no answer.");
  // Nothing better is known: what there is, with the reason.
  const first = refreshed(undefined, away);
  expect(first.problems).toEqual(away.problems);
  expect(refreshed(first, away).problems).toEqual(away.problems);
  expect(numbersOf(refreshed(first, pageOf([1])))).toEqual([1]);
});

test("an older page is added with its problems, each once", () => {
  const forbidden = { kind: "FORBIDDEN", message: "You may not." } as const;
  const list = withOlder({ ...listOf([9], "below-9"), problems: [forbidden] }, "below-9", {
    ...pageOf([8, 7]),
    problems: [forbidden, { kind: "FORBIDDEN", message: "Nor here." }],
  });
  expect(numbersOf(list)).toEqual([9, 8, 7]);
  expect(list.continue).toBeNull();
  expect(list.problems.map(({ message }) => message)).toEqual(["You may not.", "Nor here."]);
  expect(() => withOlder(list, null, away)).toThrow("The event dispatcher gives no answer.");
});

test("an older page of a list that ends elsewhere by now is not added", () => {
  expect(numbersOf(withOlder(listOf([30], "below-30"), "below-9", pageOf([8])))).toEqual([30]);
});

test("letters that are gone leave the list", () => {
  const list = withoutLetters(listOf([9, 8, 7], "below-7"), ["shop/8", "other/7"]);
  expect(numbersOf(list)).toEqual([9, 7]);
  expect(list.continue).toBe("below-7");
});
