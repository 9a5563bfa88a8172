import { expect, it } from "vitest";
import { ReportedTexts } from "./reported-texts.ts";

it("knows a late echo although more was typed since", () => {
  const texts = new ReportedTexts();
  for (const text of ["a", "ab", "abc"]) texts.report(text);
  expect(texts.isEcho("ab")).toBe(true);
  expect(texts.isEcho("abc")).toBe(true);
});
it("knows a text from elsewhere, also one that was reported long ago", () => {
  const texts = new ReportedTexts();
  texts.report("mine");
  expect(texts.isEcho("mine")).toBe(true);
  expect(texts.isEcho("mine")).toBe(false);
  texts.report("mine again");
  expect(texts.isEcho("theirs")).toBe(false);
});
