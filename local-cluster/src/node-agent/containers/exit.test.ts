import { expect, test } from "vitest";
import { describeExit, type ExitFacts } from "./exit.ts";

const facts: ExitFacts = {
  exitCode: 1,
  startedAt: 1,
  finishedAt: 2,
  containerId: "local://x",
  outOfMemory: false,
  messageFile: "",
  logTail: "one\ntwo\n",
  policy: "File",
};

test("0 is Completed, anything else Error", () => {
  expect(describeExit({ ...facts, exitCode: 0 })).toMatchObject({ reason: "Completed", exitCode: 0 });
  expect(describeExit(facts)).toMatchObject({ reason: "Error", exitCode: 1 });
});

test("the signal of a killed process is named", () => {
  expect(describeExit({ ...facts, exitCode: 143 })).toMatchObject({
    reason: "Error",
    exitCode: 143,
    signal: 15,
  });
});

test("beyond the memory limit is OOMKilled with 137", () => {
  expect(describeExit({ ...facts, exitCode: 137, outOfMemory: true })).toMatchObject({
    reason: "OOMKilled",
    exitCode: 137,
  });
});

test.each([134, 139, 133])("V8's abort at the heap limit (exit code %i) is OOMKilled too", (exitCode) => {
  const logTail = "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n";
  expect(describeExit({ ...facts, exitCode, logTail })).toMatchObject({ reason: "OOMKilled", exitCode: 137 });
});

test("a program that merely logs such a line and exits by itself ran out of nothing", () => {
  const logTail = "FATAL ERROR: JavaScript heap out of memory\n";
  expect(describeExit({ ...facts, exitCode: 1, logTail })).toMatchObject({ reason: "Error", exitCode: 1 });
});

test("the termination message is the file, and the log's end only when asked for, failed and the file is empty", () => {
  expect(describeExit(facts).message).toBeUndefined();
  expect(describeExit({ ...facts, policy: "FallbackToLogsOnError" }).message).toBe("one\ntwo");
  expect(describeExit({ ...facts, policy: "FallbackToLogsOnError", exitCode: 0 }).message).toBeUndefined();
  expect(
    describeExit({ ...facts, policy: "FallbackToLogsOnError", messageFile: "no such package" }).message,
  ).toBe("no such package");
});

test("messages are bounded as a kubelet bounds them", () => {
  expect(describeExit({ ...facts, messageFile: "m".repeat(9000) }).message).toHaveLength(4096);
  const tail = { ...facts, policy: "FallbackToLogsOnError" as const, logTail: "l".repeat(9000) };
  expect(describeExit(tail).message).toHaveLength(2048);
});
