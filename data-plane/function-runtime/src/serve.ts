import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { readConfig, type RuntimeConfig } from "./config.ts";
import { FunctionServer } from "./function-server.ts";
import { HandlerError, loadHandler } from "./handler.ts";
import { endWith, reportEnd, writeStderr } from "./termination.ts";

/** How long requests are still accepted after SIGTERM, so that load balancers can take the pod out. */
const drainMilliseconds = 2000;

/** Serves the Function that the environment describes until SIGTERM. */
export async function serve(env: NodeJS.ProcessEnv): Promise<void> {
  const config = readConfigOrEnd(env);
  const server = new FunctionServer(config);
  process.once("SIGTERM", () => endGracefully(server));
  await Promise.all([server.watchdog.start(config.timeoutSeconds * 1000), listen(server, config)]);
  reportUncaught(server);
  try {
    server.main = await loadHandler(config);
  } catch (error) {
    if (error instanceof HandlerError) endWith(error.message, error.detail);
    throw error;
  }
  server.watchdog.loaded();
  server.isReady = !server.isEnding;
  const { address, port } = server.http.address() as AddressInfo;
  writeStderr(`The Function ${config.functionName} listens on http://${address}:${port}.`);
}

function readConfigOrEnd(env: NodeJS.ProcessEnv): RuntimeConfig {
  try {
    return readConfig(env);
  } catch (error) {
    endWith((error as Error).message);
  }
}

async function listen(server: FunctionServer, config: RuntimeConfig): Promise<void> {
  const { listenAddress, port } = config;
  server.http.listen(port, listenAddress);
  try {
    await once(server.http, "listening");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    endWith(`The Function cannot listen on ${listenAddress}:${port}: ${reason}.`);
  }
}

/** Fails the readiness probe at once, takes requests for two more seconds, then ends with the last of them. */
function endGracefully(server: FunctionServer): void {
  server.isReady = false;
  server.isEnding = true;
  setTimeout(() => {
    server.http.close(() => process.exit(0));
    const sweep = setInterval(() => server.http.closeIdleConnections(), 100);
    sweep.unref();
  }, drainMilliseconds);
}

/** Says why before Node ends the process, as it does by itself, and lets no open call go unanswered. */
function reportUncaught(server: FunctionServer): void {
  process.on("uncaughtExceptionMonitor", (error: unknown, origin) => {
    if (process.listenerCount("uncaughtException") > 0) return;
    const what =
      origin === "unhandledRejection" ? "left a promise's rejection unhandled" : "threw outside of a call";
    const text = error instanceof Error ? `${error.name}: ${error.message.split("\n")[0]}` : String(error);
    reportEnd(`The Function ${what} and restarts: ${text.slice(0, 1000)}.`);
    server.calls.failAll();
  });
  process.on("exit", () => server.calls.failAll());
}
