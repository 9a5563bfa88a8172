import { useState } from "react";
import type { LogOptions } from "#api/logs.ts";
import { recall, remember } from "#ui/storage.ts";

export type TimeStyle = "none" | "local" | "utc" | "relative";

/** How lines are shown; remembered for the next log. */
export interface LogLook {
  time: TimeStyle;
  wrap: boolean;
  columns: boolean;
}

const initialLook: LogLook = { time: "local", wrap: false, columns: false };
const key = "log-look";

function recallLook(): LogLook {
  try {
    return { ...initialLook, ...(JSON.parse(recall(key) ?? "{}") as Partial<LogLook>) };
  } catch {
    return initialLook;
  }
}

/** The look of all logs, and how to change it. */
export function useLogLook(): [LogLook, (change: Partial<LogLook>) => void] {
  const [look, setLook] = useState(recallLook);
  return [
    look,
    (change) => {
      const next = { ...look, ...change };
      remember(key, JSON.stringify(next));
      setLook(next);
    },
  ];
}

/** How far back a log is read. */
export const ranges: { key: string; label: string; options: LogOptions }[] = [
  { key: "100", label: "Last 100 lines", options: { tailLines: 100 } },
  { key: "1000", label: "Last 1,000 lines", options: { tailLines: 1000 } },
  { key: "10000", label: "Last 10,000 lines", options: { tailLines: 10_000 } },
  { key: "5m", label: "Last 5 minutes", options: { sinceSeconds: 300 } },
  { key: "1h", label: "Last hour", options: { sinceSeconds: 3600 } },
  { key: "24h", label: "Last 24 hours", options: { sinceSeconds: 86_400 } },
  { key: "all", label: "Everything", options: {} },
];
export const usualRange = "1000";

/** A line's time as the person wants to read it. Pure but for `now` (ms) and the browser's time zone. */
export function timeText(time: string, style: TimeStyle, now: number): string {
  if (style === "none" || time === "") return "";
  if (style === "utc") return time.slice(0, 23).replace("T", " ");
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) return time;
  if (style === "relative") return relative(Math.max(0, now - ms) / 1000);
  const at = new Date(ms);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, "0")}`;
}

function relative(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)}s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m${Math.floor(seconds % 60)}s ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h${Math.floor((seconds % 3600) / 60)}m ago`;
  return `${Math.floor(seconds / 86_400)}d ago`;
}
