import { expect, test } from "vitest";
import { checkNesting, deepestNesting, elementTexts, memberText } from "./json-text.ts";

const texts = [
  `1`,
  `-0.10e5`,
  `"a\\"b]},:"`,
  `"\\\\"`,
  `true`,
  `null`,
  `{}`,
  `[ ]`,
  `[1, [2,"]"], {"x":[{}]}]`,
  `{"data":{"data":1}, "}":"{" }`,
];

test.each(texts)("finds the member %s among others, whatever space there is", (value) => {
  for (const space of ["", " ", "\n\t\r "])
    for (const others of [`"a":"\\\\"`, `"b":[{"data":0}]`, `"c":-1`]) {
      const object = `${space}{${space}${others}${space},${space}"data"${space}:${space}${value}${space}}${space}`;
      expect(memberText(object, "data"), object).toBe(value);
      expect(memberText(`{"data":${value},${others}}`, "data")).toBe(value);
    }
});

test("takes the last of several, reads escapes in names, and misses what is not there", () => {
  expect(memberText(`{"data":1,"\\u0064ata":2}`, "data")).toBe("2");
  expect(memberText(`{"date":1,"x":{"data":2}}`, "data")).toBeUndefined();
  expect(memberText(`{}`, "data")).toBeUndefined();
});

test("splits arrays", () => {
  expect(elementTexts(` [ ${texts.join(" , ")} ] `)).toEqual(texts);
  expect(elementTexts("[]")).toEqual([]);
});

test("refuses deep nesting, also where brackets stand in texts", () => {
  const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
  expect(() => checkNesting(nested(deepestNesting))).not.toThrow();
  expect(() => checkNesting(nested(deepestNesting + 1))).toThrow("nested more than 1000 deep");
  expect(() => checkNesting(JSON.stringify("[".repeat(10_000)))).not.toThrow();
});
