import path from "node:path";

/** Settings of one Function's server, read once from its environment. */
export interface RuntimeConfig {
  functionName: string;
  runtime: string;
  namespace: string;
  /** Seconds a call may take before it is answered 408. */
  timeoutSeconds: number;
  /** Largest request body, in MB (2^20 bytes). */
  bodyLimitMegabytes: number;
  publisherAddress: string;
  listenAddress: string;
  port: number;
  /** Directory that holds the handler, its package.json and node_modules. */
  functionDir: string;
  /** Absolute path of the handler's module, inside `functionDir`. */
  handlerPath: string;
  /** The handler's source, if it comes with the environment rather than in the image. */
  source: string | undefined;
  /** The Function's package.json as text, if it has one. */
  dependencies: string | undefined;
  logRequests: boolean;
}

const defaultPublisher = "http://eventing-publisher-proxy.kyma-system.svc.cluster.local/publish";

/**
 * Reads and checks the settings.
 * @throws Error whose message is one sentence that names the variable and what it must be.
 */
export function readConfig(env: NodeJS.ProcessEnv): RuntimeConfig {
  const functionDir = functionDirectory(env);
  return {
    functionName: env["FUNC_NAME"] ?? "",
    runtime: env["FUNC_RUNTIME"] ?? "",
    namespace: env["SERVICE_NAMESPACE"] ?? "",
    timeoutSeconds: readNumber(env, "FUNC_TIMEOUT", 180, 0.01, 86_400),
    bodyLimitMegabytes: readNumber(env, "REQ_MB_LIMIT", 1, 0.001, 1024),
    publisherAddress: env["PUBLISHER_PROXY_ADDRESS"] ?? defaultPublisher,
    listenAddress: env["LISTEN_ADDRESS"] || "0.0.0.0",
    port: readNumber(env, "FUNC_PORT", 8080, 0, 65_535),
    functionDir,
    handlerPath: handlerPath(functionDir, env["HANDLER_PATH"] || "./function/handler.js"),
    source: env["FUNC_HANDLER_SOURCE"],
    dependencies: blankToUndefined(env["FUNC_HANDLER_DEPENDENCIES"]),
    logRequests: isSwitchedOn(env["KYMA_INTERNAL_LOGGER_ENABLED"]),
  };
}

/** The directory of the handler: `/usr/src/app/function`, unless the node puts it elsewhere. */
export function functionDirectory(env: NodeJS.ProcessEnv): string {
  return path.resolve(env["FUNCTION_DIR"] || "/usr/src/app/function");
}

/** Undefined for a text that is absent or blank. */
export function blankToUndefined(text: string | undefined): string | undefined {
  return text?.trim() ? text : undefined;
}

function readNumber(
  env: NodeJS.ProcessEnv,
  name: string,
  fallback: number,
  min: number,
  max: number,
): number {
  const text = env[name]?.trim();
  if (!text) return fallback;
  const value = Number(text);
  if (!Number.isFinite(value) || value < min || value > max) {
    throw new Error(
      `The environment variable ${name} is "${text}": it must be a number from ${min} to ${max}.`,
    );
  }
  return value;
}

/** `./function/handler.js` names a file of the function directory, wherever that one is. */
function handlerPath(functionDir: string, configured: string): string {
  const inside = configured.replace(/^(?:\.\/)?function\//, "");
  const resolved = path.resolve(functionDir, inside);
  if (!resolved.startsWith(functionDir + path.sep) || path.isAbsolute(inside)) {
    throw new Error(
      `The environment variable HANDLER_PATH is "${configured}": it must name a file below ./function/.`,
    );
  }
  return resolved;
}

function isSwitchedOn(text: string | undefined): boolean {
  return text !== undefined && !["", "0", "false", "no", "off"].includes(text.trim().toLowerCase());
}
