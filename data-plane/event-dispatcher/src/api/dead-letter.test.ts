import { headers } from "@nats-io/transport-node";
import { expect, test } from "vitest";
import {
  deadLetterText,
  letterFilter,
  replacedLetters,
  sequenceOf,
  type StoredLetter,
  toDeadLetter,
} from "./dead-letter.ts";
import { failedAgain, readReplayed } from "./replay.ts";

const event = `{"specversion":"1.0","id":"1","source":"s","type":"a.b","data":{"n":12345678901234567890,"t":"</script>"}}`;

function stored(more: Partial<StoredLetter> = {}): StoredLetter {
  const header = headers();
  header.set("Kyma-Reason", "exhausted");
  header.set("Kyma-Attempts", "16");
  header.set("Kyma-Status", "503");
  header.set("Kyma-Answer", "no way");
  header.set("Kyma-Sink", "http://orders.shop.svc.cluster.local");
  header.set("Kyma-Time", "2026-11-27T19:00:00.123Z");
  header.set("Kyma-Consumer", "c1");
  return {
    seq: 7,
    subject: "deadletter.shop.my.orders",
    timestamp: "2026-11-27T19:00:01.5Z",
    header,
    data: Buffer.from(event),
    ...more,
  };
}

test("a message is told as a DeadLetter", () => {
  expect(toDeadLetter(stored())).toMatchObject({
    metadata: { name: "7", namespace: "shop", creationTimestamp: "2026-11-27T19:00:00Z" },
    subscription: "my.orders",
    reason: "exhausted",
    attempts: 16,
    status: 503,
    answer: "no way",
    consumer: "c1",
    event: { id: "1", type: "a.b" },
  });
  expect(toDeadLetter(stored({ subject: "deadletter.shop" }))).toBeUndefined();
  expect(toDeadLetter(stored({ subject: "other.shop.a" }))).toBeUndefined();
});

test("its event keeps all digits, and is null where it is no JSON object", () => {
  expect(deadLetterText(toDeadLetter(stored())!)).toContain(`"event":${event}`);
  const broken = toDeadLetter(stored({ data: Buffer.from(`{"a"`) }))!;
  expect(JSON.parse(deadLetterText(broken))).toMatchObject({ event: null, attempts: 16 });
});

test("the same sequence in another stream is another object", () => {
  const uid = toDeadLetter(stored())?.metadata.uid;
  expect(uid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(toDeadLetter(stored({ timestamp: "2026-11-28T00:00:00Z" }))?.metadata.uid).not.toBe(uid);
});

test("a selection is a filter of subjects", () => {
  expect(letterFilter({})).toBe("deadletter.>");
  expect(letterFilter({ namespace: "shop" })).toBe("deadletter.shop.>");
  expect(letterFilter({ namespace: "shop", subscription: "my.orders" })).toBe("deadletter.shop.my.orders");
});

test.each(["0", "-1", "x", "01", "1.5", "99999999999999999999", "replay"])("%j is no name", (name) => {
  expect(sequenceOf(name)).toBeUndefined();
});

test("what is replayed is the stored event, or the one in the request, digit by digit", () => {
  expect(readReplayed("", stored())).toMatchObject({ id: "1", type: "a.b" });
  expect(readReplayed(`{"event":null}`, stored())).toMatchObject({ id: "1" });
  const edited = readReplayed(
    `{"event":{"specversion":"1.0","id":"2","source":"s","type":"a.b","data":12345678901234567890}}`,
    stored(),
  );
  expect(edited.id).toBe("2");
});

test.each([
  ["{", "the body is not JSON"],
  ["[]", "must be a JSON object"],
  [`{"event":5}`, "event is not valid: a CloudEvent must be a JSON object"],
  [`{"event":{"specversion":"1.0","id":"1","source":"s"}}`, `event is not valid: the attribute "type"`],
])("%s is refused", (body, sentence) => {
  expect(() => readReplayed(body, stored())).toThrow(sentence);
});

test("a stored event that is none cannot be replayed as it is", () => {
  expect(() => readReplayed("", stored({ data: Buffer.from("{}") }))).toThrow(
    "the stored event is not valid",
  );
});

test("a replay in vain counts and keeps the rest", () => {
  const header = failedAgain(stored(), {
    delivered: false,
    status: 500,
    answer: "line\r\nline",
    attempts: 17,
    sink: "http://other",
    at: new Date("2026-11-28T00:00:00Z"),
  });
  expect(toDeadLetter(stored({ header }))).toMatchObject({
    attempts: 17,
    status: 500,
    answer: "line line",
    reason: "exhausted",
    sink: "http://other",
    lastReplay: "2026-11-28T00:00:00.000Z",
    metadata: { creationTimestamp: "2026-11-27T19:00:00Z" },
  });
});

test("a letter that a replay in vain replaced is hidden, and left when it is still there a minute later", () => {
  const at = new Date("2026-11-28T00:00:00Z");
  const answer = { delivered: false, status: 500, answer: "", attempts: 17, sink: "http://other", at };
  const letters = [stored({ seq: 9, header: failedAgain(stored(), answer) }), stored()];
  expect(replacedLetters(letters, at.getTime() + 1000)).toEqual({ hidden: new Set([7]), left: [] });
  expect(replacedLetters(letters, at.getTime() + 61_000)).toEqual({ hidden: new Set([7]), left: [7] });
});
