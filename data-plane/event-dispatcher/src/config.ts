import { natsAccessFrom, type NatsAccess } from "@kyma/eventing/nats.ts";

export interface DispatcherConfig {
  listenAddress: string;
  adminPort: number;
  apiPort: number;
  /** PEM files of the API's serving certificate; undefined: the API is not served. */
  apiTls: { certFile: string; keyFile: string } | undefined;
  nats: NatsAccess;
  logLevel: string;
}

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

/** Reads the environment of the process. Throws an Error whose message names the variable that is missing or wrong. */
export function readConfig(env: NodeJS.ProcessEnv): DispatcherConfig {
  return {
    listenAddress: env["LISTEN_ADDRESS"] || "0.0.0.0",
    adminPort: readPort(env, "ADMIN_PORT", "9090"),
    apiPort: readPort(env, "API_PORT", "8443"),
    apiTls: readApiTls(env),
    nats: natsAccessFrom(env),
    logLevel: readLogLevel(env["LOG_LEVEL"] || "info"),
  };
}

function readApiTls(env: NodeJS.ProcessEnv): DispatcherConfig["apiTls"] {
  const { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile } = env;
  if (certFile && keyFile) return { certFile, keyFile };
  if (!certFile && !keyFile) return undefined;
  throw new Error(`the environment variable ${certFile ? "TLS_KEY_FILE" : "TLS_CERT_FILE"} is missing`);
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
