import { natsAccessFrom, type NatsAccess } from "@kyma/eventing/nats.ts";

export interface DispatcherConfig {
  listenAddress: string;
  adminPort: number;
  nats: NatsAccess;
  logLevel: string;
}

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

/** Reads the environment of the process. Throws an Error whose message names the variable that is missing or wrong. */
export function readConfig(env: NodeJS.ProcessEnv): DispatcherConfig {
  return {
    listenAddress: env["LISTEN_ADDRESS"] || "0.0.0.0",
    adminPort: readPort(env, "ADMIN_PORT", "9090"),
    nats: natsAccessFrom(env),
    logLevel: readLogLevel(env["LOG_LEVEL"] || "info"),
  };
}

function readPort(env: NodeJS.ProcessEnv, name: string, otherwise: string): number {
  const text = env[name] || otherwise;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Error(`the environment variable ${name} must be a port, and is "${text}"`);
}

function readLogLevel(text: string): string {
  if (logLevels.includes(text)) return text;
  throw new Error(
    `the environment variable LOG_LEVEL must be one of ${logLevels.join(", ")}, and is "${text}"`,
  );
}
