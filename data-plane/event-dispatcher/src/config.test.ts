import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

const needed = { NATS_URL: "nats://127.0.0.1:4222", NATS_USER: "u", NATS_PASSWORD: "p" };

test("without more than the way to NATS, the defaults count", () => {
  expect(readConfig(needed)).toEqual({
    listenAddress: "0.0.0.0",
    adminPort: 9090,
    nats: { url: "nats://127.0.0.1:4222", user: "u", password: "p" },
    logLevel: "info",
  });
});

test.each([
  [{ ...needed, NATS_PASSWORD: "" }, "NATS_PASSWORD is missing"],
  [{ ...needed, ADMIN_PORT: "http" }, `ADMIN_PORT must be a port, and is "http"`],
  [{ ...needed, ADMIN_PORT: "65536" }, "ADMIN_PORT must be a port"],
  [{ ...needed, LOG_LEVEL: "loud" }, "LOG_LEVEL must be one of"],
])("a wrong environment ends in a sentence that names the variable", (env, sentence) => {
  expect(() => readConfig(env)).toThrow(sentence);
});
