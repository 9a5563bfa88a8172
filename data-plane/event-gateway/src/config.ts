import { type NatsAccess, natsAccessFrom } from "@kyma/eventing/nats.ts";

export interface GatewayConfig {
  listenAddress: string;
  port: number;
  adminPort: number;
  nats: NatsAccess;
  /** Largest body, bytes. */
  bodyLimit: number;
  /** How long the stream may take to acknowledge an event, and a client to send one, ms. */
  requestTimeoutMs: number;
  logLevel: string;
}

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];
const unitsMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000 };

/** Reads the environment of the process. Throws an Error whose message names the variable that is missing or wrong. */
export function readConfig(env: NodeJS.ProcessEnv): GatewayConfig {
  return {
    listenAddress: env["LISTEN_ADDRESS"] || "0.0.0.0",
    port: integer(env, "PORT", 8080, 65_535),
    adminPort: integer(env, "ADMIN_PORT", 9090, 65_535),
    nats: natsAccessFrom(env),
    bodyLimit: integer(env, "BODY_LIMIT", 65_536, 16 * 2 ** 20),
    requestTimeoutMs: duration(env, "REQUEST_TIMEOUT", "5s"),
    logLevel: oneOf(env, "LOG_LEVEL", "info", logLevels),
  };
}

function integer(env: NodeJS.ProcessEnv, name: string, otherwise: number, most: number): number {
  const text = env[name] || String(otherwise);
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
  throw new Error(`the environment variable ${name} must be a whole number up to ${most}, and is "${text}"`);
}

function duration(env: NodeJS.ProcessEnv, name: string, otherwise: string): number {
  const text = env[name] || otherwise;
  const [, amount, unit = ""] = /^(\d+)(ms|s|m)$/.exec(text) ?? [];
  const milliseconds = Number(amount) * (unitsMs[unit] ?? NaN);
  if (milliseconds >= 1 && milliseconds <= 10 * 60_000) return milliseconds;
  throw new Error(
    `the environment variable ${name} must be a duration up to 10m, such as 5s, and is "${text}"`,
  );
}

function oneOf(env: NodeJS.ProcessEnv, name: string, otherwise: string, values: readonly string[]): string {
  const text = env[name] || otherwise;
  if (values.includes(text)) return text;
  throw new Error(`the environment variable ${name} must be one of ${values.join(", ")}, and is "${text}"`);
}
