import type { IncomingMessage } from "node:http";
import { ApiFailure } from "./failure.ts";

const largestBody = 256 * 1024;

/** Reads a body of at most 256 KiB as text; throws a 413 or 415. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const type = (request.headers["content-type"] ?? "application/json").split(";")[0]?.trim().toLowerCase();
  const chunks: Buffer[] = [];
  let size = 0;
  // Without a destroyed request, so that a refusal can still be answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody)
      throw new ApiFailure(413, "RequestEntityTooLarge", `the body may have at most ${largestBody} bytes`);
    chunks.push(chunk);
  }
  if (size > 0 && type !== "application/json")
    throw new ApiFailure(415, "UnsupportedMediaType", `the body must be application/json, not ${type}`);
  return Buffer.concat(chunks).toString("utf8");
}
