import { expect, test } from "vitest";
import { isSafeLink, textPieces, visibleText } from "./visible-text.ts";

test("escape sequences and bidi overrides are spelt out", () => {
  expect(visibleText("\u001b[31mred\u001b[0m")).toBe("⟨U+001B⟩[31mred⟨U+001B⟩[0m");
  expect(visibleText("\u001b]8;;https://evil.example\u0007click")).toBe(
    "⟨U+001B⟩]8;;https://evil.example⟨U+0007⟩click",
  );
  expect(visibleText("abc\u202Edcba")).toBe("abc⟨U+202E⟩dcba");
  expect(visibleText("two\nlines\tand tab")).toBe("two\nlines\tand tab");
});

test("only plain http and https addresses can be clicked", () => {
  expect(isSafeLink("https://example.com/a?b=c#d")).toBe(true);
  expect(isSafeLink("http://example.com")).toBe(true);
  for (const bad of [
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "https://a@evil.example",
    "//evil.example",
  ])
    expect(isSafeLink(bad), bad).toBe(false);
});

test("addresses are cut out of text without what follows them", () => {
  expect(textPieces("see https://example.com/docs, or javascript:alert(1)")).toEqual([
    { text: "see " },
    { text: "https://example.com/docs", href: "https://example.com/docs" },
    { text: ", or javascript:alert(1)" },
  ]);
  expect(textPieces("plain")).toEqual([{ text: "plain" }]);
  expect(textPieces("https://good.example\u202Efdp.exe")).toEqual([
    { text: "https://good.example⟨U+202E⟩fdp.exe" },
  ]);
  expect(textPieces("")).toEqual([{ text: "" }]);
});
