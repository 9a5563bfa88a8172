/** A system call that has succeeded. `begins` and `ends` are places in the order of all beginnings and ends. */
export interface SystemCall {
  name: string;
  /** Of the file that it is about; sockets have one like socket:[1]. */
  path: string;
  /** What it wrote. */
  data: Buffer;
  begins: number;
  ends: number;
}

/** What `strace -f -y -xx` wrote about write, writev, pwrite64, fsync and fdatasync, in the order in which the calls began. Pure. */
export function readTrace(text: string): SystemCall[] {
  const calls: SystemCall[] = [];
  const unfinished = new Map<string, SystemCall>();
  for (const [place, line] of text.split("\n").entries()) {
    const [, thread = "", rest = ""] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    const resumed = /^<\.\.\. \w+ resumed>.*= (-?\d+)/.exec(rest);
    if (resumed) {
      const call = unfinished.get(thread);
      unfinished.delete(thread);
      if (call && Number(resumed[1]) >= 0) calls.push({ ...call, ends: place });
      continue;
    }
    const [, name = "", path = "", args = ""] = /^(\w+)\(\d+<([^>]*)>(.*)$/.exec(rest) ?? [];
    if (!name) continue;
    const call = { name, path: decode(path).toString(), data: dataOf(args), begins: place, ends: place };
    if (args.endsWith("<unfinished ...>")) unfinished.set(thread, call);
    else if (/= \d+$/.test(args)) calls.push(call);
  }
  return calls.toSorted((a, b) => a.begins - b.begins);
}

/** All strings of a call's arguments; writev has several. */
function dataOf(args: string): Buffer {
  return Buffer.concat([...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, text = ""]) => decode(text)));
}

function decode(text: string): Buffer {
  return Buffer.from(text.replaceAll("\\x", ""), "hex");
}

/** What nats-server did with the messages of one stream. */
export interface StoredAndAcknowledged {
  /** Sequences whose acknowledgement was written to a client. */
  acknowledged: number[];
  /** Those of them of which the disk did not have the message yet: no sync of its file began after the message was written and ended before the acknowledgement began. */
  tooEarly: number[];
}

/** Pure. */
export function compareWithDisk(calls: readonly SystemCall[], stream: string): StoredAndAcknowledged {
  const blocks = calls.filter(
    ({ path }) => path.includes(`/streams/${stream}/msgs/`) && path.endsWith(".blk"),
  );
  const written = new Map<number, SystemCall>();
  for (const call of blocks)
    if (call.name.includes("write")) for (const seq of sequencesOf(call.data)) written.set(seq, call);
  const syncs = blocks.filter(({ name }) => name === "fsync" || name === "fdatasync");
  const isOnDisk = (seq: number, before: number): boolean => {
    const write = written.get(seq);
    return syncs.some(
      ({ path, begins, ends }) => write?.path === path && begins > write.ends && ends < before,
    );
  };
  const acknowledged: number[] = [];
  const tooEarly: number[] = [];
  for (const { path, data, begins } of calls) {
    if (!path.startsWith("socket:")) continue;
    const acknowledgement = new RegExp(`"stream":"${stream}", ?"seq":(\\d+)`, "g");
    for (const [, text] of data.toString("latin1").matchAll(acknowledgement)) {
      acknowledged.push(Number(text));
      if (!isOnDisk(Number(text), begins)) tooEarly.push(Number(text));
    }
  }
  return { acknowledged, tooEarly };
}

const lengthMask = 0x7fff_ffff;
const recordHeader = 22;

/** The messages in what was appended to a block: each has its length, with a bit for "has headers", and its sequence, little-endian. */
function sequencesOf(data: Buffer): number[] {
  const found: number[] = [];
  for (let at = 0; at + recordHeader <= data.length;) {
    const length = data.readUInt32LE(at) & lengthMask;
    if (length < recordHeader) throw new Error("this is no block of nats-server as it is known");
    found.push(Number(data.readBigUInt64LE(at + 4)));
    at += length;
  }
  return found;
}
