import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.ts";

/** Is the request one that no HTML form or link can send? Its body is JSON and bounded by who reads it. */
export function checkJsonRequest(request: IncomingMessage): void {
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new Refusal(415, "BAD_INPUT", "the body must be application/json");
  if (request.headers["content-encoding"])
    throw new Refusal(415, "BAD_INPUT", "the body must not be compressed");
}

/** The whole body as text; one that is longer is refused with 413 and not read to its end. */
export async function readBody(request: IncomingMessage, longest: number): Promise<string> {
  const tooLong = new Refusal(413, "BAD_INPUT", `the body is longer than ${longest} bytes`);
  if (Number(request.headers["content-length"]) > longest) throw tooLong;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longest) throw tooLong;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
