import { expect, test } from "vitest";
import { commonFields, messageOf } from "./json-line.ts";
import { levelOf } from "./line-facts.ts";

test.for([
  ['{"level":"warn","msg":"x"}', "warning"],
  ['{"level":50,"msg":"x"}', "error"],
  ['{"severity":"INFO"}', "info"],
  ["E0102 15:04:05.000000 1 main.go:1] broken", "error"],
  ['time=x level=debug msg="y"', "debug"],
  ["2026-01-01 10:00:00 [WARNING] low", "warning"],
  ["error: no", "error"],
  ["TypeError: x is not a function", "error"],
  ["no errors were found", undefined],
  ["information about error handling", undefined],
  ['{"level":{"a":1}}', undefined],
  ["{broken", undefined],
] as const)("%s is %s", ([line, level]) => expect(levelOf(line)).toBe(level));

test("JSON lines give columns and a message", () => {
  const lines = ['{"level":"info","msg":"a","user":"x","ms":3}', '{"msg":"b","user":"y"}', "plain"];
  expect(commonFields(lines, 5)).toEqual(["user", "ms"]);
  expect(messageOf({ message: "hello", level: "info" })).toBe("hello");
});
