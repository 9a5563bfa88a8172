import { writeContinue } from "@kyma/eventing/delivery-objects.ts";
import { expect, test } from "vitest";
import { mergePages, type DeadLetterPage } from "./dead-letters.ts";

function pageOf(names: number[], isLast = true): DeadLetterPage {
  const deadLetters = names.map((name) => ({ name: String(name) })) as DeadLetterPage["deadLetters"];
  return { deadLetters, continue: isLast ? null : writeContinue(String(names.at(-1))), problems: [] };
}
const namesOf = ({ deadLetters }: DeadLetterPage) => deadLetters.map(({ name }) => Number(name));

/** What a place answers that gives at most `size` letters at once, of those before `before`. */
function answer(all: number[], size: number, before: number): DeadLetterPage {
  const left = all.filter((name) => name < before);
  return pageOf(left.slice(0, size), left.length <= size);
}

test("a page that ends early ends the merged one, whatever others hold below it", () => {
  const merged = mergePages([pageOf([9, 7], false), pageOf([8, 4, 3])], 100);
  expect(namesOf(merged)).toEqual([9, 8, 7]);
  expect(merged.continue).toBe(writeContinue("7"));
});

test("places whose pages end early at different points are read to the end, none left out", () => {
  const places = [
    { all: [20, 18, 16, 9, 8, 7, 2], size: 2 },
    { all: [19, 17, 3, 1], size: 100 },
    { all: [15, 14, 13, 12, 11, 10], size: 3 },
  ];
  const seen: number[] = [];
  let before: number | undefined = Infinity;
  while (before !== undefined) {
    const from: number = before;
    const merged = mergePages(
      places.map(({ all, size }) => answer(all, size, from)),
      5,
    );
    seen.push(...namesOf(merged));
    expect(merged.deadLetters.length).toBeLessThanOrEqual(5);
    before =
      merged.continue === null ? undefined : Number(Buffer.from(merged.continue, "base64url").toString());
  }
  expect(seen).toEqual(places.flatMap(({ all }) => all).toSorted((a, b) => b - a));
});

test("the last page has no further one, and tells of the places that cannot be read", () => {
  const problem = { kind: "FORBIDDEN", message: "You may not." } as const;
  const merged = mergePages([pageOf([2]), { ...pageOf([]), problems: [problem] }], 100);
  expect(merged).toMatchObject({ continue: null, problems: [problem] });
});
