import { readFile, readdir } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { parseStat } from "../containers/process-stat.ts";

/** One process and the CPU time that it and the children it has waited for have used, in clock ticks. */
export interface ProcessUsage {
  pid: number;
  parent: number;
  group: number;
  session: number;
  cpuTicks: number;
}

/** Linux counts CPU time for user space in these on every platform that we run on. */
export const ticksPerSecond = 100;
const pageSize = 4096;

/** Reads what every process of this machine has used so far. */
export async function readProcesses(): Promise<ProcessUsage[]> {
  const names = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  return names.flatMap((name) => {
    try {
      // In one go: a /proc file is made while it is read, and never waits for a disk.
      return parseUsage(readFileSync(`/proc/${name}/stat`, "utf8")) ?? [];
    } catch {
      return [];
    }
  });
}

/** Reads a line of /proc/<pid>/stat; undefined when it is none. */
export function parseUsage(line: string): ProcessUsage | undefined {
  const stat = parseStat(line);
  if (!stat) return undefined;
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const cpuTicks = [11, 12, 13, 14].reduce((sum, index) => sum + (Number(fields[index]) || 0), 0);
  const { pid, parent, group, session } = stat;
  return { pid, parent, group, session, cpuTicks };
}

/** Memory of a process with its share of what it has in common with others (PSS), in bytes; 0 when it is gone. */
export async function readMemory(pid: number): Promise<number> {
  try {
    const pss = parsePss(await readFile(`/proc/${pid}/smaps_rollup`, "utf8"));
    if (pss !== undefined) return pss;
  } catch {
    // Not every system lets us read it; the resident size is always there.
  }
  const text = await readFile(`/proc/${pid}/statm`, "utf8").catch(() => "");
  return Number(text.split(" ")[1] ?? 0) * pageSize;
}

/** The Pss of a smaps_rollup file in bytes. */
export function parsePss(text: string): number | undefined {
  const match = /^Pss:\s+(\d+) kB$/m.exec(text);
  return match ? Number(match[1]) * 1024 : undefined;
}

/** Assigns processes to the owner among whose roots they, their session, group or nearest ancestor is. */
export function groupByOwner<Owner>(
  processes: readonly ProcessUsage[],
  roots: ReadonlyMap<number, Owner>,
): Map<Owner, ProcessUsage[]> {
  const byPid = new Map(processes.map((process) => [process.pid, process]));
  const known = new Map<number, Owner | undefined>();
  const ownerOf = (process: ProcessUsage): Owner | undefined => {
    if (known.has(process.pid)) return known.get(process.pid);
    // Against a circle, which a number that was given out anew could make.
    known.set(process.pid, undefined);
    const own = [process.pid, process.session, process.group].flatMap((id) => roots.get(id) ?? [])[0];
    const parent = byPid.get(process.parent);
    const owner = own ?? (parent ? ownerOf(parent) : undefined);
    known.set(process.pid, owner);
    return owner;
  };
  const groups = new Map<Owner, ProcessUsage[]>();
  for (const process of processes) {
    const owner = ownerOf(process);
    if (owner !== undefined) groups.set(owner, [...(groups.get(owner) ?? []), process]);
  }
  return groups;
}

/** What the machine as a whole has used: seconds of CPU since it started, and bytes now. */
export async function readMachine(): Promise<{ cpuSeconds: number; memoryBytes: number }> {
  const [stat, memory] = await Promise.all([
    readFile("/proc/stat", "utf8"),
    readFile("/proc/meminfo", "utf8"),
  ]);
  return parseMachine(stat, memory);
}

export function parseMachine(stat: string, memory: string): { cpuSeconds: number; memoryBytes: number } {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = (stat.split("\n")[0] ?? "")
    .split(/\s+/)
    .slice(1)
    .map(Number);
  const kilobytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(memory)?.[1] ?? 0);
  return {
    cpuSeconds: (user + nice + system + irq + softirq + steal) / ticksPerSecond,
    memoryBytes: (kilobytes("MemTotal") - kilobytes("MemAvailable")) * 1024,
  };
}
