import { readFileSync } from "node:fs";

/** One process, told apart from a later one with the same id by its start time (in clock ticks since boot). */
export interface ProcessStat {
  pid: number;
  state: string;
  group: number;
  startTime: number;
}

/** Reads a line of /proc/<pid>/stat; undefined when it is none. The name in it may hold blanks and parentheses. */
export function parseStat(line: string): ProcessStat | undefined {
  const close = line.lastIndexOf(")");
  const fields = line.slice(close + 2).split(" ");
  const [pid, group, startTime] = [Number.parseInt(line, 10), Number(fields[2]), Number(fields[19])];
  if (close < 0 || !pid || !Number.isInteger(group) || !Number.isInteger(startTime)) return undefined;
  return { pid, state: fields[0] ?? "", group, startTime };
}

/** The stat line in `file`; undefined when it is missing or cut off. */
export function readStat(file: string): ProcessStat | undefined {
  try {
    return parseStat(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** True while exactly that process runs; a zombie does not. */
export function isAlive(process: ProcessStat): boolean {
  const now = readStat(`/proc/${process.pid}/stat`);
  return now?.startTime === process.startTime && now.state !== "Z" && now.state !== "X";
}
