/** The frames of SPDY/3.1 as far as they say something; header blocks are still compressed. */
export type Frame =
  | { type: "synStream"; streamId: number; fin: boolean; unidirectional: boolean; block: Buffer }
  | { type: "synReply" | "headers"; streamId: number; fin: boolean; block: Buffer }
  | { type: "rstStream"; streamId: number; status: number }
  | { type: "ping"; id: number }
  | { type: "goAway"; lastStreamId: number }
  | { type: "windowUpdate"; streamId: number; bytes: number }
  | { type: "settings" }
  /** A piece of a DATA frame: they are passed on as they arrive, so that a frame's size costs nothing. */
  | { type: "data"; streamId: number; fin: boolean; content: Buffer };

export const resetStatus = { protocolError: 1, refused: 3, cancel: 5, internalError: 6 } as const;

const types = {
  synStream: 1,
  synReply: 2,
  rstStream: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  headers: 8,
  windowUpdate: 9,
};
const version = 3;
const finFlag = 1;
const unidirectionalFlag = 2;
const headLength = 8;
const largestControlFrame = 64 * 1024;
const idMask = 0x7fffffff;

/** A DATA frame of which `missing` bytes are still to come. */
interface PartialData {
  streamId: number;
  fin: boolean;
  missing: number;
}

/** Cuts what arrives on a connection into frames. Holds back at most one control frame. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);
  #data: PartialData | undefined;

  /** Throws a sentence for what is no SPDY/3.1, or larger than a frame may be. */
  *read(chunk: Buffer): Generator<Frame> {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (let frame = this.#next(); frame !== undefined; frame = this.#next()) if (frame) yield frame;
  }

  /** The next frame; null for one that means nothing here, undefined when more must arrive. */
  #next(): Frame | null | undefined {
    if (this.#data) return this.#nextData(this.#data);
    const rest = this.#rest;
    if (rest.length < headLength) return undefined;
    const length = rest.readUIntBE(5, 3);
    const fin = ((rest[4] ?? 0) & finFlag) !== 0;
    if (((rest[0] ?? 0) & 0x80) === 0) {
      this.#rest = rest.subarray(headLength);
      this.#data = { streamId: rest.readUInt32BE(0), fin, missing: length };
      return this.#nextData(this.#data);
    }
    if ((rest.readUInt16BE(0) & 0x7fff) !== version) throw new Error("the other side does not speak SPDY/3");
    if (length > largestControlFrame)
      throw new Error(`a SPDY control frame may have ${largestControlFrame} bytes, not ${length}`);
    if (rest.length < headLength + length) return undefined;
    this.#rest = rest.subarray(headLength + length);
    return controlFrame(rest.readUInt16BE(2), rest[4] ?? 0, rest.subarray(headLength, headLength + length));
  }

  #nextData(data: PartialData): Frame | undefined {
    if (this.#rest.length === 0 && data.missing > 0) return undefined;
    const content = this.#rest.subarray(0, data.missing);
    this.#rest = this.#rest.subarray(content.length);
    data.missing -= content.length;
    const isLast = data.missing === 0;
    if (isLast) this.#data = undefined;
    return { type: "data", streamId: data.streamId, fin: isLast && data.fin, content };
  }
}

function controlFrame(type: number, flags: number, body: Buffer): Frame | null {
  const fin = (flags & finFlag) !== 0;
  const number = (at: number): number => {
    if (body.length < at + 4) throw new Error("a SPDY control frame is cut off");
    return body.readUInt32BE(at);
  };
  const streamId = (): number => number(0) & idMask;
  if (type === types.synStream) {
    const unidirectional = (flags & unidirectionalFlag) !== 0;
    number(6);
    return { type: "synStream", streamId: streamId(), fin, unidirectional, block: body.subarray(10) };
  }
  if (type === types.synReply)
    return { type: "synReply", streamId: streamId(), fin, block: body.subarray(4) };
  if (type === types.headers) return { type: "headers", streamId: streamId(), fin, block: body.subarray(4) };
  if (type === types.rstStream) return { type: "rstStream", streamId: streamId(), status: number(4) };
  if (type === types.ping) return { type: "ping", id: number(0) };
  if (type === types.goAway) return { type: "goAway", lastStreamId: streamId() };
  if (type === types.windowUpdate)
    return { type: "windowUpdate", streamId: streamId(), bytes: number(4) & idMask };
  // Frames of a type that is not known are passed over, as the protocol says.
  return type === types.settings ? { type: "settings" } : null;
}

/** The bytes of one frame; a DATA frame goes as head alone, its content is written after it. */
export function frameBytes(frame: Exclude<Frame, { type: "data" | "settings" }>): Buffer {
  const { type } = frame;
  if (type === "ping") return control(types.ping, 0, uint32(frame.id));
  if (type === "goAway") return control(types.goAway, 0, uint32(frame.lastStreamId, 0));
  if (type === "rstStream") return control(types.rstStream, 0, uint32(frame.streamId, frame.status));
  if (type === "windowUpdate") return control(types.windowUpdate, 0, uint32(frame.streamId, frame.bytes));
  const fin = frame.fin ? finFlag : 0;
  if (type === "synStream") {
    const flags = fin | (frame.unidirectional ? unidirectionalFlag : 0);
    return control(types.synStream, flags, uint32(frame.streamId, 0), Buffer.alloc(2), frame.block);
  }
  return control(types[type], fin, uint32(frame.streamId), frame.block);
}

/** What goes before `length` bytes of a stream's content (less than 16 MiB). */
export function dataHead(streamId: number, length: number, fin: boolean): Buffer {
  const head = uint32(streamId, length);
  head[4] = fin ? finFlag : 0;
  return head;
}

function control(type: number, flags: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = uint32(0, body.length);
  head.writeUInt16BE(0x8000 | version, 0);
  head.writeUInt16BE(type, 2);
  head[4] = flags;
  return Buffer.concat([head, body]);
}

function uint32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
  return bytes;
}
