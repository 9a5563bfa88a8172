import { expect, test } from "vitest";
import { outcomeOf } from "./outcome.ts";

const failure = (message: string, exitCode?: string): object => ({
  status: "Failure",
  message,
  ...(exitCode ? { details: { causes: [{ reason: "ExitCode", message: exitCode }] } } : {}),
});

test.for([
  [{ status: "Success" }, true, "EXITED"],
  [failure("command terminated with exit code 130", "130"), true, "EXITED"],
  [failure('exec: "bash": executable file not found in $PATH: unknown'), false, "NOT_THERE"],
  [failure("command terminated with exit code 127", "127"), false, "NOT_THERE"],
  [failure("command terminated with exit code 127", "127"), true, "EXITED"],
  [failure("container not running"), false, "FAILED"],
] as const)("%j, output %s: %s", ([status, hadOutput, reason]) =>
  expect(outcomeOf(status, hadOutput).reason).toBe(reason),
);
