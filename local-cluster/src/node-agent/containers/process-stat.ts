import { readdirSync, readFileSync } from "node:fs";

/** One process, told apart from a later one with the same id by its start time (in clock ticks since boot). */
export interface ProcessStat {
  pid: number;
  state: string;
  parent: number;
  group: number;
  session: number;
  startTime: number;
}

/** Reads a line of /proc/<pid>/stat; undefined when it is none. The name in it may hold blanks and parentheses. */
export function parseStat(line: string): ProcessStat | undefined {
  const close = line.lastIndexOf(")");
  const fields = line.slice(close + 2).split(" ");
  const numbers = [Number.parseInt(line, 10), ...[1, 2, 3, 19].map((index) => Number(fields[index]))];
  const [pid = 0, parent = 0, group = 0, session = 0, startTime = 0] = numbers;
  if (close < 0 || !pid || !numbers.every(Number.isInteger)) return undefined;
  return { pid, state: fields[0] ?? "", parent, group, session, startTime };
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

/** Every process of this machine. */
export function allProcesses(): ProcessStat[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(`/proc/${name}/stat`) ?? []);
}

/** Those of `processes` that descend from one of `roots`, or share a session or group with one that does; roots included. */
export function familyOf(processes: readonly ProcessStat[], roots: ReadonlySet<number>): ProcessStat[] {
  const known = new Set(roots);
  const isOne = ({ pid, parent, group, session }: ProcessStat): boolean =>
    [pid, parent, group, session].some((id) => known.has(id));
  for (let before = -1; before < known.size;) {
    before = known.size;
    for (const process of processes) if (isOne(process)) known.add(process.pid);
  }
  return processes.filter(({ pid }) => known.has(pid));
}

/** All that descends from one process, also once those between have ended: who was seen once is remembered. */
export class Family {
  readonly #seen = new Map<number, ProcessStat>();
  readonly #leader: number;

  constructor(leader: number) {
    this.#leader = leader;
  }

  /** The members that run now, zombies included. */
  living(): ProcessStat[] {
    const processes = allProcesses();
    const isAnother = ({ pid, startTime }: ProcessStat): boolean =>
      (this.#seen.get(pid)?.startTime ?? startTime) !== startTime;
    // An id that was given to another process says nothing about the family any more.
    for (const process of processes) if (isAnother(process)) this.#seen.delete(process.pid);
    const roots = this.#seen.size > 0 ? this.#seen.keys() : [this.#leader];
    const members = familyOf(processes, new Set(roots));
    for (const member of members) this.#seen.set(member.pid, member);
    return members;
  }
}
