import { inflateRawSync, constants } from "node:zlib";
import { headerDictionary } from "./dictionary.ts";

/** Names in lower case; a name with several values has them in order. */
export type Headers = ReadonlyMap<string, readonly string[]>;

const windowSize = 32 * 1024;
const largestBlock = 64 * 1024;
const mostHeaders = 64;
const zlibPrefix = 2;
const dictionaryId = 4;

/**
 * Reads the header blocks of one connection, which are one zlib stream that is flushed after each block. All that carries over from
 * block to block is the text before: it is the dictionary of the next.
 */
export class HeaderDecoder {
  #window: Buffer = headerDictionary;
  #isFirst = true;

  /** Throws a sentence for a block that is broken or too large. */
  decode(block: Buffer): Headers {
    const text = this.#inflate(this.#isFirst ? withoutPrefix(block) : block);
    this.#isFirst = false;
    this.#window = Buffer.concat([this.#window, text]).subarray(-windowSize);
    return parseHeaders(text);
  }

  #inflate(block: Buffer): Buffer {
    return inflateRawSync(block, {
      dictionary: this.#window,
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: largestBlock,
    });
  }
}

/** The zlib stream begins with two bytes and, where it says so, the checksum of the dictionary. */
function withoutPrefix(block: Buffer): Buffer {
  const namesDictionary = ((block[1] ?? 0) & 0x20) !== 0;
  return block.subarray(zlibPrefix + (namesDictionary ? dictionaryId : 0));
}

/** Writes the header blocks of one connection. What a server says is short: it goes uncompressed, as stored blocks of the same stream. */
export class HeaderEncoder {
  #isFirst = true;

  encode(headers: Headers): Buffer {
    const text = headerText(headers);
    if (text.length > 0xffff) throw new Error("the headers of a stream must be shorter than 64 KiB");
    const prefix = this.#isFirst ? [Buffer.from([0x78, 0x01])] : [];
    this.#isFirst = false;
    // The empty block at the end is what a flush leaves; readers wait for it.
    return Buffer.concat([...prefix, storedBlock(text), storedBlock(Buffer.alloc(0))]);
  }
}

function storedBlock(content: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt16LE(content.length, 1);
  head.writeUInt16LE(0xffff - content.length, 3);
  return Buffer.concat([head, content]);
}

/** The text of a header block before compression: a count, then names and values with their lengths. */
export function headerText(headers: Headers): Buffer {
  const parts = [...headers].flatMap(([name, values]) => [name.toLowerCase(), values.join("\0")]);
  return Buffer.concat([
    uint32(headers.size),
    ...parts.flatMap((part) => [uint32(byteLength(part)), Buffer.from(part)]),
  ]);
}

function parseHeaders(text: Buffer): Headers {
  let at = 0;
  const number = (): number => {
    if (at + 4 > text.length) throw new Error("a SPDY header block is cut off");
    at += 4;
    return text.readUInt32BE(at - 4);
  };
  const string = (): string => {
    const end = number() + at;
    if (end > text.length) throw new Error("a SPDY header block is cut off");
    const value = text.toString("utf8", at, end);
    at = end;
    return value;
  };
  const count = number();
  if (count > mostHeaders) throw new Error(`a SPDY stream may have ${mostHeaders} headers, not ${count}`);
  const headers = new Map<string, string[]>();
  for (let index = 0; index < count; index++) headers.set(string().toLowerCase(), string().split("\0"));
  return headers;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function byteLength(text: string): number {
  return Buffer.byteLength(text);
}
