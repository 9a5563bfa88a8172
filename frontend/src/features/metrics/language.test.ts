import { expect, it } from "vitest";
import { mendLanguage } from "./language.ts";

it.each([
  ["en-US@posix", "en-US"],
  ["C.UTF-8", "en"],
  ["de-DE", "de-DE"],
  ["", "en"],
])("a browser's language %j is one that Intl takes: %s", (language, mended) => {
  const browser = { language };
  mendLanguage(browser);
  expect(browser.language).toBe(mended);
  expect(() => new Intl.NumberFormat(browser.language)).not.toThrow();
});
