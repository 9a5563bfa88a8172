import { pino } from "pino";
import { ConfigError, readConfig, type Config } from "./config.ts";
import { startConsole } from "./console.ts";

/** Starts the BFF of the command line and runs until SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const config = readOrExit();
  const log = pino({ name: "bff", level: config.logLevel });
  const running = await startConsole({ config, log }).catch((error: NodeJS.ErrnoException) => {
    const taken = error.code === "EADDRINUSE";
    console.error(taken ? `port ${config.port} is in use; choose another with --port` : error.message);
    process.exit(1);
  });
  log.info({ url: running.url, signInFile: config.signInFile }, "the console is served");
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
