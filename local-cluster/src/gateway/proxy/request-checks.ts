import type { IncomingMessage } from "node:http";
import { answer, type Answer } from "./exchange.ts";

const mostHeaders = 100;
const digits = /^\d{1,16}$/;

/**
 * What Node's parser lets pass and a gateway must not: two Host headers, repeated or odd framing headers, far too many headers. The
 * connection is closed behind the answer, since sender and receiver may not agree where the next request begins.
 */
export function checkRequest(request: IncomingMessage): Answer | undefined {
  const raw = request.rawHeaders;
  if (raw.length / 2 > mostHeaders)
    return { ...answer(431, `more than ${mostHeaders} headers`), close: true };
  let hosts = 0;
  let lengths = 0;
  let encodings = 0;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] as string;
    // Only three names matter here: by length first, to stay off the other headers.
    if (name.length === 4 && name.toLowerCase() === "host") hosts += 1;
    else if (name.length === 14 && name.toLowerCase() === "content-length") {
      lengths += digits.test(raw[at + 1] as string) ? 1 : 2;
    } else if (name.length === 17 && name.toLowerCase() === "transfer-encoding") {
      encodings += (raw[at + 1] as string).toLowerCase() === "chunked" ? 1 : 2;
    }
  }
  if (hosts !== 1)
    return bad(hosts === 0 ? "the Host header is missing" : "there is more than one Host header");
  if (lengths > 1 || encodings > 1 || lengths + encodings > 1)
    return bad("the length of the body is ambiguous");
  if (encodings === 1 && request.httpVersionMinor === 0) return bad("HTTP/1.0 has no transfer encodings");
  return undefined;
}

function bad(message: string): Answer {
  return { ...answer(400, message), close: true };
}

/** Whether a body may follow the header. */
export function hasBody(request: IncomingMessage): boolean {
  return request.headers["content-length"] !== undefined
    ? request.headers["content-length"] !== "0"
    : request.headers["transfer-encoding"] !== undefined;
}
