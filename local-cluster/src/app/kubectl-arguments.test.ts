import { expect, test } from "vitest";
import { kubectlArguments } from "./kubectl-arguments.ts";

test("our own option is taken from the front only", () => {
  expect(kubectlArguments(["--data-dir", "d", "get", "pods"], "e")).toEqual({
    dataDir: "d",
    rest: ["get", "pods"],
  });
  expect(kubectlArguments(["--data-dir=d", "get"], undefined)).toEqual({ dataDir: "d", rest: ["get"] });
  expect(kubectlArguments(["get", "--data-dir", "d"], "e")).toEqual({
    dataDir: "e",
    rest: ["get", "--data-dir", "d"],
  });
  expect(kubectlArguments(["--data-dir", "d", "--", "get"], undefined)).toEqual({
    dataDir: "d",
    rest: ["get"],
  });
  expect(kubectlArguments(["--", "exec", "p", "--", "ls"], undefined)).toEqual({
    dataDir: undefined,
    rest: ["exec", "p", "--", "ls"],
  });
  expect(() => kubectlArguments(["--data-dir"], undefined)).toThrow("--data-dir needs a directory");
});
