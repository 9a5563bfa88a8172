import { pino } from "pino";
import { startAgent } from "./agent.ts";
import type { ImageTable } from "./images/image.ts";
import { parseSettings } from "./settings.ts";

/** The process: starts the agent with these images and ends it in order on SIGTERM or SIGINT. */
export async function runAgent(args: string[], imagesIn: (dataDir: string) => ImageTable): Promise<void> {
  const log = pino({ name: "node-agent" });
  try {
    const settings = parseSettings(args);
    const agent = await startAgent(settings, imagesIn(settings.dataDir), log);
    let isEnding = false;
    const end = async (signal: string): Promise<void> => {
      if (isEnding) return;
      isEnding = true;
      log.info({ signal }, "ending every pod");
      await agent.stop();
      process.exit(0);
    };
    process.on("SIGTERM", (signal) => void end(signal));
    process.on("SIGINT", (signal) => void end(signal));
  } catch (error) {
    log.fatal(`the node agent cannot start: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
