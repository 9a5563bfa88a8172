import { readFileSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

/** Names one process beyond doubt: a pid is used again sooner or later, but not with the same start time. */
export interface ProcessRecord {
  name: string;
  pid: number;
  /** Clock ticks after boot, from /proc/<pid>/stat. */
  startTime: string;
}

const graceMs = 10_000;

/** Describes a running process; undefined when there is none with this pid (a zombie counts as none). */
export function recordOf(name: string, pid: number): ProcessRecord | undefined {
  try {
    // The second field is the name in brackets and may hold blanks and brackets itself.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const startTime = fields[19];
    if (fields[0] === "Z" || !startTime) return undefined;
    return { name, pid, startTime };
  } catch {
    return undefined;
  }
}

/** Whether exactly this process still runs. */
export function isRunning(record: ProcessRecord): boolean {
  return recordOf(record.name, record.pid)?.startTime === record.startTime;
}

/** Writes down the processes that must be ended should we be killed. */
export async function writeRecords(file: string, records: readonly ProcessRecord[]): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(records));
  await rename(`${file}.new`, file);
}

/** Ends what an earlier run left behind when it was killed, and nothing else. Returns the names of what was ended. */
export async function endLeftovers(file: string): Promise<string[]> {
  const records = await readRecords(file);
  const left = records.filter(isRunning);
  for (const record of left) signal(record, "SIGTERM");
  const end = Date.now() + graceMs;
  while (left.some(isRunning) && Date.now() < end) await delay(50);
  for (const record of left.filter(isRunning)) signal(record, "SIGKILL");
  while (left.some(isRunning)) await delay(20);
  return left.map((record) => record.name);
}

function signal(record: ProcessRecord, name: NodeJS.Signals): void {
  try {
    process.kill(record.pid, name);
  } catch {
    // It has just ended by itself.
  }
}

async function readRecords(file: string): Promise<ProcessRecord[]> {
  try {
    const records = JSON.parse(await readFile(file, "utf8")) as ProcessRecord[];
    return records.filter(
      ({ pid, startTime }) => Number.isInteger(pid) && pid > 1 && typeof startTime === "string",
    );
  } catch {
    return [];
  }
}
