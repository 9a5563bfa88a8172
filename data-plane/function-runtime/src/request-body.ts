import type { IncomingMessage, ServerResponse } from "node:http";
import { loadExpress } from "./express-extensions.ts";

/** Why a body was not accepted: answered with `status` and `sentence`. */
export interface Refusal {
  status: number;
  sentence: string;
}

type BodyKind = "json" | "text" | "raw" | "urlencoded" | "other-json" | "other-text" | "other-raw";

/** Remembered content types: clients choose them, so there must be a limit. */
const knownTypesLimit = 256;
const knownTypes = new Map<string, BodyKind>();

/** True for a request that announces a body, however short. */
export function hasBody(request: IncomingMessage): boolean {
  const { headers } = request;
  if (headers["transfer-encoding"] !== undefined) return true;
  const length = headers["content-length"];
  return length !== undefined && length !== "0";
}

/** The refusal of a body whose announced length is over the limit, before a byte of it is read. */
export function refuseAnnouncedLength(request: IncomingMessage, limitBytes: number): Refusal | undefined {
  return Number(request.headers["content-length"] ?? 0) > limitBytes ? tooLarge(limitBytes) : undefined;
}

/**
 * Reads the body and parses it by its content type: JSON, text, form fields, else a Buffer. An empty one is undefined.
 * The common types are read here; other charsets and encodings are left to Express' parsers.
 * Calls back exactly once, unless the client goes away first.
 */
export function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  limitBytes: number,
  onBody: (body: unknown) => void,
  onRefused: (refusal: Refusal) => void,
): void {
  const refusal = refuseAnnouncedLength(request, limitBytes);
  if (refusal !== undefined) return onRefused(refusal);
  const kind = bodyKind(request);
  if (kind !== "json" && kind !== "text" && kind !== "raw") {
    return readWithExpress(kind, request, response, limitBytes, onBody, onRefused);
  }
  let only: Buffer | undefined;
  let chunks: Buffer[] | undefined;
  let length = 0;
  request.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length > limitBytes) {
      request.removeAllListeners("data").removeAllListeners("end");
      onRefused(tooLarge(limitBytes));
    } else if (only === undefined) only = chunk;
    else (chunks ??= [only]).push(chunk);
  });
  request.on("end", () => {
    if (only === undefined) return onBody(undefined);
    const bytes = chunks === undefined ? only : Buffer.concat(chunks, length);
    if (kind === "json") parseJson(bytes, onBody, onRefused);
    else onBody(kind === "text" ? decode(bytes) : bytes);
  });
}

function parseJson(
  bytes: Buffer,
  onBody: (body: unknown) => void,
  onRefused: (refusal: Refusal) => void,
): void {
  let parsed: unknown;
  try {
    parsed = JSON.parse(decode(bytes));
  } catch (error) {
    return onRefused({
      status: 400,
      sentence: `The request's body is not valid JSON: ${(error as Error).message}.`,
    });
  }
  onBody(parsed);
}

function decode(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function bodyKind(request: IncomingMessage): BodyKind {
  const type = request.headers["content-type"] ?? "";
  let kind = knownTypes.get(type);
  if (kind === undefined) {
    kind = classify(type);
    if (knownTypes.size < knownTypesLimit) knownTypes.set(type, kind);
  }
  const encoding = request.headers["content-encoding"];
  if (encoding === undefined || encoding === "identity" || kind === "urlencoded") return kind;
  return kind.startsWith("other-") ? kind : (`other-${kind}` as BodyKind);
}

function classify(contentType: string): BodyKind {
  const [type = "", ...parameters] = contentType.toLowerCase().split(";");
  const charset = /(?:^|;)\s*charset="?([^";]+)"?/.exec(parameters.join(";"))?.[1]?.trim() ?? "utf-8";
  const isUtf8 = charset === "utf-8" || charset === "utf8";
  const essence = type.trim();
  if (essence === "application/json" || essence === "application/cloudevents+json")
    return isUtf8 ? "json" : "other-json";
  if (essence.startsWith("text/")) return isUtf8 ? "text" : "other-text";
  return essence === "application/x-www-form-urlencoded" ? "urlencoded" : "raw";
}

function readWithExpress(
  kind: BodyKind,
  request: IncomingMessage & { body?: unknown },
  response: ServerResponse,
  limitBytes: number,
  onBody: (body: unknown) => void,
  onRefused: (refusal: Refusal) => void,
): void {
  const { json, text, urlencoded, raw } = loadExpress();
  const options = { limit: limitBytes, type: () => true };
  const parse = {
    "other-json": () => json({ ...options, strict: false }),
    "other-text": () => text(options),
    "other-raw": () => raw(options),
    urlencoded: () => urlencoded({ ...options, extended: true }),
  }[kind as "urlencoded"]();
  parse(request, response, (error?: unknown) => {
    if (error === undefined || error === null) onBody(request.body);
    else onRefused(describeParserError(error, limitBytes));
  });
}

function describeParserError(error: unknown, limitBytes: number): Refusal {
  const { status = 400, message = "" } = error as { status?: number; message?: string };
  if (status === 413) return tooLarge(limitBytes);
  return {
    status: status >= 400 && status < 500 ? status : 400,
    sentence: `The request's body cannot be read: ${message}.`,
  };
}

function tooLarge(limitBytes: number): Refusal {
  const megabytes = Number((limitBytes / 1_048_576).toFixed(3));
  return {
    status: 413,
    sentence: `The request's body is larger than ${megabytes} MB, which is this Function's limit (REQ_MB_LIMIT).`,
  };
}
