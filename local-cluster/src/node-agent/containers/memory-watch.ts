import { readdirSync, readFileSync } from "node:fs";
import { readStat } from "./process-stat.ts";

const tickMs = 500;
/** The whole process table is read only every so many ticks, to find children. */
const ticksPerScan = 8;
const pageSize = 4096;

/** One container whose memory is bounded. */
interface Watched {
  group: number;
  limitBytes: number;
  members: Set<number>;
  onExceeded: (usedBytes: number) => void;
}

/**
 * Watches the memory of process groups: what belongs to them alone (not the program text that all Node processes share), as a
 * cgroup's limit would count it.
 */
export class MemoryWatch {
  readonly #watched = new Set<Watched>();
  #timer: NodeJS.Timeout | undefined;
  #ticks = 0;

  /** Calls `onExceeded` once when the group uses more than `limitBytes`; returns how to stop watching. */
  watch(group: number, limitBytes: number, onExceeded: (usedBytes: number) => void): () => void {
    const watched: Watched = { group, limitBytes, members: new Set(), onExceeded };
    this.#watched.add(watched);
    this.#ticks = 0;
    this.#timer ??= setInterval(() => this.#tick(), tickMs).unref();
    return () => this.#remove(watched);
  }

  #remove(watched: Watched): void {
    this.#watched.delete(watched);
    if (this.#watched.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    if (this.#ticks++ % ticksPerScan === 0) this.#scan();
    for (const watched of this.#watched) {
      let used = 0;
      for (const pid of watched.members) used += ownMemory(pid);
      if (used <= watched.limitBytes) continue;
      this.#remove(watched);
      watched.onExceeded(used);
    }
  }

  #scan(): void {
    const groups = new Map([...this.#watched].map((watched) => [watched.group, watched]));
    for (const watched of this.#watched) watched.members.clear();
    for (const name of readdirSync("/proc")) {
      if (!/^\d+$/.test(name)) continue;
      const stat = readStat(`/proc/${name}/stat`);
      if (stat) groups.get(stat.group)?.members.add(stat.pid);
    }
  }
}

/** Resident bytes that the process shares with no file; 0 when it is gone. */
function ownMemory(pid: number): number {
  try {
    const [, resident = "0", shared = "0"] = readFileSync(`/proc/${pid}/statm`, "utf8").split(" ");
    return (Number(resident) - Number(shared)) * pageSize;
  } catch {
    return 0;
  }
}
