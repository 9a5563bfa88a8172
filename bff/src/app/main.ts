import { pino } from "pino";
import { ConfigError, readConfig, type Config } from "./config.ts";
import { startConsole } from "./console.ts";

/** Starts the BFF of the command line and runs until SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const config = readOrExit();
  const log = pino({ name: "bff", level: config.logLevel });
  const running = await startConsole({ config, log }).catch((error: NodeJS.ErrnoException) => {
    console.error(whyNot(error, config));
    process.exit(1);
  });
  const { url, metricsUrl } = running;
  log.info({ url, signInFile: config.signInFile, metricsUrl }, "the console is served");
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    log.info("stopping");
    setTimeout(() => process.exit(1), 5000).unref();
    void running.close().then(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

function whyNot(error: NodeJS.ErrnoException & { port?: number }, config: Config): string {
  if (error.code !== "EADDRINUSE") return error.message;
  const option = error.port === config.metricsPort ? "--metrics-port" : "--port";
  return `port ${error.port} is in use; choose another with ${option}`;
}

function readOrExit(): Config {
  try {
    return readConfig(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

await main();
