import { expect, test } from "vitest";
import { regexPattern, textPattern } from "./line-pattern.ts";

const lines = [
  "GET /orders/42 500 in 13ms",
  "get /Orders 200",
  "",
  "aaaa",
  'key=value; other="x"',
  "2026-01-02T03:04:05Z ERROR boom (code 7)",
  "tab\there",
];
const patterns = [
  "get",
  "\\d+ms$",
  "^get",
  "a{2,3}",
  "(foo|boom)\\s*\\(code \\d\\)",
  '[a-z]+="?[^;]+',
  "^$",
  "o(?:rd|th)ers?",
  "\\t",
  "x*",
  "[^\\w\\s]",
  ".{3}$",
  "(a|aa)+$",
  "a?b?c?\\x6b",
];

test.for(patterns)("%s finds what JavaScript's own finds", (pattern) => {
  const own = regexPattern(pattern);
  const native = new RegExp(pattern, "i");
  expect(lines.filter((line) => own.test(line))).toEqual(lines.filter((line) => native.test(line)));
});

test("places are the leftmost and longest", () => {
  expect(regexPattern("\\d+").spans("a12b345")).toEqual([
    [1, 3],
    [4, 7],
  ]);
  expect(regexPattern("^a|z$").spans("aaz")).toEqual([
    [0, 1],
    [2, 3],
  ]);
  expect(textPattern("Ab").spans("abxAB")).toEqual([
    [0, 2],
    [3, 5],
  ]);
});

test("patterns that stop a browser elsewhere are answered at once", () => {
  const line = "a".repeat(50_000);
  const began = performance.now();
  for (const pattern of ["(a+)+$b", "(a|a)*c", "a*a*a*a*a*a*d", "(.*)*=x"]) {
    expect(regexPattern(pattern).test(line)).toBe(false);
    regexPattern(pattern).spans(line);
  }
  expect(performance.now() - began).toBeLessThan(3000);
});

test.for([
  ["(a", "not closed"],
  ["a)", "without"],
  ["*a", "nothing before"],
  ["(?=a)", "Look-ahead"],
  ["\\b", "\\b"],
  ["[a", "not closed"],
  ["a{500}", "200"],
])("%s is refused in words", ([pattern, words]) => expect(() => regexPattern(pattern ?? "")).toThrow(words));
