import { expect, test } from "vitest";
import { parseNatsAccess } from "./options.ts";

test("the file says where NATS is and as whom to come", () => {
  const access = { url: "nats://127.0.0.1:4222", user: "controllers", password: "p" };
  expect(parseNatsAccess(JSON.stringify(access))).toEqual(access);
});

test.each([
  ["", "must be JSON"],
  ["secret", "must be JSON"],
  ["null", "must be JSON"],
  [`{"url":"nats://x","user":"controllers"}`, "password is missing"],
  [`{"url":"","user":"controllers","password":"p"}`, "url is missing"],
])("%j is refused with a sentence that quotes nothing of it", (text, sentence) => {
  expect(() => parseNatsAccess(text)).toThrow(sentence);
  expect(() => parseNatsAccess(text)).toThrow(/^--nats-access: (?!.*secret)/);
});
