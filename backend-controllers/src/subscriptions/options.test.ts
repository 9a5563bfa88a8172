import { expect, test } from "vitest";
import { defaultStreamLimits } from "@kyma/eventing/streams.ts";
import { parseNatsAccess, readStreamLimits, streamOptions } from "./options.ts";

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

const defaults = Object.fromEntries(
  Object.entries(streamOptions).map(([name, option]) => [name, option.default]),
) as Record<keyof typeof streamOptions, string>;

test("streams are as Kyma makes them, unless told otherwise", () => {
  expect(readStreamLimits(defaults)).toEqual(defaultStreamLimits);
  expect(
    readStreamLimits({
      "nats-stream-replicas": "3",
      "nats-stream-max-size": "20Gi",
      "nats-max-msgs-per-topic": "5000",
      "dead-letters-max-size": "1048576",
      "dead-letters-max-days": "7",
    }),
  ).toEqual({
    replicas: 3,
    maxBytes: 20 * 2 ** 30,
    maxMessagesPerSubject: 5000,
    deadLetterMaxBytes: 2 ** 20,
    deadLetterMaxAgeMs: 604_800_000,
  });
});

test.each([
  [{ "nats-stream-replicas": "2" }, '--nats-stream-replicas "2" is wrong: a majority needs an odd number'],
  [{ "nats-stream-replicas": "7" }, '--nats-stream-replicas "7" is wrong: give a number from 1 to 5'],
  [{ "nats-stream-max-size": "700MB" }, '"700MB" is wrong: give at least 1Mi, as in 700Mi or 20Gi'],
  [{ "nats-stream-max-size": "1Ki" }, '"1Ki" is wrong: give at least 1Mi'],
  [{ "dead-letters-max-size": "99999999Ti" }, '--dead-letters-max-size "99999999Ti" is wrong'],
  [{ "nats-max-msgs-per-topic": "-1" }, '--nats-max-msgs-per-topic "-1" is wrong: give a number from 1'],
  [{ "dead-letters-max-days": "0" }, '--dead-letters-max-days "0" is wrong: give a number from 1 to 3650'],
])("%j is refused", (given, sentence) => {
  expect(() => readStreamLimits({ ...defaults, ...given })).toThrow(sentence);
});
