import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

const env = { NATS_URL: "nats://n:4222", NATS_USER: "u", NATS_PASSWORD: "p" };

test("the environment has few things that must be there", () => {
  expect(readConfig(env)).toEqual({
    listenAddress: "0.0.0.0",
    port: 8080,
    adminPort: 9090,
    nats: { url: "nats://n:4222", user: "u", password: "p" },
    bodyLimit: 65_536,
    requestTimeoutMs: 5000,
    logLevel: "info",
  });
  const own = {
    PORT: "1",
    ADMIN_PORT: "2",
    LISTEN_ADDRESS: "127.0.0.1",
    BODY_LIMIT: "10",
    REQUEST_TIMEOUT: "1m",
    LOG_LEVEL: "warn",
  };
  expect(readConfig({ ...env, ...own })).toMatchObject({
    port: 1,
    adminPort: 2,
    bodyLimit: 10,
    requestTimeoutMs: 60_000,
  });
});

test.each([
  ["NATS_URL", "", "NATS_URL is missing"],
  ["PORT", "http", `PORT must be a whole number up to 65535, and is "http"`],
  ["BODY_LIMIT", "1e9", "BODY_LIMIT must be a whole number"],
  ["REQUEST_TIMEOUT", "5", "REQUEST_TIMEOUT must be a duration up to 10m, such as 5s"],
  ["LOG_LEVEL", "loud", "LOG_LEVEL must be one of trace, debug"],
])("%s as %j is refused with a sentence", (name, value, sentence) => {
  expect(() => readConfig({ ...env, [name]: value })).toThrow(sentence);
});
