import { createDeflate, constants, inflateSync } from "node:zlib";
import { duplexPair } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { SpdyConnection, type SpdyStream } from "./connection.ts";
import { headerDictionary } from "./dictionary.ts";
import { dataHead, type Frame, frameBytes, FrameReader } from "./frames.ts";
import { HeaderDecoder, HeaderEncoder, headerText } from "./header-block.ts";

/** What a client of another make sends: one zlib stream over all blocks. */
function compressor(): (headers: Record<string, string>) => Promise<Buffer> {
  const deflate = createDeflate({ dictionary: headerDictionary, level: 9 });
  return (headers) =>
    new Promise((resolve) => {
      const parts: Buffer[] = [];
      const collect = (part: Buffer): void => void parts.push(part);
      deflate.on("data", collect);
      deflate.write(headerText(new Map(Object.entries(headers).map(([name, value]) => [name, [value]]))));
      deflate.flush(constants.Z_SYNC_FLUSH, () => {
        deflate.off("data", collect);
        resolve(Buffer.concat(parts));
      });
    });
}

const readAll = (bytes: Buffer): Frame[] => [...new FrameReader().read(bytes)];

test("header blocks that lean on earlier ones are read", async () => {
  const [compress, decoder] = [compressor(), new HeaderDecoder()];
  for (const streamtype of ["error", "stdin", "stdout", "stdout"]) {
    const block = await compress({ streamtype, "x-long": "abc".repeat(200) });
    expect(decoder.decode(block).get("streamtype")).toEqual([streamtype]);
  }
});

test("what is written is one zlib stream too", () => {
  const encoder = new HeaderEncoder();
  const blocks = ["a", "b"].map((value) => encoder.encode(new Map([["name", [value]]])));
  const plain = inflateSync(Buffer.concat(blocks), { finishFlush: constants.Z_SYNC_FLUSH });
  expect(plain.toString("latin1")).toBe(
    ["a", "b"].map((value) => headerText(new Map([["name", [value]]])).toString("latin1")).join(""),
  );
  const decoder = new HeaderDecoder();
  expect(blocks.map((block) => decoder.decode(block).get("name"))).toEqual([["a"], ["b"]]);
});

test.each([
  ["no zlib", Buffer.from("garbage garbage")],
  [
    "a bomb",
    new HeaderEncoder()
      .encode(
        new Map([
          ["a", ["b".repeat(60_000)]],
          ["c", ["x"]],
        ]),
      )
      .subarray(0, 20),
  ],
])("a block that is %s is refused", (_what, block) => {
  expect(() => new HeaderDecoder().decode(block)).toThrow(/invalid|incorrect|cut off/);
});

test("a block may not grow beyond its bound", async () => {
  const block = await compressor()({ name: "x".repeat(100_000) });
  expect(block.length).toBeLessThan(2000);
  expect(() => new HeaderDecoder().decode(block)).toThrow("larger than");
});

test("every frame survives writing and reading, in pieces of any size", () => {
  const frames: Exclude<Frame, { type: "data" | "settings" }>[] = [
    { type: "synStream", streamId: 1, fin: false, unidirectional: true, block: Buffer.from("block") },
    { type: "synReply", streamId: 1, fin: true, block: Buffer.from("reply") },
    { type: "headers", streamId: 3, fin: false, block: Buffer.alloc(0) },
    { type: "rstStream", streamId: 5, status: 5 },
    { type: "ping", id: 7 },
    { type: "goAway", lastStreamId: 9 },
    { type: "windowUpdate", streamId: 11, bytes: 65_536 },
  ];
  const bytes = Buffer.concat(frames.map(frameBytes));
  expect(readAll(bytes)).toEqual(frames);
  const reader = new FrameReader();
  expect([...bytes].flatMap((byte) => [...reader.read(Buffer.from([byte]))])).toEqual(frames);
});

test("data passes in pieces as it arrives, its end with the last", () => {
  const bytes = Buffer.concat([dataHead(3, 6, true), Buffer.from("abcdef"), dataHead(3, 0, true)]);
  const reader = new FrameReader();
  const frames = [bytes.subarray(0, 9), bytes.subarray(9)].flatMap((piece) => [...reader.read(piece)]);
  expect(frames).toEqual([
    { type: "data", streamId: 3, fin: false, content: Buffer.from("a") },
    { type: "data", streamId: 3, fin: true, content: Buffer.from("bcdef") },
    { type: "data", streamId: 3, fin: true, content: Buffer.alloc(0) },
  ]);
});

test("another version, and control frames that are too large or cut off, are refused", () => {
  expect(() => readAll(Buffer.from("8002000100000000", "hex"))).toThrow("SPDY/3");
  expect(() => readAll(Buffer.from("8003000100ffffff", "hex"))).toThrow("may have 65536 bytes");
  expect(() => readAll(Buffer.from("800300030000000400000001", "hex"))).toThrow("cut off");
  expect(readAll(Buffer.from("800300ff0000000100", "hex"))).toEqual([]);
});

/** A connection whose client is the test. */
function connected(streams = 4) {
  const [client, server] = duplexPair();
  const opened: SpdyStream[] = [];
  const connection = new SpdyConnection(server, Buffer.alloc(0), { streams, idleMs: 1e6 }, (stream) =>
    opened.push(stream),
  );
  const frames = (): Frame[] => readAll((client.read() as Buffer | null) ?? Buffer.alloc(0));
  const send = (bytes: Buffer): void => void client.write(bytes);
  return { connection, opened, send, frames };
}

const open = (streamId: number, block: Buffer): Buffer =>
  frameBytes({ type: "synStream", streamId, fin: false, unidirectional: false, block });

test("a stream is answered and carries bytes both ways", async () => {
  const { opened, send, frames } = connected();
  const compress = compressor();
  send(open(1, await compress({ streamtype: "stdin" })));
  await new Promise(setImmediate);
  const [stream] = opened;
  expect(stream?.header("streamtype")).toBe("stdin");
  expect(frames()).toMatchObject([{ type: "synReply", streamId: 1 }]);
  send(Buffer.concat([dataHead(1, 2, false), Buffer.from("in"), dataHead(1, 0, true)]));
  expect(await text(stream!)).toBe("in");
  stream?.end("out");
  await new Promise(setImmediate);
  expect(frames()).toMatchObject([
    { type: "data", content: Buffer.from("out"), fin: false },
    { type: "data", fin: true },
  ]);
});

test("streams beyond the bound, and numbers that are not the client's, are refused; pings are answered", async () => {
  const { opened, send, frames } = connected(1);
  const compress = compressor();
  for (const id of [1, 3, 2]) send(open(id, await compress({ a: "b" })));
  send(frameBytes({ type: "ping", id: 5 }));
  await new Promise(setImmediate);
  expect(opened).toHaveLength(1);
  expect(frames().slice(1)).toEqual([
    { type: "rstStream", streamId: 3, status: 3 },
    { type: "rstStream", streamId: 2, status: 1 },
    { type: "ping", id: 5 },
  ]);
});

test("what cannot be understood ends the connection and its streams", async () => {
  const { connection, opened, send } = connected();
  send(open(1, await compressor()({ a: "b" })));
  await new Promise(setImmediate);
  send(open(3, Buffer.from("garbage")));
  await connection.closed;
  await new Promise(setImmediate);
  expect(opened[0]?.destroyed).toBe(true);
});
