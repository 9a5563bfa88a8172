import { expect, test } from "vitest";
import { readAcknowledgement } from "./acknowledged.ts";

const refusal = (answer: unknown, code?: number): unknown => {
  const data = Buffer.from(typeof answer === "string" ? answer : JSON.stringify(answer));
  const { status, message } = readAcknowledgement(data, code) ?? {};
  return status === undefined ? "stored" : `${status} ${message}`;
};
const error = (code: number, errorCode: number, description: string): unknown => ({
  error: { code, err_code: errorCode, description },
  stream: "sap",
  seq: 0,
});

test("only what names the stream and a place in it is an acknowledgement", () => {
  expect(refusal({ stream: "sap", seq: 1 })).toBe("stored");
  expect(refusal({ stream: "sap", seq: 7, duplicate: true })).toBe("stored");
  for (const other of ["", "+ACK", "null", "[]", {}, { stream: "sap", seq: 0 }, { stream: "other", seq: 1 }])
    expect(refusal(other)).toMatch(/^500 NATS answered with something that is no acknowledgement/);
});

test.each<[unknown, number | undefined, RegExp]>([
  ["", 503, /^504 there is no stream "sap"/],
  [error(503, 10_077, "maximum bytes exceeded"), undefined, /^507 .*maximum bytes exceeded/],
  [error(503, 10_077, "maximum messages per subject exceeded"), undefined, /^507/],
  [error(503, 10_047, "insufficient storage resources available"), undefined, /^507/],
  [error(500, 10_000, "write /x: no space left on device"), undefined, /^507/],
  [error(400, 10_054, "message size exceeds maximum allowed"), undefined, /^413 the event is larger/],
  [
    error(503, 10_008, "JetStream system temporarily unavailable"),
    undefined,
    /^503 .*temporarily unavailable/,
  ],
  [error(200, 1, "odd"), undefined, /^500 the stream refused the event: odd/],
  [{ error: {} }, undefined, /^500 the stream refused the event: unknown error/],
])("%j becomes a status and a sentence", (answer, code, expected) => {
  expect(refusal(answer, code)).toMatch(expected);
});
