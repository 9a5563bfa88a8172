import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

const needed = { NATS_URL: "nats://127.0.0.1:4222", NATS_USER: "u", NATS_PASSWORD: "p" };

test("without more than the way to NATS, the defaults count", () => {
  expect(readConfig(needed)).toEqual({
    listenAddress: "0.0.0.0",
    adminPort: 9090,
    apiPort: 8443,
    apiTls: undefined,
    nats: { url: "nats://127.0.0.1:4222", user: "u", password: "p" },
    logLevel: "info",
  });
});

test("with a certificate the API is served", () => {
  const env = { ...needed, API_PORT: "8444", TLS_CERT_FILE: "/tls/tls.crt", TLS_KEY_FILE: "/tls/tls.key" };
  const apiTls = { certFile: "/tls/tls.crt", keyFile: "/tls/tls.key" };
  expect(readConfig(env)).toMatchObject({ apiPort: 8444, apiTls });
});

test.each([
  [{ ...needed, TLS_CERT_FILE: "/tls/tls.crt" }, "TLS_KEY_FILE is missing"],
  [{ ...needed, NATS_PASSWORD: "" }, "NATS_PASSWORD is missing"],
  [{ ...needed, ADMIN_PORT: "http" }, `ADMIN_PORT must be a port, and is "http"`],
  [{ ...needed, ADMIN_PORT: "65536" }, "ADMIN_PORT must be a port"],
  [{ ...needed, LOG_LEVEL: "loud" }, "LOG_LEVEL must be one of"],
])("a wrong environment ends in a sentence that names the variable", (env, sentence) => {
  expect(() => readConfig(env)).toThrow(sentence);
});
