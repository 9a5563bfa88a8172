/** Up to byte `end` the log had been written at `time` (milliseconds since 1970). */
export interface IndexRecord {
  end: number;
  time: number;
}

/** Which time each byte of a log was written, read back from its index file. */
export interface LogIndex {
  /** Everything before this byte has been thrown away. Always the start of a line. */
  start: number;
  records: IndexRecord[];
}

/** Reads an index file; a line cut off by a crash is left out. */
export function parseIndex(text: string): LogIndex {
  const index: LogIndex = { start: 0, records: [] };
  for (const line of text.split("\n").slice(0, -1)) {
    const [first = "", second = ""] = line.split(" ");
    if (first === "start") index.start = Number(second);
    else index.records.push({ end: Number(first), time: Number(second) });
  }
  return index;
}

export function formatIndex(index: LogIndex): string {
  return `start ${index.start}\n${index.records.map(formatRecord).join("")}`;
}

export function formatRecord(record: IndexRecord): string {
  return `${record.end} ${record.time}\n`;
}

/** When the byte at `offset` was written; for bytes newer than the index, the time of its last record. */
export function timeAt(index: LogIndex, offset: number): number {
  return (
    index.records[firstAfter(index.records, (record) => record.end > offset)]?.time ??
    index.records.at(-1)?.time ??
    0
  );
}

/** The first byte written at or after `time`; it may lie inside a line. */
export function offsetAt(index: LogIndex, time: number): number {
  const found = firstAfter(index.records, (record) => record.time >= time);
  return Math.max(index.start, found === 0 ? index.start : (index.records[found - 1]?.end ?? index.start));
}

/** Drops what lies before `start`. */
export function trimIndex(index: LogIndex, start: number): LogIndex {
  return { start, records: index.records.filter((record) => record.end > start) };
}

function firstAfter(records: IndexRecord[], holds: (record: IndexRecord) => boolean): number {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const record = records[middle];
    if (record && holds(record)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** RFC 3339 with nanoseconds, as a container runtime writes it. */
export function nanoTime(time: number): string {
  return new Date(time).toISOString().replace("Z", "000000Z");
}
