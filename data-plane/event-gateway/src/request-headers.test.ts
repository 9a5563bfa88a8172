import { expect, test } from "vitest";
import { headersOf } from "./request-headers.ts";

/** As node reads them from the wire. */
const wire = (text: string): string => Buffer.from(text).toString("latin1");

test("names are in lower case, and what is there twice is a list", () => {
  expect({ ...headersOf(["Ce-Id", "1", "X-A", "a", "x-a", "b", "X-a", "c"]) }).toEqual({
    "ce-id": "1",
    "x-a": ["a", "b", "c"],
  });
});

test("attributes are UTF-8 as well as percent-encoded", () => {
  const headers = headersOf(["ce-subject", wire("Zürich Übung ✓"), "ce-other", "Z%C3%BCrich"]);
  expect({ ...headers }).toEqual({ "ce-subject": "Zürich Übung ✓", "ce-other": "Z%C3%BCrich" });
});

test("an attribute in another encoding is refused with what to do; other headers may be as they like", () => {
  expect(() => headersOf(["CE-Subject", "Z\u00fcrich"])).toThrow(
    "the header ce-subject is not UTF-8: percent-encode what is not ASCII, such as Z%C3%BCrich",
  );
  expect(headersOf(["x-city", "Z\u00fcrich"])["x-city"]).toBe("Z\u00fcrich");
});
