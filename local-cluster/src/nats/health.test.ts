import { expect, test } from "vitest";
import { readHealth, UnhealthyError } from "./health.ts";

const info = 'INFO {"server_id":"X"}\r\n';
const message = (answer: object): string => {
  const text = JSON.stringify(answer);
  return `${info}MSG _INBOX.health.1 1  ${Buffer.byteLength(text)}\r\n${text}\r\n`;
};

test("a healthy server", () => {
  expect(readHealth(message({ server: {}, data: { status: "ok", status_code: 200 } }))).toBeNull();
});

test("a server that could not write is unhealthy, and says why", () => {
  const error = "JetStream stream 'EVENTING > sap' write error: no space left on device";
  const problem = readHealth(message({ data: { status: "unavailable", error } }));
  expect(problem).toBeInstanceOf(UnhealthyError);
  expect(problem?.message).toBe(error);
});

test("of several servers that answer at once the first counts; text behind it is not read", () => {
  const error = "no space left on device: \u00fcber 100 %";
  const sick = message({ data: { status: "unavailable", error } });
  const well = message({ data: { status: "ok" } }).slice(info.length);
  expect(readHealth(sick + well + "\r\nPING\r\n")?.message).toBe(error);
});

test("half an answer is none yet", () => {
  expect(readHealth(info)).toBeUndefined();
  expect(readHealth(message({ data: { status: "ok" } }).slice(0, -12))).toBeUndefined();
});

test("a password that is not taken is told", () => {
  expect(readHealth(`${info}-ERR 'Authorization Violation'\r\n`)?.message).toContain(
    "Authorization Violation",
  );
});
