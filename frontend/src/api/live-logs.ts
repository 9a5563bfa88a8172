import type { PodLogsSubscription } from "./generated/graphql.ts";
import type { Chunk } from "./live.ts";

export type LogLine = PodLogsSubscription["podLogs"]["lines"][number];

/** Log lines in order, the newest last; at most `logLineLimit` are kept. */
export interface LogState {
  lines: readonly LogLine[];
  ended: boolean;
  epoch: number;
  /** Lines that came again after a reconnect are dropped until one newer than all before has come. */
  replaying: boolean;
}

export const logLineLimit = 10_000;

/** RFC 3339 times with up to nine digits of fraction, made comparable as text. */
function comparableTime(time: string): string {
  const [whole = "", fraction = ""] = time.replace(/Z$/, "").split(".");
  return `${whole}.${fraction.padEnd(9, "0")}`;
}

/** The log after a message. A reconnect sends the tail again: what is already there is not shown twice. Pure. */
export function applyLogMessage(
  state: LogState | undefined,
  { data, epoch }: Chunk<PodLogsSubscription>,
): LogState {
  const before = state?.lines ?? [];
  const replaying = before.length > 0 && (state?.epoch !== epoch || state.replaying);
  const fresh = replaying ? withoutKnown(before, data.podLogs.lines) : data.podLogs.lines;
  return {
    lines: [...before, ...fresh].slice(-logLineLimit),
    ended: data.podLogs.ended,
    epoch,
    replaying: replaying && fresh.length === 0,
  };
}

function withoutKnown(before: readonly LogLine[], lines: readonly LogLine[]): LogLine[] {
  const last = comparableTime(before.at(-1)?.time ?? "");
  const known = new Map<string, number>();
  for (let i = before.length - 1; i >= 0 && comparableTime(before[i]?.time ?? "") === last; i -= 1) {
    const text = before[i]?.text ?? "";
    known.set(text, (known.get(text) ?? 0) + 1);
  }
  return lines.filter((line) => {
    const time = comparableTime(line.time);
    if (time !== last) return time > last;
    const left = known.get(line.text) ?? 0;
    known.set(line.text, left - 1);
    return left <= 0;
  });
}
