import { parseJson } from "./json-line.ts";

/** How bad a line is, the worst last. */
export type Level = "trace" | "debug" | "info" | "warning" | "error";

const words: Record<string, Level> = {
  trace: "trace",
  verbose: "trace",
  debug: "debug",
  info: "info",
  information: "info",
  notice: "info",
  log: "info",
  warn: "warning",
  warning: "warning",
  error: "error",
  err: "error",
  fatal: "error",
  critical: "error",
  crit: "error",
  panic: "error",
  alert: "error",
  emergency: "error",
  severe: "error",
  dpanic: "error",
};
const klog: Record<string, Level> = { I: "info", W: "warning", E: "error", F: "error" };

/** The level that a line names, in the ways that programs do: JSON, klog, logfmt, or a word at its beginning. Pure. */
export function levelOf(text: string): Level | undefined {
  if (text.startsWith("{")) {
    const level = jsonLevel(parseJson(text));
    if (level) return level;
  }
  const klogLevel = /^([IWEF])\d{4} \d\d:\d\d:\d\d/.exec(text)?.[1];
  if (klogLevel) return klog[klogLevel];
  const head = text.slice(0, 160);
  const named = /\b(?:level|severity|lvl)=["']?([A-Za-z]+)/.exec(head)?.[1];
  if (named && words[named.toLowerCase()]) return words[named.toLowerCase()];
  const word =
    /(?:^|[\s[(<|])(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|FATAL|CRITICAL|PANIC|SEVERE)(?=[\s\]):>|,]|$)/.exec(
      head,
    )?.[1] ??
    /^\W{0,3}(trace|debug|info|notice|warn|warning|error|fatal|critical|panic)\b\]?:?\s/i.exec(head)?.[1] ??
    /^(?:Uncaught\s+)?[A-Za-z.]*(Error|Exception)\b:/.exec(head)?.[1]?.replace("Exception", "error");
  return word ? words[word.toLowerCase()] : undefined;
}

function jsonLevel(fields: Record<string, unknown> | undefined): Level | undefined {
  const value =
    fields?.["level"] ??
    fields?.["severity"] ??
    fields?.["lvl"] ??
    fields?.["log.level"] ??
    fields?.["levelname"];
  if (typeof value === "string") return words[value.toLowerCase()];
  // pino and bunyan
  if (typeof value === "number" && value >= 10) {
    return value >= 50
      ? "error"
      : value >= 40
        ? "warning"
        : value >= 30
          ? "info"
          : value >= 20
            ? "debug"
            : "trace";
  }
  return undefined;
}
