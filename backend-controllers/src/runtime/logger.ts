import { type Logger, pino } from "pino";

export type { Logger };

/** One JSON object per line on stdout; `level` is one of pino's (debug, info, warn, error). */
export function createLogger(level: string): Logger {
  return pino({ level, base: { process: "controllers" }, timestamp: pino.stdTimeFunctions.isoTime });
}
