import { Duplex } from "node:stream";
import { dataHead, type Frame, frameBytes, FrameReader, resetStatus } from "./frames.ts";
import { HeaderDecoder, HeaderEncoder, type Headers } from "./header-block.ts";

const largestWrite = 256 * 1024;
/** A stream whose reader is slow may keep this much; then the connection waits for it. */
const bufferBytes = 256 * 1024;
const pingEveryMs = 10_000;
/** After all is said, the other side closes; it gets this long. */
const closeMs = 5000;

export interface SpdyLimits {
  /** Streams at the same time. */
  streams: number;
  /** Without a frame for so long the connection ends. */
  idleMs: number;
}

/**
 * The server's side of one SPDY/3.1 connection. Streams are opened by the client alone. There is no window per stream: neither the API
 * server nor kubectl keeps one; a stream that is not read holds up its connection, and so the sender.
 */
export class SpdyConnection {
  readonly closed: Promise<void>;
  readonly #socket: Duplex;
  readonly #reader = new FrameReader();
  readonly #decoder = new HeaderDecoder();
  readonly #encoder = new HeaderEncoder();
  readonly #streams = new Map<number, SpdyStream>();
  readonly #limits: SpdyLimits;
  readonly #onStream: (stream: SpdyStream) => void;
  readonly #waiting = new Set<SpdyStream>();
  readonly #pings: NodeJS.Timeout;
  #lastStreamId = 0;
  #leaving = false;
  #lastFrameAt = Date.now();

  /** `onStream` gets every stream that the client opens and must destroy those that it does not know. */
  constructor(socket: Duplex, head: Buffer, limits: SpdyLimits, onStream: (stream: SpdyStream) => void) {
    this.#socket = socket;
    this.#limits = limits;
    this.#onStream = onStream;
    this.#pings = setInterval(() => this.#tick(), pingEveryMs).unref();
    this.closed = new Promise((resolve) => socket.once("close", resolve));
    void this.closed.then(() => this.#end());
    socket.on("error", () => socket.destroy());
    socket.on("end", () => socket.destroy());
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    if (head.length > 0) this.#receive(head);
  }

  /** Says that nothing more comes, and closes once the other side has, or after five seconds. */
  close(): void {
    if (this.#leaving) return;
    this.#leaving = true;
    this.send(frameBytes({ type: "goAway", lastStreamId: this.#lastStreamId }));
    setTimeout(() => this.#socket.destroy(), closeMs).unref();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** For streams: writes to the connection; false when `onDrain` tells when to go on. */
  send(bytes: Buffer, onDrain?: () => void): void {
    if (this.#socket.destroyed) return;
    this.#lastFrameAt = Date.now();
    const goesOn = this.#socket.write(bytes);
    if (!onDrain) return;
    if (goesOn) onDrain();
    else this.#socket.once("drain", onDrain);
  }

  /** For streams: more can be taken. */
  resume(stream: SpdyStream): void {
    if (this.#waiting.delete(stream) && this.#waiting.size === 0) this.#socket.resume();
  }

  /** For streams: both directions are over. */
  forget(stream: SpdyStream): void {
    this.#streams.delete(stream.id);
    this.resume(stream);
  }

  #end(): void {
    clearInterval(this.#pings);
    for (const stream of this.#streams.values()) stream.cutOff();
    this.#streams.clear();
  }

  /** A ping also finds out that the other side is gone while its data is not being read. */
  #tick(): void {
    if (Date.now() - this.#lastFrameAt > this.#limits.idleMs) return this.destroy();
    if (!this.#socket.destroyed) this.#socket.write(frameBytes({ type: "ping", id: 2 }));
  }

  #receive(chunk: Buffer): void {
    try {
      for (const frame of this.#reader.read(chunk)) this.#handle(frame);
    } catch {
      // What cannot be read leaves the header compression in an unknown state: nothing after it could be understood.
      this.destroy();
    }
  }

  #handle(frame: Frame): void {
    if (frame.type !== "ping") this.#lastFrameAt = Date.now();
    if (frame.type === "synStream") return this.#open(frame);
    if (frame.type === "data") return this.#data(frame.streamId, frame.content, frame.fin);
    if (frame.type === "rstStream") return this.#streams.get(frame.streamId)?.cutOff();
    // Pings of a client have odd numbers and want an answer; even ones are answers to ours.
    if (frame.type === "ping") return frame.id % 2 === 1 ? this.send(frameBytes(frame)) : undefined;
    if (frame.type === "synReply" || frame.type === "headers") {
      this.#decoder.decode(frame.block);
      if (frame.fin) this.#data(frame.streamId, Buffer.alloc(0), true);
    }
  }

  #open(frame: Frame & { type: "synStream" }): void {
    const headers = this.#decoder.decode(frame.block);
    const { streamId: id } = frame;
    if (id % 2 === 0 || id <= this.#lastStreamId) return this.#refuse(id, resetStatus.protocolError);
    this.#lastStreamId = id;
    if (this.#leaving || this.#streams.size >= this.#limits.streams)
      return this.#refuse(id, resetStatus.refused);
    const stream = new SpdyStream(this, id, headers);
    this.#streams.set(id, stream);
    this.send(
      frameBytes({ type: "synReply", streamId: id, fin: false, block: this.#encoder.encode(new Map()) }),
    );
    if (frame.fin) stream.receive(Buffer.alloc(0), true);
    this.#onStream(stream);
  }

  #refuse(streamId: number, status: number): void {
    this.send(frameBytes({ type: "rstStream", streamId, status }));
  }

  #data(streamId: number, content: Buffer, fin: boolean): void {
    const stream = this.#streams.get(streamId);
    if (!stream || stream.receive(content, fin)) return;
    this.#waiting.add(stream);
    this.#socket.pause();
  }
}

/** One stream of a connection; `headers` are those with which the client opened it. */
export class SpdyStream extends Duplex {
  readonly id: number;
  readonly headers: Headers;
  readonly #connection: SpdyConnection;
  #received = false;
  #sent = false;
  #cut = false;

  constructor(connection: SpdyConnection, id: number, headers: Headers) {
    super({ allowHalfOpen: true, readableHighWaterMark: bufferBytes });
    this.#connection = connection;
    this.id = id;
    this.headers = headers;
    // Who does not care for an error of a stream sees it close.
    this.on("error", () => {});
  }

  /** The first value of a header; empty when there is none. */
  header(name: string): string {
    return this.headers.get(name)?.[0] ?? "";
  }

  /** For the connection: false when it is enough for now. */
  receive(content: Buffer, fin: boolean): boolean {
    if (this.#received || this.destroyed) return true;
    const goesOn = content.length === 0 || this.push(content);
    if (!fin) return goesOn;
    this.#received = true;
    this.push(null);
    return true;
  }

  /** For the connection: the other side gave this stream up. */
  cutOff(): void {
    this.#cut = true;
    this.destroy();
  }

  override _read(): void {
    this.#connection.resume(this);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    for (let at = 0; at < chunk.length; at += largestWrite) {
      const piece = chunk.subarray(at, at + largestWrite);
      const isLast = at + largestWrite >= chunk.length;
      this.#connection.send(
        Buffer.concat([dataHead(this.id, piece.length, false), piece]),
        isLast ? () => done() : undefined,
      );
    }
    if (chunk.length === 0) done();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#sent = true;
    this.#connection.send(dataHead(this.id, 0, true), () => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    const isOver = this.#sent && this.#received;
    if (!this.#cut && !isOver)
      this.#connection.send(frameBytes({ type: "rstStream", streamId: this.id, status: resetStatus.cancel }));
    this.#connection.forget(this);
    done(error);
  }
}
