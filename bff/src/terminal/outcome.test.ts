import { expect, test } from "vitest";
import { outcomeOf } from "./outcome.ts";

const failure = (message: string, exitCode?: string): object => ({
  status: "Failure",
  message,
  ...(exitCode ? { details: { causes: [{ reason: "ExitCode", message: exitCode }] } } : {}),
});

test.for([
  [{ status: "Success" }, "hello", "EXITED"],
  [failure("command terminated with exit code 130", "130"), "hello", "EXITED"],
  [failure('exec: "bash": executable file not found in $PATH: unknown'), "", "NOT_THERE"],
  [failure("command terminated with exit code 127", "127"), "", "NOT_THERE"],
  [failure("command terminated with exit code 127", "127"), "hello", "EXITED"],
  [
    failure("command terminated with exit code 127", "127"),
    'exec: "x": executable file not found in $PATH',
    "NOT_THERE",
  ],
  [failure("container not running"), "", "FAILED"],
] as const)("%j after %j: %s", ([status, output, reason]) =>
  expect(outcomeOf(status, output).reason).toBe(reason),
);
