import { expect, test } from "vitest";
import { compareWithDisk, readTrace } from "./nats-trace.ts";

const hex = (data: Buffer | string): string =>
  [...Buffer.from(data)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
const block = hex("/data/streams/sap/msgs/1.blk");
const socket = hex("socket:[7]");

/** A message as it stands in a block. */
function record(seq: number): Buffer {
  const bytes = Buffer.alloc(30);
  bytes.writeUInt32LE((bytes.length | 0x8000_0000) >>> 0);
  bytes.writeBigUInt64LE(BigInt(seq), 4);
  return bytes;
}
const write = (...seqs: number[]): string =>
  `11 pwrite64(9<${block}>, "${hex(Buffer.concat(seqs.map(record)))}", 30, 0) = 30`;
const sync = `11 fsync(9<${block}>) = 0`;
const acknowledge = (seq: number): string =>
  `12 writev(8<${socket}>, [{iov_base="${hex('MSG a 1 9\r\n{"stream":"sap",')}", iov_len=1}, {iov_base="${hex(` "seq":${seq}}`)}", iov_len=1}], 2) = 2`;
const compare = (...lines: string[]): object => compareWithDisk(readTrace(lines.join("\n")), "sap");

test("written, synced, acknowledged: as it must be, also for several at once", () => {
  expect(compare(write(1), sync, acknowledge(1))).toEqual({ acknowledged: [1], tooEarly: [] });
  expect(compare(write(1, 2), sync, acknowledge(1), acknowledge(2))).toEqual({
    acknowledged: [1, 2],
    tooEarly: [],
  });
});

test.each([
  ["never synced", [write(1), acknowledge(1)]],
  ["synced before it was written", [sync, write(1), acknowledge(1)]],
  ["synced after its acknowledgement", [write(1), acknowledge(1), sync]],
  [
    "another file synced",
    [write(1), sync.replace(block, hex("/data/streams/sap/msgs/2.blk")), acknowledge(1)],
  ],
  ["a failed sync", [write(1), `11 fsync(9<${block}>) = -1 EIO (Input/output error)`, acknowledge(1)]],
  [
    "a sync that still runs",
    [write(1), `11 fsync(9<${block}> <unfinished ...>`, acknowledge(1), "11 <... fsync resumed>) = 0"],
  ],
])("%s is too early", (_, lines) => {
  expect(compare(...lines)).toEqual({ acknowledged: [1], tooEarly: [1] });
});

test("a sync that was interrupted by other threads' calls counts from its end", () => {
  const lines = [write(1), `11 fsync(9<${block}> <unfinished ...>`, "12 --- SIGURG {si_signo=SIGURG} ---"];
  expect(compare(...lines, "11 <... fsync resumed>)         = 0", acknowledge(1))).toEqual({
    acknowledged: [1],
    tooEarly: [],
  });
});
