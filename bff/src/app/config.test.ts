import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

const needed = ["--kubeconfig", "k", "--sign-in-file", "s"];

test("the command line becomes typed configuration with defaults", () => {
  expect(readConfig(needed)).toEqual({
    kubeconfig: "k",
    signInFile: "s",
    port: 4000,
    host: "127.0.0.1",
    allowedHost: [],
    staticDir: "frontend/dist",
    logLevel: "info",
  });
  const more = [
    "--allowed-host",
    "A.example",
    "--allowed-host",
    "b:1",
    "--gateway-address",
    "127.0.0.1:8080",
  ];
  expect(readConfig([...needed, ...more])).toMatchObject({
    allowedHost: ["a.example", "b:1"],
    gatewayAddress: "127.0.0.1:8080",
  });
});

test.for([
  [[], /^--kubeconfig is needed/],
  [["--kubeconfig", "k"], /^--sign-in-file is needed/],
  [[...needed, "--port", "x"], /^--port /],
  [[...needed, "--gateway-address", "nowhere"], /^--gateway-address must be host:port/],
  [[...needed, "--gateway-url-template", "javascript:x"], /^--gateway-url-template must begin/],
  [[...needed, "--metrics-port", "65536"], /^--metrics-port /],
  [[...needed, "--nothing"], /--nothing/],
] as const)("a fault is one sentence that names the option: %s", ([args, message]) => {
  expect(() => readConfig([...args])).toThrow(message);
});
