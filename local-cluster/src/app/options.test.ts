import { expect, test } from "vitest";
import { parseOptions } from "./options.ts";

const parse = (...args: string[]) => parseOptions(args, "/home/person", "/checkout");

test("without options the cluster is local, in the checkout's .local", () => {
  expect(parse()).toEqual({
    help: false,
    dataDir: "/checkout/.local",
    consolePort: 4000,
    gatewayPort: 8080,
    reset: false,
    keepPages: false,
    install: false,
  });
});

test("given paths are relative to where the person is", () => {
  expect(parse("--data-dir", "d").dataDir).toBe("/home/person/d");
  expect(parse("--kubeconfig", "k.yaml", "--context", "c")).toMatchObject({
    kubeconfig: "/home/person/k.yaml",
    context: "c",
  });
});

test.each([
  [["--context", "c"], "--context needs --kubeconfig"],
  [["--install"], "--install needs --kubeconfig"],
  [["--reset", "--kubeconfig", "k"], "--reset is for the local cluster"],
  [["--console-port", "0"], '--console-port must be a number from 1 to 65535, not "0"'],
  [["--gateway-port", "80a"], "--gateway-port must be"],
  [["--gateway-port", "4000"], "cannot both be 4000"],
  [["--nonsense"], "--nonsense"],
  [["stray"], "stray"],
])("%j is refused by name", (args, message) => {
  expect(() => parse(...args)).toThrow(message);
});
